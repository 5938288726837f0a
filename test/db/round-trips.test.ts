import t from 'tap'
import { fillContract, person, putContract } from '../helpers/fixtures.ts'
import { roundTripProxy } from '../helpers/round-trip-proxy.ts'
import { openPool } from '../helpers/test-database.ts'
import { instanceOn, testService } from '../helpers/test-service.ts'

const service = await testService(t)
const proxy = await roundTripProxy(t, service.url)
const database = openPool(t, proxy.url, 1)
const { call } = await instanceOn(t, { url: proxy.url, owner_url: service.owner_url, database }, service.clock)

await fillContract(service.call, 'counted', 0, { product_id: 'data_link', connections: 60 })
await putContract(service.call, 'second', { product_id: 'data_link', connections: 60 })

let number = 0
const register = async (fields: object, headers?: Record<string, string>) =>
  await call(
    'POST',
    '/v1/contracts/counted/contacts',
    person({ family_name: `人${number++}`, given_name: null, email: `p${number}@counted.example.jp`, ...fields }),
    headers,
  )

const KINDS: Record<string, () => Promise<{ status: number }>> = {
  'a registration with an address of its own': () => register({}),
  'a registration that joins a shared mailbox': () =>
    register({ email: 'primary@counted.example.jp', shared_mailbox: true }),
  'a registration with an Idempotency-Key': () => register({}, { 'idempotency-key': `key-${number}` }),
}

for (const [kind, send] of Object.entries(KINDS)) {
  t.test(`${kind} costs at most four round trips, with statements that are prepared once`, async t => {
    for (let warmed = 0; warmed < 2; warmed++) await send()
    const prepared = await preparedStatements()
    const before = proxy.roundTrips()
    t.equal((await send()).status, 201)
    const cost = proxy.roundTrips() - before
    t.ok(cost >= 2 && cost <= 4, `${cost} round trips`)
    const after = await preparedStatements()
    t.strictSame(
      after.map(({ name }) => name),
      prepared.map(({ name }) => name),
      'no statement was prepared again',
    )
    const executed = after
      .filter(({ executions }, index) => executions > prepared[index]!.executions)
      .map(({ statement }) => statement)
    for (const part of [
      'from "contracts"',
      'from "contacts"',
      'pg_advisory_xact_lock',
      'from support_accounts',
      'insert into contacts',
      'insert into history',
    ]) {
      t.ok(
        executed.some(statement => statement.includes(part)),
        `${part} ran as a named statement`,
      )
    }
  })
}

t.test('a repeat under an Idempotency-Key costs at most two', async t => {
  const [fields, headers] = [
    { family_name: '山田', email: 'repeat@counted.example.jp' },
    { 'idempotency-key': 'repeat' },
  ]
  for (let sent = 0; sent < 2; sent++) t.equal((await register(fields, headers)).status, 201)
  const before = proxy.roundTrips()
  t.match(await register(fields, headers), { status: 201, headers: { 'idempotent-replayed': 'true' } })
  const cost = proxy.roundTrips() - before
  t.ok(cost >= 1 && cost <= 2, `${cost} round trips`)
})

const thirty = (name: string) =>
  Array.from({ length: 30 }, (_, index) =>
    person({
      role: index === 0 ? 'primary' : 'secondary',
      family_name: `人${name}${index}`,
      email: `${name}${index}@whole.example.jp`,
    }),
  )

t.test('R10: a roster of thirty contacts costs at most eight, whether they come, change or go', async t => {
  await putContract(service.call, 'whole', { product_id: 'data_link', connections: 60 })
  const lists = [
    { contacts: thirty('a') },
    { contacts: thirty('a').map(contact => ({ ...contact, duties: ['system'] })) },
    { contacts: thirty('b'), confirm_removals: 30 },
  ]
  for (const list of lists) {
    const before = proxy.roundTrips()
    t.match(await call('PUT', '/v1/contracts/whole/roster', list, { 'if-match': '*' }), {
      status: 200,
      body: { seats: { used: 30 } },
    })
    const cost = proxy.roundTrips() - before
    t.ok(cost >= 3 && cost <= 8, `${cost} round trips`)
  }
})

type PreparedStatement = { name: string; statement: string; executions: number }

/** The named statements of the one connection that transactions have. */
async function preparedStatements(): Promise<PreparedStatement[]> {
  const client = await database.connect()
  const { rows } = await client.query<PreparedStatement>(`
    select name, statement, generic_plans + custom_plans as executions
    from pg_prepared_statements where not from_sql order by name`)
  client.release()
  return rows
}

// Before a list is read, its Events-Cursor is (R37): the list may show later changes, but never miss an earlier one.
const CURSOR = 1
const LISTS = {
  '/v1/contacts': CURSOR + 1,
  '/v1/contracts/counted/contacts': CURSOR + 2,
  '/v1/contracts/counted/roster': 2, // at once, over two connections
  '/v1/contracts/counted/history': CURSOR + 2,
  '/v1/support-accounts': CURSOR + 1,
  '/v1/change-requests': CURSOR + 1,
  '/v1/notice-recipients?purpose=surveys': CURSOR + 1,
}

for (const [path, most] of Object.entries(LISTS))
  t.test(`R31: ${path} is read and recorded with ${most} round trips at most`, async t => {
    for (let warmed = 0; warmed < 4; warmed++) t.equal((await call('GET', path)).status, 200)
    const before = proxy.roundTrips()
    await call('GET', path)
    const cost = proxy.roundTrips() - before
    t.ok(cost >= 1 && cost <= most, `${cost} round trips`)
  })
