import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { notedCluster } from '../helpers/cluster.ts'
import { personInEverything, SPELLINGS } from '../helpers/person-in-everything.ts'
import { query } from '../helpers/query.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

const COMMAND = join(import.meta.dirname, '../../src/cli/rewrite-tables.ts')
const run = promisify(execFile)

const service = await testService(t)
const { call, clock, owner_url, url } = service
const { superuser_url } = await notedCluster()
const superuser = Object.assign(new URL(superuser_url), { pathname: new URL(owner_url).pathname }).href

/** A text as the files of a database may hold it: in UTF-8, and escaped in JSON. */
function formsOf(spelling: string): Buffer[] {
  const escaped = [...spelling].map(letter => `\\u${letter.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('')
  return [spelling, escaped, escaped.replaceAll(/[a-f]/g, letter => letter.toUpperCase())].map(form =>
    Buffer.from(form),
  )
}

/** The files of the database that hold a text in any form: tables, indexes, and parts that are stored apart. */
async function filesWith(spellings: readonly string[]): Promise<string[]> {
  await query(superuser, 'checkpoint')
  const { rows } = await query(
    superuser,
    `select current_setting('data_directory') as folder, oid from pg_database where datname = current_database()`,
  )
  const folder = join(rows[0].folder, 'base', String(rows[0].oid))
  const forms = spellings.flatMap(formsOf)
  return readdirSync(folder).filter(file => {
    const bytes = readFileSync(join(folder, file))
    return forms.some(form => bytes.includes(form))
  })
}

async function configure(change: string): Promise<void> {
  await query(superuser_url, `alter system ${change}`)
  await query(superuser_url, 'select pg_reload_conf()')
}

/**
 * Autovacuum reads the rows of before while it counts them: what a running transaction sees stays in the files. Its
 * launcher, which may still start a worker, ends later than the setting changes.
 */
async function stopAutovacuum(): Promise<void> {
  await configure('set autovacuum = off')
  t.teardown(async () => await configure('reset autovacuum'))
  const workers = `
    select pid from pg_stat_activity
    where backend_type = 'autovacuum launcher' or backend_type = 'autovacuum worker' and datname = current_database()`
  await until(async () => (await query(superuser, workers)).rows.length === 0)
}

t.test('R33: once its tables are rewritten, nothing of an erased person is in the files of the database', async t => {
  await stopAutovacuum()
  clock.set('2026-04-01T00:00:00.000Z')
  const { contact_ids } = await personInEverything(service)
  await query(owner_url, 'vacuum (analyze)')
  // Large values are compressed, which hides the end of a word that repeats: the beginnings are looked for.
  for (const spelling of ['服部', 'Hattori', 'hattori', 'desk-h'])
    t.ok((await filesWith([spelling])).length > 0, `${spelling} is in files before`)
  const { status, text } = await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested' })
  t.equal(status, 200, text)
  const settings = { DATABASE_URL: url, MIGRATION_DATABASE_URL: owner_url }
  const { stdout } = await run(process.execPath, [COMMAND], { env: { ...process.env, ...settings } })
  t.match(stdout, /^Rewritten: .*contacts.*history/)
  const spellings = [...SPELLINGS, 'Hattori', 'Watarai', 'desk-h', 'ﾊｯﾄﾘ']
  for (const spelling of spellings) t.same(await filesWith([spelling]), [], spelling)
  t.not((await filesWith(['田所'])).length, 0, 'others stay')
})

t.test('R33: the role of the service cannot rewrite tables, and the command says so', async t => {
  const failed = run(process.execPath, [COMMAND], { env: { ...process.env, DATABASE_URL: url } })
  await t.rejects(failed, { code: 1, stderr: /can be rewritten by its owner alone/ })
})
