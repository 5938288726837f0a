import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'
import { answers, hasPidFile, start } from './server-folder.ts'
import type { Test } from 'tap'

export type FolderTest = (t: Test, copyOfSeed: (name: string) => string) => Promise<void>

/** Tests of folders that have no cluster to start. `copyOfSeed` makes a folder with a stopped cluster. */
export const DAMAGED_FOLDERS: Record<string, FolderTest> = {
  'refusals say what to do': async (t, copyOfSeed) => {
    const folder = t.testdir({ file: '' })
    await t.rejects(
      start(join(folder, 'file')),
      /data folder .*file cannot be made or written by this user .* set DATABASE_URL/,
    )
    const home = copyOfSeed('wrong-setting')
    await t.rejects(
      startEmbeddedPostgres({ dataDir: home, database: 'd', settings: { no_such: '1' } }),
      /did not start: .*no_such.*postgres\.log/,
    )
    writeFileSync(join(home, 'password'), 'wrong')
    await t.rejects(start(home), /password .*is not the one/)
    t.notOk(hasPidFile(home), 'no server is left running')
  },

  'a database that is gone or damaged is named, and no empty one takes its place': async (t, copyOfSeed) => {
    const gone = copyOfSeed('gone')
    rmSync(join(gone, 'pg18'), { recursive: true })
    await t.rejects(start(gone), /had a database, and .*pg18 is gone: restore it/)
    const unversioned = copyOfSeed('unversioned')
    rmSync(join(unversioned, 'pg18/PG_VERSION'))
    await t.rejects(start(unversioned), /PG_VERSION is gone: restore it/)
    for (const [name, content] of Object.entries({ empty: '', older: '15\n', garbled: '\0\0\0' })) {
      const home = copyOfSeed(`version-${name}`)
      writeFileSync(join(home, 'pg18/PG_VERSION'), content)
      await t.rejects(start(home), /PG_VERSION is damaged, or of another version/, name)
    }
  },

  'a damaged lock file is named, and what to do': async (t, copyOfSeed) => {
    const home = copyOfSeed('lock')
    writeFileSync(join(home, 'start.lock'), 'x'.repeat(5000))
    await t.rejects(start(home), /lock file .*start\.lock is damaged .*remove it/)
    rmSync(join(home, 'start.lock'))
    const postgres = await start(home)
    t.ok(await answers(postgres.url))
    await postgres.stop()
  },
}
