import { sql } from 'kysely'
import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'
import { compiled } from '#db/driver/statement.ts'
import { apiKeyDigest } from '#domain/api-clients/api-key.ts'
import { CLIENT_PRESET_NAMES, CLIENT_PRESETS } from '#http/auth/client-presets.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'

const service = await testService(t)
const { call, callAs, clock, database } = service
const NOW = clock.now()

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

t.test('a client is created with a key that is shown once, and kept as a digest alone', async t => {
  const created = await call(
    'POST',
    '/v1/api-clients',
    { name: 'CRM', scopes: ['customers:write', 'customers:read', 'customers:read'] },
    { 'request-id': 'created' },
  )
  t.match(created, {
    status: 201,
    headers: { 'cache-control': 'private, no-store', location: `/v1/api-clients/${created.body.client_id}` },
    body: {
      name: 'CRM',
      scopes: ['customers:read', 'customers:write'],
      ip_ranges: [],
      state: 'active',
      expires_at: '2026-06-30T00:30:00.000Z',
      created_at: NOW,
      revoked_at: null,
      last_used_at: null,
      key: /^mdg_dev_[0-9A-Za-z]{49}$/,
      keys: [{ hint: created.body.key.slice(0, 12), expires_at: '2027-04-02T00:30:00.000Z', last_used_at: null }],
    },
  })
  const { key, ...client } = created.body
  const read = await call('GET', `/v1/api-clients/${client.client_id}`)
  t.same(read.body, client)
  t.equal(
    read.headers['etag'],
    created.headers['etag'],
    'the tag is of the client, so that it can be changed from here',
  )
  t.equal(await statusAs(key), 200)
  t.equal(await statusAs(key, '/v1/contracts'), 403)
  const kept = await allRows()
  t.notMatch(kept, key)
  t.match(kept, apiKeyDigest(key))
  t.match(await historyOf(database, 'created'), [
    {
      event: 'api_client.created',
      actor: 'test',
      subject_id: client.client_id,
      before: null,
      after: { name: 'CRM', scopes: ['customers:read', 'customers:write'], hint: client.keys[0].hint },
    },
  ])
})

t.test('presets name scopes that exist, and answers list them', async t => {
  for (const preset of CLIENT_PRESET_NAMES) {
    const { status, body } = await call('POST', '/v1/api-clients', { name: preset, preset })
    t.equal(status, 201)
    t.same(
      body.scopes,
      ALL_SCOPES.filter(scope => (CLIENT_PRESETS[preset] as readonly string[]).includes(scope)),
      preset,
    )
    t.equal(body.scopes.length, CLIENT_PRESETS[preset].length, 'each of them once')
  }
})

t.test('what does not fit is refused, all of it at once', async t => {
  const refusals: [object, object][] = [
    [{ name: 'x' }, { errors: [{ code: 'one-of' }] }],
    [{ name: 'x', preset: 'crm', scopes: ['customers:read'] }, { errors: [{ code: 'one-of' }] }],
    [{ name: 'x', preset: 'boss' }, { errors: [{ pointer: '#/preset', code: 'not-allowed' }] }],
    [{ name: 'x', scopes: [] }, { errors: [{ pointer: '#/scopes', code: 'too-few' }] }],
    [{ name: 'x', scopes: ['everything'] }, { errors: [{ pointer: '#/scopes/0', code: 'not-allowed' }] }],
    [{ name: ' ', preset: 'crm' }, { errors: [{ pointer: '#/name', code: 'invalid-format' }] }],
    [
      { name: 'x', preset: 'crm', ip_ranges: ['10.0.0.0/8', '10.0.0.0/33', 'fe80::1%eth0', 'nowhere'] },
      { errors: [1, 2, 3].map(index => ({ pointer: `#/ip_ranges/${index}`, code: 'invalid-ip-range' })) },
    ],
    [
      { name: 'x', preset: 'crm', expires_at: '2027-02-30T00:00:00Z' },
      { errors: [{ pointer: '#/expires_at', code: 'invalid-format' }] },
    ],
  ]
  const before = await allRows()
  for (const [body, problem] of refusals)
    t.match(
      await call('POST', '/v1/api-clients', body),
      { status: 400, body: { type: '/problems/invalid-request', ...problem } },
      JSON.stringify(body),
    )
  t.match(await call('POST', '/v1/api-clients', { name: 'x', preset: 'crm', expires_at: NOW }), {
    status: 422,
    body: { type: '/problems/invalid-value', errors: [{ pointer: '#/expires_at', code: 'expired-from-the-start' }] },
  })
  t.equal(await allRows(), before)
})

t.test('a change holds for the keys that are there; the same again changes nothing', async t => {
  const { client_id, key, etag } = await createClient(call, ['customers:read'])
  t.equal(await statusAs(key), 200)
  const changed = await call(
    'PATCH',
    `/v1/api-clients/${client_id}`,
    {
      name: 'CRM 2',
      scopes: ['contracts:read'],
      ip_ranges: ['10.0.0.0/8', '2001:db8::/32', '10.0.0.0/8'],
      expires_at: '2027-04-01T09:00:00+09:00',
    },
    { 'if-match': etag, 'request-id': 'changed' },
  )
  t.match(changed, {
    status: 200,
    body: {
      name: 'CRM 2',
      scopes: ['contracts:read'],
      ip_ranges: ['10.0.0.0/8', '2001:db8::/32'],
      expires_at: '2027-04-01T00:00:00.000Z',
      keys: [{ hint: key.slice(0, 12) }],
    },
  })
  t.notOk('key' in changed.body)
  t.match(await historyOf(database, 'changed'), [
    { event: 'api_client.changed', before: { name: 'A client' }, after: { name: 'CRM 2' } },
  ])
  t.match(await call('PATCH', `/v1/api-clients/${client_id}`, { name: 'CRM 3' }, { 'if-match': etag }), {
    status: 412,
    body: { current_etag: changed.headers['etag'] },
  })
  const again = await call('PATCH', `/v1/api-clients/${client_id}`, { name: 'CRM 2' }, { 'request-id': 'again' })
  t.match(again, { status: 200, headers: { etag: changed.headers['etag']! } })
  t.same(await historyOf(database, 'again'), [])
  t.match(await call('PATCH', `/v1/api-clients/${client_id}`, { expires_at: NOW }), {
    status: 422,
    body: { errors: [{ pointer: '#/expires_at', code: 'expired-from-the-start' }] },
  })
  t.match(await call('PATCH', `/v1/api-clients/${client_id}`, { expires_at: null, ip_ranges: [] }), {
    status: 200,
    body: { expires_at: '2026-06-30T00:30:00.000Z', ip_ranges: [] },
  })
  await until(async () => (await statusAs(key)) === 403)
  t.equal(await statusAs(key, '/v1/contracts'), 200)
})

t.test('the list shows clients by their state, in the order of their creation', async t => {
  const active = await createClient(call, ['customers:read'], { expires_at: '2027-04-01T00:00:00Z' })
  const revoked = await createClient(call, ['customers:read'])
  await call('DELETE', `/v1/api-clients/${revoked.client_id}`)
  const expired = await createClient(call, ['customers:read'], { expires_at: '2026-04-01T00:30:00.001Z' })
  clock.set('2026-04-01T00:30:00.001Z')
  t.teardown(() => clock.set(NOW))
  const idsOf = async (query: string): Promise<string[]> =>
    (await call('GET', `/v1/api-clients?limit=200${query}`)).body.items.map(({ client_id }: any) => client_id)
  const all = await idsOf('')
  t.same(all, all.toSorted())
  t.same(
    all.slice(-3),
    [active, revoked, expired].map(({ client_id }) => client_id),
  )
  for (const [state, one] of Object.entries({ active, revoked, expired })) {
    const ids = await idsOf(`&state=${state}`)
    t.ok(ids.includes(one.client_id), state)
    t.equal([active, revoked, expired].filter(({ client_id }) => ids.includes(client_id)).length, 1, state)
  }
  t.equal((await call('GET', '/v1/api-clients?state=unknown')).status, 400)
  const first = await call('GET', '/v1/api-clients?limit=1')
  t.match((await call('GET', `/v1/api-clients?limit=1&cursor=${first.body.next_cursor}`)).body.items, [
    { client_id: all[1] },
  ])
})
