import t, { type Test } from 'tap'
import { createServer, type AddressInfo } from 'node:net'
import pino from 'pino'
import { buildApp } from '#app.ts'
import { fillContract, person, putContract } from '../helpers/fixtures.ts'
import { rowCounts } from '../helpers/history.ts'
import { testService } from '../helpers/test-service.ts'
import { openDatabase } from '#db/driver/database.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import { REQUESTS_IN_AN_OUTAGE } from './requests-in-an-outage.ts'

const { call, context, database, url } = await testService(t)
const OPTIONS = { pool_size: 2, connect_timeout: 20_000, statement_timeout: 20_000, lock_timeout: 200 }
const away = {
  statusCode: 503,
  headers: { 'content-type': 'application/problem+json', 'retry-after': /^\d+$/, 'cache-control': 'no-store' },
}

/** The service on another database, or on the same with other options. */
async function serviceOn(options: Partial<DatabaseOptions>) {
  const own = openDatabase({ ...OPTIONS, url, ...options }, () => {})
  const app = await buildApp({
    context: { ...context, database: own },
    authenticate: () => ({ name: 'test', credential: 'root', names_requester: false, scopes: new Set(ALL_SCOPES) }),
    logger: pino({ level: 'silent' }),
  })
  const close = (): Promise<void> => own.close()
  const ask = async (method: string, path: string, payload?: object) =>
    await app.inject({
      method: method as 'GET',
      url: path,
      headers: { authorization: 'Bearer x' },
      ...(payload && { payload }),
    })
  return { app, own, close, ask }
}

async function assertAway(t: Test, ask: Awaited<ReturnType<typeof serviceOn>>['ask']): Promise<void> {
  for (const [method, path, payload] of REQUESTS_IN_AN_OUTAGE) {
    const answer = await ask(method, path, payload)
    t.match(answer, away, `${method} ${path}`)
    t.match(answer.json(), { type: '/problems/unavailable', status: 503, instance: answer.headers['request-id'] })
  }
  t.equal((await ask('GET', '/healthz')).statusCode, 200, 'the process lives')
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

t.test('a database whose port is closed', async t => {
  const { ask, close, app } = await serviceOn({ url: `postgres://app:x@127.0.0.1:${await closedPort()}/x` })
  t.teardown(async () => {
    await app.close()
    await close()
  })
  await assertAway(t, ask)
})

t.test('a database that takes connections and says nothing', async t => {
  const silent = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1')
  await new Promise(resolve => silent.once('listening', resolve))
  const { ask, app } = await serviceOn({
    url: `postgres://app:x@127.0.0.1:${(silent.address() as AddressInfo).port}/x`,
    connect_timeout: 100,
  })
  t.teardown(async () => {
    await app.close()
    silent.close()
  })
  t.match(await ask('GET', '/v1/customers'), away)
  t.match(await ask('PUT', '/v1/customers/x', { name: 'x' }), away)
})

t.test('a database that is not there on its server, and one whose pool is closed', async t => {
  const gone = await serviceOn({ url: Object.assign(new URL(url), { pathname: '/nothing_here' }).href })
  t.match(await gone.ask('PUT', '/v1/customers/x', { name: 'x' }), away)
  await gone.close()
  await assertAway(t, gone.ask)
  await gone.app.close()
})

/** Waits until a session of the database waits for a lock, and answers its process id. */
/** Ends the session that waits for a lock, once it is another one than `gone`. Returns its process id. */
async function cutWaiting(gone: number): Promise<number> {
  for (;;) {
    const [row] = await database.run<{ pid: number }>({
      name: '',
      text:
        'select pid, pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and ' +
        "wait_event_type = 'Lock' and pid <> $1 limit 1",
      values: [gone],
    })
    if (row !== undefined) return row.pid
  }
}

t.test(
  'a connection that is cut in mid-request, and the next one too: 503, nothing half done, and the next request works',
  async t => {
    await fillContract(call, 'cut', 1)
    const { ask, app, close } = await serviceOn({ lock_timeout: 10_000 })
    t.teardown(async () => {
      await app.close()
      await close()
    })
    const holder = await database.connect()
    t.teardown(() => {
      holder.release()
    })
    for (const [method, path, payload] of [
      ['POST', '/v1/contracts/cut/contacts', person({ family_name: '伊藤', email: 'ito@cut.example.jp' })],
      [
        'PUT',
        '/v1/contracts/cut/primary',
        { new_contact: person({ email: 'new@cut.example.jp' }), former_primary: 'removed' },
      ],
      [
        'PUT',
        '/v1/contracts/cut',
        {
          app_ids: [],
          connections: 0,
          customer_id: 'customer-1',
          product_id: 'manage',
          starts_on: '2024-04-01',
          ends_on: '2026-03-31',
        },
      ],
    ] as const) {
      const before = await rowCounts(database)
      await holder.query('begin')
      await holder.query("select 1 from contracts where contract_id = 'cut' for update")
      const running = ask(method, path, payload)
      await cutWaiting(await cutWaiting(0)) // the transaction runs once more on another connection
      const answer = await running
      t.match(answer, away, `${method} ${path}`)
      t.match(answer.json(), { type: '/problems/unavailable', detail: /cannot be reached/ })
      await holder.query('rollback')
      t.same(await rowCounts(database), before)
      t.equal((await ask('GET', '/v1/contracts/cut')).statusCode, 200)
    }
  },
)

t.test('every connection cut while idle is replaced', async t => {
  const { ask, app, close } = await serviceOn({})
  t.teardown(async () => {
    await app.close()
    await close()
  })
  await Promise.all([ask('GET', '/v1/customers'), ask('GET', '/v1/customers')])
  await database.run({
    name: '',
    text:
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> ' +
      "pg_backend_pid() and state = 'idle'",
    values: [],
  })
  let answer
  do answer = await ask('GET', '/v1/customers')
  while (answer.statusCode === 503)
  t.equal(answer.statusCode, 200)
})

t.test('a lock that is not given in time: 503, and nothing half done', async t => {
  await putContract(call, 'locked')
  const { ask, app, close } = await serviceOn({ lock_timeout: 100 })
  t.teardown(async () => {
    await app.close()
    await close()
  })
  const holder = await database.connect()
  t.teardown(() => {
    holder.release()
  })
  const before = await rowCounts(database)
  await holder.query('begin')
  await holder.query("select 1 from contracts where contract_id = 'locked' for update")
  t.match(
    await ask('POST', '/v1/contracts/locked/contacts', person({ role: 'primary', email: 'locked@example.jp' })),
    away,
  )
  await holder.query('rollback')
  t.same(await rowCounts(database), before)
  t.equal(
    (await ask('POST', '/v1/contracts/locked/contacts', person({ role: 'primary', email: 'locked@example.jp' })))
      .statusCode,
    201,
  )
})
