import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import pino from 'pino'
import t from 'tap'
import { buildApp } from '#app.ts'
import { answersOf, createClient } from '../../helpers/api-clients.ts'
import { steppedTime } from '../../helpers/stepped-time.ts'
import { openPool } from '../../helpers/test-database.ts'
import { NETWORK_OF_TESTS, testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'
import { apiKeyFinder } from '#actions/api-clients/find-api-key.ts'
import type { Database } from '#db/driver/database.ts'
import { openDatabase } from '#db/driver/database.ts'
import { apiKeyDigest, apiKeyOf } from '#domain/api-clients/api-key.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/credentials.ts'

const { app, call, context, database, url } = await testService(t)
const silent = pino({ level: 'silent' })
const newKeyOf = (environment: string) => apiKeyOf(environment, randomBytes(32))

const answerTo = answersOf(app)

/** A database that counts what it is asked, and what it has answered. */
function counted(database: Database): Database & { count: () => number; answered: () => number } {
  let [count, answered] = [0, 0]
  return {
    ...database,
    run: async statement => {
      count++
      return await database.run(statement).finally(() => answered++)
    },
    count: () => count,
    answered: () => answered,
  }
}

t.test('a flood of wrong keys costs the database nothing, or little, and fills no memory', async t => {
  const asked = counted(database)
  const find = apiKeyFinder({ database: asked }, 'dev', key => key)
  const formless = Array.from({ length: 5000 }, (_, n) => find(`mdg_dev_${n}`, `digest-${n}`))
  const elsewhere = Array.from({ length: 100 }, () => newKeyOf('live')).map(key => find(key, apiKeyDigest(key)))
  t.same(new Set([...formless, ...elsewhere]), new Set([undefined]))
  t.equal(asked.count(), 0, 'what has no form or checksum, or is of elsewhere, is not asked for')
  steppedTime(t)
  const made = Array.from({ length: 3000 }, () => newKeyOf('dev'))
  t.same(new Set(await Promise.all(made.map(async key => await find(key, apiKeyDigest(key))))), new Set([undefined]))
  t.ok(asked.count() <= 10, `${asked.count()} queries for 3000 keys at once`)
  const before = asked.count()
  t.equal(
    find(made.at(-1)!, apiKeyDigest(made.at(-1)!)),
    undefined,
    "one that was asked for just now is known to be no client's",
  )
  t.equal(asked.count(), before)
  t.ok(find(made[0]!, apiKeyDigest(made[0]!)) instanceof Promise, 'the oldest have gone')
})

t.test('many requests of one key ask once, and none waits while it is known', async t => {
  const { key, client_id } = await createClient(call, ['customers:read'])
  const asked = counted(database)
  const time = steppedTime(t)
  const find = apiKeyFinder({ database: asked }, 'dev', ({ client_id }) => client_id)
  const digest = apiKeyDigest(key)
  t.same(
    new Set(await Promise.all(Array.from({ length: 100 }, async () => await find(key, digest)))),
    new Set([client_id]),
  )
  t.equal(asked.count(), 1)
  for (const count of [2, 3]) {
    time.pass(499)
    t.equal(find(key, digest), client_id)
    time.pass(2)
    for (let asked = 0; asked < 100; asked++) t.equal(find(key, digest), client_id, 'known while it is looked up')
    await until(() => asked.answered() === count)
    await setImmediate() // the answer is remembered
    t.equal(asked.count(), count)
  }
  time.pass(499)
  t.equal(find(key, digest), client_id)
  t.equal(asked.count(), 3, 'looked up again before it is too old to be believed')
  time.pass(501)
  t.ok(find(key, digest) instanceof Promise)
})

t.test('a database that is away is 503, not 401; what is known goes on for its second', async t => {
  const { key } = await createClient(call, ['customers:read'])
  const own = openDatabase(
    { url, pool_size: 2, connect_timeout: 300, statement_timeout: 5000, lock_timeout: 200 },
    () => {},
  )
  const authenticate = authenticateBy({
    admin_api_key: 'x'.repeat(32),
    apiKey: authenticateApiKeys({ ...context, database: own }, 'dev'),
  })
  const cut = await buildApp({ context, authenticate, logger: silent, network: NETWORK_OF_TESTS })
  t.teardown(async () => {
    await cut.close()
  })
  t.match(await answerTo(`Bearer ${key}`, undefined, '/v1/customers', cut), { status: 200 })
  await own.close()
  await until(async () => (await answerTo(`Bearer ${key}`, undefined, '/v1/customers', cut)).status === 503)
  for (const unknown of [newKeyOf('dev'), key])
    t.match(await answerTo(`Bearer ${unknown}`, undefined, '/v1/customers', cut), {
      status: 503,
      problem: { type: '/problems/unavailable' },
    })
  t.match(
    await answerTo(`Bearer ${newKeyOf('dev')}`, undefined, '/v1/nothing', cut),
    { status: 503 },
    'also where there is no route',
  )
  t.match(
    await answerTo(`Bearer ${newKeyOf('live')}`, undefined, '/v1/customers', cut),
    { status: 401 },
    'no look-up is needed',
  )
  t.match(
    await answerTo(`Bearer ${'x'.repeat(32)}`, undefined, '/v1/customers', cut),
    { status: 200 },
    'the root credential is in the environment',
  )
})

t.test('a use that cannot be noted neither delays nor fails the request', async t => {
  const { client_id, key } = await createClient(call, ['customers:read'])
  const holder = await openPool(t, url, 1).connect()
  t.teardown(() => {
    holder.release()
  })
  await holder.query('begin')
  await holder.query('select from api_keys where client_id = $1 for update', [client_id])
  t.match(await answerTo(`Bearer ${key}`), { status: 200 })
  await holder.query('rollback')
  await until(async () => (await call('GET', `/v1/api-clients/${client_id}`)).body.last_used_at !== null)
})
