import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'

const root = join(import.meta.dirname, '../..')
const data_dir = dataFolder(t)

/** Starts the service with an embedded server of its own, and answers when it has printed where it is. */
async function start() {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: data_dir, PORT: '0', NODE_ENV: '', DATABASE_URL: '', ADMIN_API_KEY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.on('data', chunk => errors.push(String(chunk)))
  const [greeting] = await once(child.stdout, 'data')
  return { child, errors, greeting: String(greeting) }
}

for (const gap of [0, 2, 20]) {
  t.test(`two Ctrl-C within ${gap} ms are one request to stop, and leave no database behind`, async t => {
    const { child, errors } = await start()
    const exit = once(child, 'exit')
    child.kill('SIGINT')
    await sleep(gap)
    child.kill('SIGINT')
    t.same(await exit, [0, null])
    t.same(errors, [])
    t.notOk(existsSync(join(data_dir, 'pg18/postmaster.pid')))
  })
}

t.test('what is printed at the start is where the API and its explorer are, and the key', async t => {
  const { child, greeting } = await start()
  t.match(greeting.trimEnd().split('\n'), [
    /^API +http:\/\/127\.0\.0\.1:\d+\/v1 /,
    /^Swagger UI +http:\/\/127\.0\.0\.1:\d+\/docs$/,
    /^API key +mdg_\S+$/,
  ])
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  t.same(await exit, [0, null])
})
