import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { notedCluster } from '../helpers/cluster.ts'
import { query } from '../helpers/query.ts'
import { embeddedServer, startServiceProcess } from '../helpers/service-process.ts'
import { emptyDatabase, testDatabase } from '../helpers/test-database.ts'
import { migrateDatabase } from '#start/migrate-database.ts'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const { url, owner_url } = await testDatabase(t)
const { superuser_url } = await notedCluster()
const as_superuser = Object.assign(new URL(superuser_url), { pathname: new URL(url).pathname }).href

/** Starts the service, and answers what it printed until it listened or ended. */
async function start(settings: Record<string, string>): Promise<{ status: number | null; printed: string }> {
  const environment = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_API_KEY: '7f0c1d94be3a5268d1f7a0639c4e82b5',
    ...settings,
  }
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let printed = ''
  const listen = (chunk: unknown): void => {
    printed += String(chunk)
    if (printed.includes('/v1')) child.kill('SIGTERM')
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const [status] = await ended
  return { status, printed }
}

t.test('R40: production does not start as a superuser or as the owner, and says what to do', async t => {
  for (const [DATABASE_URL, fault] of [
    [as_superuser, 'is a superuser'],
    [owner_url, 'owns the tables'],
  ] as const) {
    const { status, printed } = await start({ NODE_ENV: 'production', DATABASE_URL })
    t.equal(status, 1, fault)
    t.match(printed, `of DATABASE_URL ${fault}`)
    t.match(printed, 'MIGRATION_DATABASE_URL')
    t.notMatch(printed, new URL(DATABASE_URL).password)
  }
})

t.test('R40: nor as a role that may remove history; rights that the service has are enough', async t => {
  t.match(await start({ NODE_ENV: 'production', DATABASE_URL: url }), { printed: '/v1' })
  await query(owner_url, 'grant delete on history to madoguchi_service')
  t.match(await start({ NODE_ENV: 'production', DATABASE_URL: url }), { printed: 'may change or remove history' })
  await query(owner_url, 'revoke delete on history from madoguchi_service')
})

t.test('R40: development starts, and the log says so', async t => {
  const { printed } = await start({ NODE_ENV: 'development', DATABASE_URL: as_superuser })
  t.match(printed, '/v1')
  t.match(printed, '\\"app\\" of DATABASE_URL is a superuser')
})

t.test('a start that migrates does it as the owner, and works as the service', async t => {
  const empty = await emptyDatabase(t)
  const { call } = await startServiceProcess(t, dataFolder(t), {
    DATABASE_URL: empty.url,
    MIGRATION_DATABASE_URL: empty.owner_url,
  })
  t.equal((await call('PUT', '/v1/customers/K', { name: '株式会社青空商事' })).status, 201)
  await t.rejects(query(empty.url, 'delete from history'), { code: '42501' })
})

t.test('R40: a data folder of an earlier release, in which a superuser owns all, gets both roles', async t => {
  const data_dir = dataFolder(t)
  const postgres = await startEmbeddedPostgres({ dataDir: data_dir, database: 'madoguchi' })
  await migrateDatabase(postgres.url, null)
  await query(postgres.url, "insert into customers (customer_id, name) values ('OLD', '株式会社青空商事')")
  await postgres.stop()
  const { call } = await startServiceProcess(t, data_dir)
  t.match(await call('GET', '/v1/customers/OLD'), { status: 200, body: { name: '株式会社青空商事' } })
  t.equal((await call('PUT', '/v1/customers/NEW', { name: '株式会社緑山' })).status, 201)
  const embedded = embeddedServer(data_dir).url
  const { rows } = await query(
    embedded,
    `select distinct usename from pg_stat_activity where application_name like 'madoguchi%'`,
  )
  t.strictSame(rows, [{ usename: 'madoguchi_service' }])
  await t.rejects(query(embedded, 'drop table history'), { code: '42501' })
})
