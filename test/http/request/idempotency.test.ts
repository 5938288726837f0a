import t from 'tap'
import pino from 'pino'
import { buildApp } from '#app.ts'
import { fillContract, person, putContract, putCustomer } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import type { Client } from '#http/auth/client.ts'

const { call, clock, context, database } = await testService(t)
const post = async (contract_id: string, key: string, fields = {}, headers = {}) =>
  await call('POST', `/v1/contracts/${contract_id}/contacts`, person(fields), { 'idempotency-key': key, ...headers })

t.test('a repeat gets the first answer again and registers nothing twice', async t => {
  await putContract(call, 'once')
  const fields = { role: 'primary', email: 'once@example.jp' } as const
  const first = await post('once', 'key-1', fields, { 'request-id': 'first' })
  t.match(first, { status: 201, headers: { 'idempotent-replayed': undefined } })
  const rows = await rowCounts(database)
  const again = await post('once', 'key-1', fields, { 'request-id': 'second' })
  t.match(again, {
    status: 201,
    text: first.text,
    headers: {
      'idempotent-replayed': 'true',
      location: first.headers['location']!,
      etag: first.headers['etag']!,
      'request-id': 'second',
    },
  })
  t.same(await rowCounts(database), rows)
  t.same(await historyOf(database, 'second'), [])
  await call('PATCH', `/v1/contacts/${first.body.contact_id}`, { duties: ['system'] })
  t.equal((await post('once', 'key-1', fields)).text, first.text, 'the first answer, not the present state')
})

t.test('the order of fields and white space are no other request; another word or path is', async t => {
  await putContract(call, 'said')
  await putContract(call, 'said-too')
  t.equal((await post('said', 'key-2', { role: 'primary', email: 'said@example.jp' })).status, 201)
  const reused = { status: 422, body: { type: '/problems/idempotency-key-reused' } }
  t.match(await post('said', 'key-2', { role: 'primary', email: 'other@example.jp' }), reused)
  t.match(await post('said-too', 'key-2', { role: 'primary', email: 'said@example.jp' }), reused)
  const body = JSON.stringify(person({ role: 'primary', email: 'said@example.jp' }), null, 2)
  t.match(await call('POST', '/v1/contracts/said/contacts', body, { 'idempotency-key': 'key-2' }), {
    status: 201,
    headers: { 'idempotent-replayed': 'true' },
  })
})

t.test('a refusal is an answer too, and is repeated, also when it would no longer be refused', async t => {
  await putContract(call, 'refused')
  const refused = await post('refused', 'key-3', { email: 'refused@example.jp' })
  t.match(refused, { status: 409, body: { type: '/problems/primary-required' } })
  await post('refused', 'key-4', { role: 'primary', email: 'primary@refused.example.jp' })
  const again = {
    status: 409,
    headers: { 'idempotent-replayed': 'true' },
    body: { type: '/problems/primary-required' },
  }
  t.match(await post('refused', 'key-3', { email: 'refused@example.jp' }), again)
  t.equal((await post('refused', 'key-5', { email: 'refused@example.jp' })).status, 201)
})

t.test('a request that does not fit the contract takes no key', async t => {
  await putContract(call, 'misfit')
  t.equal((await post('misfit', 'key-6', { role: 'boss' })).status, 400)
  t.equal((await post('misfit', 'key-6', { role: 'primary', email: 'misfit@example.jp' })).status, 201)
})

t.test('after 24 hours a key is new', async t => {
  await putContract(call, 'expires')
  const fields = { role: 'primary', email: 'expires@example.jp' } as const
  await post('expires', 'key-7', fields)
  clock.set('2026-04-02T00:29:59.999Z')
  t.match(await post('expires', 'key-7', fields), { status: 201, headers: { 'idempotent-replayed': 'true' } })
  clock.set('2026-04-02T00:30:00.000Z')
  t.match(await post('expires', 'key-7', fields), { status: 409, body: { type: '/problems/primary-exists' } })
  clock.set('2026-04-01T00:30:00.000Z')
})

t.test('of many at once under one key one registers, and the others wait their turn or hear so', async t => {
  await putContract(call, 'raced', { product_id: 'manage_ac' })
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      async () => await post('raced', 'key-8', { role: 'primary', email: 'raced@example.jp' }),
    ),
  )
  const fresh = answers.filter(({ status, headers }) => status === 201 && headers['idempotent-replayed'] === undefined)
  t.equal(fresh.length, 1)
  for (const answer of answers) {
    if (answer.status === 201) t.equal(answer.text, fresh[0]!.text)
    else t.match(answer, { status: 409, body: { type: '/problems/idempotency-key-in-use' } })
  }
  t.match((await call('GET', '/v1/contracts/raced')).body.seats, { used: 1 })
  t.match(await post('raced', 'key-8', { role: 'primary', email: 'raced@example.jp' }), {
    status: 201,
    text: fresh[0]!.text,
  })
})

t.test('a key that is being worked under is refused, not waited for', async t => {
  await putContract(call, 'held')
  const holder = await database.connect()
  t.teardown(() => {
    holder.release()
  })
  await holder.query('begin')
  await holder.query("select 1 from contracts where contract_id = 'held' for update")
  const running = post('held', 'key-9', { role: 'primary', email: 'held@example.jp' })
  while (
    (
      await holder.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
    ).rowCount === 0
  );
  t.match(await post('held', 'key-9', { role: 'primary', email: 'held@example.jp' }), {
    status: 409,
    headers: { 'retry-after': /^[1-9]/ },
    body: { remedy: String, type: '/problems/idempotency-key-in-use' },
  })
  await holder.query('rollback')
  t.equal((await running).status, 201)
})

t.test("a key is its client's own", async t => {
  await putContract(call, 'clients', { product_id: 'manage_ac' })
  await putCustomer(call, 'customer-1')
  t.equal((await post('clients', 'key-10', { role: 'primary', email: 'clients@example.jp' })).status, 201)
  const other: Client = { name: 'other', credential: 'root', names_requester: false, scopes: new Set(ALL_SCOPES) }
  const app = await buildApp({
    context,
    authenticate: token => (token === 'other-key' ? other : undefined),
    logger: pino({ level: 'silent' }),
  })
  t.teardown(async () => {
    await app.close()
  })
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/contracts/clients/contacts',
    headers: { authorization: 'Bearer other-key', 'idempotency-key': 'key-10' },
    payload: person({ family_name: '伊藤', email: 'other@clients.example.jp' }),
  })
  t.equal(answer.statusCode, 201)
  t.equal(answer.json().name, '伊藤 太郎')
})

t.test('without a key a repeat is another request', async t => {
  await fillContract(call, 'keyless', 0)
  const body = person({ family_name: '伊藤', email: 'keyless@example.jp' })
  t.equal((await call('POST', '/v1/contracts/keyless/contacts', body)).status, 201)
  t.match(await call('POST', '/v1/contracts/keyless/contacts', body), {
    status: 409,
    body: { type: '/problems/duplicate-contact' },
  })
})
