import { sql } from 'kysely'
import t from 'tap'
import { createClient, rotate } from '../../helpers/api-clients.ts'
import { historyOf } from '../../helpers/history.ts'
import { ADMIN_KEY, testService } from '../../helpers/test-service.ts'
import { compiled } from '#db/driver/statement.ts'

const service = await testService(t)
const { call, callAs, callWith, clock, database } = service
const NOW = clock.now()
const UNKNOWN = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'
const statusAs = async (key: string, url = '/v1/customers') => (await callAs(key)('GET', url)).status

// But for when a key was last used: that is written a moment after the answer.
const allRows = async () =>
  JSON.stringify(
    await database.run(
      compiled(sql`
  select (select json_agg(api_clients order by client_id) from api_clients) as clients, (select
    json_agg(to_jsonb(api_keys) - 'last_used_at' order by key_id) from api_keys) as keys,
    (select json_agg(idempotency_keys) from idempotency_keys) as outcomes,
    (select json_agg(history) from history) as history`),
    ),
  )

t.test('the record says who granted what, with the person who used the client', async t => {
  const { client_id } = await createClient(call, ['customers:read'])
  await call('PATCH', `/v1/api-clients/${client_id}`, { scopes: ['customers:read', 'customers:write'] })
  await rotate(callAs(ADMIN_KEY), client_id, 60)
  const { body } = await call('GET', `/v1/api-clients/${client_id}/history`)
  t.match(body.items, [
    {
      event: 'api_client.key_added',
      client: 'admin',
      on_behalf_of: null,
      after: { former_keys: [{ ends_at: '2026-04-01T00:31:00.000Z' }] },
    },
    {
      event: 'api_client.changed',
      client: 'test',
      changed: ['scopes'],
      after: { scopes: ['customers:read', 'customers:write'] },
    },
    { event: 'api_client.created', client: 'test' },
  ])
  const [page] = (await call('GET', `/v1/api-clients/${client_id}/history?limit=1`)).body.items
  t.equal(page.event, 'api_client.key_added')
  t.equal((await call('GET', `/v1/api-clients/${UNKNOWN}/history`)).status, 404)
  t.equal(
    (await callWith('history:read')('GET', `/v1/api-clients/${client_id}/history`)).status,
    403,
    'the history of clients is for those who may read clients',
  )
})

t.test('what a client does is recorded under its id, and its idempotency keys are its own', async t => {
  const [one, other] = [
    await createClient(call, ['customers:write', 'clients:manage']),
    await createClient(call, ['customers:write', 'clients:manage']),
  ]
  await callAs(one.key)('PUT', '/v1/customers/recorded', { name: '株式会社記録' }, { 'request-id': 'by-key' })
  t.match(await historyOf(database, 'by-key'), [{ event: 'customer.created', actor: one.client_id }])
  const body = { name: 'x', scopes: ['customers:write'] }
  const first = await callAs(one.key)('POST', '/v1/api-clients', body, { 'idempotency-key': 'shared-text' })
  const second = await callAs(other.key)('POST', '/v1/api-clients', body, { 'idempotency-key': 'shared-text' })
  t.match([first.status, second.status], [201, 201])
  t.not(first.body.client_id, second.body.client_id)
})

t.test('a repeat creates nothing twice and is answered without the key, which is nowhere', async t => {
  const body = { name: 'Once', scopes: ['customers:read'] }
  const first = await call('POST', '/v1/api-clients', body, { 'idempotency-key': 'client-1' })
  const before = await allRows()
  t.notMatch(before, first.body.key)
  const again = await call('POST', '/v1/api-clients', body, { 'idempotency-key': 'client-1' })
  t.match(again, {
    status: 201,
    headers: { 'idempotent-replayed': 'true', location: first.headers['location']!, etag: first.headers['etag']! },
  })
  t.same(again.body, { ...first.body, key: null })
  t.equal(await allRows(), before)
  const url = `/v1/api-clients/${first.body.client_id}/keys`
  const added = await call(
    'POST',
    url,
    { overlap_seconds: 0 },
    { 'idempotency-key': 'key-1', 'if-match': first.headers['etag']! },
  )
  const repeated = await call(
    'POST',
    url,
    { overlap_seconds: 0 },
    { 'idempotency-key': 'key-1', 'if-match': first.headers['etag']! },
  )
  t.match(
    repeated,
    { status: 201, headers: { 'idempotent-replayed': 'true', etag: added.headers['etag']! } },
    'also where the condition no longer holds',
  )
  t.same(repeated.body, { ...added.body, key: null })
  t.notMatch(await allRows(), added.body.key)
  t.equal(await statusAs(added.body.key), 200)
})

t.test('a repeat gets the first answer again, also when what it asked for could not be had any more', async t => {
  t.teardown(() => clock.set(NOW))
  const short = {
    name: 'Short-lived',
    scopes: ['customers:read'],
    expires_at: new Date(Date.parse(NOW) + 600_000).toISOString(),
  }
  const first = await call('POST', '/v1/api-clients', short, { 'idempotency-key': 'short-1' })
  t.equal(first.status, 201)
  clock.set(new Date(Date.parse(NOW) + 660_000).toISOString())
  t.match(await call('POST', '/v1/api-clients', short, { 'idempotency-key': 'short-1' }), {
    status: 201,
    headers: { 'idempotent-replayed': 'true' },
    body: { client_id: first.body.client_id, key: null },
  })
  t.equal((await call('POST', '/v1/api-clients', short, { 'idempotency-key': 'short-2' })).status, 422)
  t.match(
    await call('POST', '/v1/api-clients', short, { 'idempotency-key': 'short-2' }),
    { status: 422, headers: { 'idempotent-replayed': 'true' } },
    'a refusal as well',
  )
})
