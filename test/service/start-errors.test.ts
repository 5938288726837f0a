import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { emptyDatabase, openPool } from '../helpers/test-database.ts'
import { instanceOn, testService } from '../helpers/test-service.ts'
import type { Db } from '#db/driver/database.ts'
import { assertServerVersion } from '#start/assert-server-version.ts'

const root = join(import.meta.dirname, '../..')

/** What the service says when it cannot start. */
async function startError(settings: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: '', ADMIN_API_KEY: '', DATABASE_URL: '', PORT: '0', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', chunk => (said += String(chunk)))
  const [status] = await once(child, 'close')
  t.equal(status, 1)
  return said
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return (server.address() as AddressInfo).port
}

t.test('a port that is in use is found before the database is started', async t => {
  const data_dir = join(t.testdir(), 'data')
  const port = await takenPort()
  t.match(await startError({ PORT: String(port), DATA_DIR: data_dir }), new RegExp(`port ${port} .*in use.*PORT`))
  t.notOk(existsSync(data_dir))
})

t.test('a database that cannot be reached is named, with what to check', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  const url = `postgres://app:x@127.0.0.1:${port}/x`
  t.match(await startError({ DATABASE_URL: url }), /DATABASE_URL cannot be reached \(.*ECONNREFUSED.*check/)
})

const serverOf = (major: number, version: string) => ({ run: async () => [{ major, version }] }) as unknown as Db

t.test('PostgreSQL older than this release needs is refused by name', async t => {
  for (const [major, version] of [
    [15, '15.14'],
    [17, '17.6 (Debian 17.6-1)'],
  ] as const)
    await t.rejects(
      assertServerVersion(serverOf(major, version)),
      new RegExp(`PostgreSQL ${major}.*too old.*18 or later`),
    )
  await assertServerVersion(serverOf(18, '18.1'))
  await assertServerVersion(serverOf(19, '19beta1'))
})

t.test('on a database that is not migrated every answer says so', async t => {
  const service = await testService(t)
  const urls = await emptyDatabase(t)
  const database = openPool(t, urls.url, 2)
  const { call } = await instanceOn(t, { ...urls, database }, service.clock)
  const requests: [method: string, path: string, body?: object][] = [
    ['GET', '/readyz'],
    ['GET', '/v1/customers'],
    ['GET', '/v1/contracts/x'],
    ['PUT', '/v1/customers/x', { name: '株式会社青空商事' }],
    ['DELETE', '/v1/contracts/x'],
    ['POST', '/v1/sender-checks', { from: 'sato@aozora.example.co.jp' }],
    ['GET', '/v1/support-accounts'],
  ]
  for (const [method, path, body] of requests)
    t.match(await call(method, path, body), { status: 503, body: { detail: /not been migrated/ } }, `${method} ${path}`)
})
