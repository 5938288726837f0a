import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { answers, ask, killHard, serverPid, spawnOwner, start, until, ownerLocks } from './server-folder.ts'
import type { FolderTest } from './damaged-folders.ts'
import { dataFolder } from './data-folder.ts'

/** Tests of what a kill leaves in a folder. `copyOfSeed` makes a folder with a stopped cluster. */
export const KILLED_SERVERS: Record<string, FolderTest> = {
  'a killed server comes back on its port, again and again, and is still owned': async (t, copyOfSeed) => {
    const home = copyOfSeed('killed')
    const postgres = await start(home)
    t.teardown(postgres.stop)
    await ask(postgres.url, 'create table kept as select 7 as n')
    for (const _ of [1, 2]) {
      const pid = serverPid(home)
      process.kill(Number(pid), 'SIGKILL')
      await until(async () => serverPid(home) !== pid && (await answers(postgres.url)))
    }
    t.equal(await ask(postgres.url, 'select n from kept'), 7)
    await until(async () => (await ask(postgres.url, ownerLocks)) === 1)
  },
  'stop right after the server was killed leaves nothing behind': async (t, copyOfSeed) => {
    const home = copyOfSeed('stopped')
    const postgres = await start(home)
    process.kill(Number(serverPid(home)), 'SIGKILL')
    await postgres.stop()
    await sleep(300)
    t.notOk(await answers(postgres.url))
    const next = await start(home)
    t.ok(await answers(next.url), 'the next start recovers it')
    await next.stop()
  },
  'a postmaster.pid whose number another process has now is no hindrance': async (t, copyOfSeed) => {
    const home = copyOfSeed('stale')
    const file = join(home, 'pg18/postmaster.pid')
    const killed = await start(home)
    const [, ...lines] = readFileSync(file, 'utf8').split('\n')
    await killed.stop()
    writeFileSync(file, [process.pid, ...lines].join('\n'), { mode: 0o600 })
    const next = await start(home)
    t.not(serverPid(home), process.pid)
    t.ok(await answers(next.url))
    await next.stop()
  },
  'an initdb killed half-way is begun again': async t => {
    const home = join(dataFolder(t), 'half')
    const owner = spawnOwner(home)
    const unfinished = () => (existsSync(home) ? readdirSync(home).filter(name => name.startsWith('pg18.new-')) : [])
    await until(() => unfinished().length > 0)
    await killHard(owner)
    mkdirSync(join(home, 'pg18.new-older/base'), { recursive: true })
    const postgres = await start(home)
    t.ok(await answers(postgres.url))
    t.notOk(existsSync(join(home, 'pg18.new-older')))
    await postgres.stop()
  },
}
