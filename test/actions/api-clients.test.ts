import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createClient, rotate } from '../helpers/api-clients.ts'
import { until } from '../helpers/job-worker.ts'
import { historyOf } from '../helpers/history.ts'
import { ADMIN_KEY, testService } from '../helpers/test-service.ts'
import { compiled } from '#db/driver/statement.ts'
import { apiKeyDigest } from '#domain/api-key.ts'
import { CLIENT_PRESET_NAMES, CLIENT_PRESETS } from '#http/auth/client-presets.ts'
import { ALL_SCOPES } from '#domain/scopes.ts'

const service = await testService(t)
const { call, callAs, callWith, clock, database } = service
const NOW = clock.now()
const UNKNOWN = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'
const statusAs = async (key: string, url = '/v1/customers') => (await callAs(key)('GET', url)).status
/** What is known of a key is true for a second: waits until a key is refused. */
const refused = async (key: string): Promise<void> => {
  await until(async () => (await statusAs(key)) === 401, 5)
}
// But for when a key was last used: that is written a moment after the answer.
const allRows = async () =>
  JSON.stringify(
    await database.run(
      compiled(sql`
  select (select json_agg(api_clients order by client_id) from api_clients) as clients, (select
    json_agg(to_jsonb(api_keys) - 'last_used_at' order by key_id) from api_keys) as keys, (select json_agg(idempotency_keys) from idempotency_keys) as outcomes,
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

t.test('presets stand for scopes that exist, and answers list them', async t => {
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

t.test(
  'nobody gives scopes that they do not have: not to a new client, not by a change, not by a key of a stronger one',
  async t => {
    const manager = await createClient(call, ['clients:read', 'clients:manage', 'customers:read'])
    const as = callAs(manager.key)
    t.match(
      await as('POST', '/v1/api-clients', { name: 'x', scopes: ['customers:read', 'contacts:read', 'contacts:write'] }),
      { status: 403, body: { type: '/problems/forbidden', required_scope: 'contacts:read' } },
    )
    t.match(await as('POST', '/v1/api-clients', { name: 'x', preset: 'auditor' }), {
      status: 403,
      body: { required_scope: 'catalogue:read' },
    })
    const equal = await createClient(as, ['customers:read'])
    t.match(await as('PATCH', `/v1/api-clients/${equal.client_id}`, { scopes: ['customers:write'] }), {
      status: 403,
      body: { required_scope: 'customers:write' },
    })
    t.match(
      await as('PATCH', `/v1/api-clients/${manager.client_id}`, { scopes: ['clients:manage', 'contacts:read'] }),
      { status: 403, body: { required_scope: 'contacts:read' } },
      'nor to itself',
    )
    const stronger = await createClient(call, ['contacts:write'])
    for (const patch of [{ name: 'x' }, { scopes: ['customers:read'] }, { ip_ranges: [] }, { expires_at: null }])
      t.match(await as('PATCH', `/v1/api-clients/${stronger.client_id}`, patch), {
        status: 403,
        body: { required_scope: 'contacts:write' },
      })
    t.match(
      await as('POST', `/v1/api-clients/${stronger.client_id}/keys`, {}),
      { status: 403, body: { required_scope: 'contacts:write' } },
      'its key would be its powers',
    )
    t.equal((await as('POST', `/v1/api-clients/${equal.client_id}/keys`, {})).status, 201)
    t.equal((await as('PATCH', `/v1/api-clients/${equal.client_id}`, { name: 'y' })).status, 200)
    t.equal(
      (await as('DELETE', `/v1/api-clients/${stronger.client_id}`)).status,
      204,
      'to revoke one gives nobody anything',
    )
    t.equal(
      (await callAs(ADMIN_KEY)('POST', '/v1/api-clients', { name: 'x', scopes: ALL_SCOPES })).status,
      201,
      'the root credential has everything',
    )
  },
)

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
  await until(async () => (await statusAs(key)) === 403, 5)
  t.equal(await statusAs(key, '/v1/contracts'), 200)
})

t.test('rotation: the former key goes on for the time that was stated, and no longer', async t => {
  t.teardown(() => clock.set(NOW))
  const { client_id, key } = await createClient(call, ['customers:read'])
  const rotated = await rotate(call, client_id, 3600)
  t.match(rotated.body.keys, [
    { hint: key.slice(0, 12), expires_at: '2026-04-01T01:30:00.000Z' },
    { hint: rotated.key.slice(0, 12), expires_at: '2027-04-02T00:30:00.000Z' },
  ])
  for (const one of [key, rotated.key]) t.equal(await statusAs(one), 200)
  const third = await rotate(call, client_id, 86_400)
  t.match(
    third.body.keys,
    [
      { expires_at: '2026-04-01T01:30:00.000Z' },
      { expires_at: '2026-04-02T00:30:00.000Z' },
      { expires_at: '2027-04-02T00:30:00.000Z' },
    ],
    'no key goes on for longer than was said before',
  )
  clock.set('2026-04-01T01:29:59.999Z')
  t.equal(await statusAs(key), 200)
  clock.set('2026-04-01T01:30:00.000Z')
  t.equal(await statusAs(key), 401, 'by the clock, whatever is remembered of it')
  t.equal(await statusAs(rotated.key), 200)
  const read = await call('GET', `/v1/api-clients/${client_id}`)
  t.equal(read.body.keys.length, 2)
  const standard = await call('POST', `/v1/api-clients/${client_id}/keys`, {})
  t.match(standard.body.keys.at(-2), { expires_at: '2026-04-02T01:30:00.000Z' }, 'a day unless something is said')
})

t.test('an overlap of nothing revokes the former keys at once', async t => {
  const { client_id, key } = await createClient(call, ['customers:read'])
  t.equal(await statusAs(key), 200)
  const { key: next, body } = await rotate(call, client_id, 0)
  t.match(body.keys, [{ hint: next.slice(0, 12) }])
  await refused(key)
  t.equal(await statusAs(next), 200)
})

t.test('one key is revoked and the others go on; a client is revoked with all of them, and stays readable', async t => {
  const { client_id, key, body } = await createClient(call, ['customers:read'])
  const { key: next, etag } = await rotate(call, client_id, 3600)
  const [{ key_id }] = body.keys
  const url = `/v1/api-clients/${client_id}`
  for (const one of [key, next]) t.equal(await statusAs(one), 200)
  t.equal((await call('DELETE', `${url}/keys/${key_id}`, undefined, { 'if-match': '"stale"' })).status, 412)
  t.equal(
    (await call('DELETE', `${url}/keys/${key_id}`, undefined, { 'if-match': etag, 'request-id': 'key-revoked' }))
      .status,
    204,
  )
  t.match(await historyOf(database, 'key-revoked'), [{ event: 'api_client.key_revoked', before: { key_id } }])
  t.match(await call('DELETE', `${url}/keys/${key_id}`), {
    status: 404,
    body: { type: '/problems/not-found', detail: 'There is no such API key.' },
  })
  await refused(key)
  t.equal(await statusAs(next), 200)
  t.equal((await call('DELETE', url, undefined, { 'if-match': etag })).status, 412)
  t.equal((await call('DELETE', url, undefined, { 'request-id': 'revoked' })).status, 204)
  await refused(next)
  t.match(await historyOf(database, 'revoked'), [{ event: 'api_client.revoked', before: { client_id } }])
  t.match((await call('GET', url)).body, { state: 'revoked', revoked_at: NOW, keys: [] })
  for (const [method, path, sent] of [
    ['DELETE', url],
    ['PATCH', url, { name: 'x' }],
    ['POST', `${url}/keys`, {}],
    ['DELETE', `${url}/keys/${key_id}`],
  ] as const) {
    t.match(
      await call(method, path, sent),
      { status: 404, body: { detail: 'It was removed, and can no longer be changed: this API client.' } },
      method,
    )
  }
})

t.test('a client expires by the clock of the service', async t => {
  t.teardown(() => clock.set(NOW))
  const { client_id, key } = await createClient(call, ['customers:read'], { expires_at: '2026-04-01T02:00:00Z' })
  t.equal(await statusAs(key), 200)
  clock.set('2026-04-01T02:00:00.000Z')
  t.equal(await statusAs(key), 401)
  t.match((await call('GET', `/v1/api-clients/${client_id}`)).body, {
    state: 'expired',
    keys: [{ hint: key.slice(0, 12) }],
  })
  t.equal((await call('PATCH', `/v1/api-clients/${client_id}`, { expires_at: '2027-04-01T00:00:00Z' })).status, 200)
  await until(async () => (await statusAs(key)) === 200, 5)
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

t.test('who granted what is told, with the person who used the client', async t => {
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

t.test('the last use is noted beside requests, once a minute at most, and is no change', async t => {
  t.teardown(() => clock.set(NOW))
  const { client_id, key, etag } = await createClient(call, ['customers:read'])
  const usedAt = async (): Promise<string | null> =>
    (await call('GET', `/v1/api-clients/${client_id}`)).body.last_used_at
  const useUntil = async (moment: string): Promise<void> => {
    await until(async () => (await statusAs(key)) === 200 && (await usedAt()) === moment, 5)
  }
  t.equal(await usedAt(), null)
  await useUntil(NOW)
  clock.set('2026-04-01T00:30:59.999Z')
  const until_asked_again = performance.now() + 1200
  while (performance.now() < until_asked_again) {
    if ((await statusAs(key)) !== 200) t.fail('the key is believed all the time')
    await sleep(20)
  }
  t.equal(await usedAt(), NOW, 'not again within the minute')
  clock.set('2026-04-01T00:31:00.000Z')
  await useUntil('2026-04-01T00:31:00.000Z')
  t.match(await call('GET', `/v1/api-clients/${client_id}`), {
    headers: { etag },
    body: { keys: [{ last_used_at: '2026-04-01T00:31:00.000Z' }] },
  })
  t.equal((await call('GET', `/v1/api-clients/${client_id}`, undefined, { 'if-none-match': etag })).status, 304)
})
