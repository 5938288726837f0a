import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createClient, rotate } from '../../helpers/api-clients.ts'
import { historyOf } from '../../helpers/history.ts'
import { ADMIN_KEY, testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'

const service = await testService(t)
const { call, callAs, clock, database } = service
const NOW = clock.now()

const statusAs = async (key: string, url = '/v1/customers') => (await callAs(key)('GET', url)).status
/** What is known of a key is true for a second: waits until a key is refused. */
const refused = async (key: string): Promise<void> => {
  await until(async () => (await statusAs(key)) === 401)
}

t.test(
  'no client gives scopes that it does not have: not to a new client, not by a change, not by a key of a stronger one',
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
      'a revocation gives no client anything',
    )
    t.equal(
      (await callAs(ADMIN_KEY)('POST', '/v1/api-clients', { name: 'x', scopes: ALL_SCOPES })).status,
      201,
      'the root credential has everything',
    )
  },
)

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
    body: { type: '/problems/not-found', detail: 'There is no API key with this id.' },
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
      { status: 404, body: { detail: 'This API client was revoked, so it can no longer be changed.' } },
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
  await until(async () => (await statusAs(key)) === 200)
})

t.test('the last use is noted apart from requests, once a minute at most, and is no change', async t => {
  t.teardown(() => clock.set(NOW))
  const { client_id, key, etag } = await createClient(call, ['customers:read'])
  const usedAt = async (): Promise<string | null> =>
    (await call('GET', `/v1/api-clients/${client_id}`)).body.last_used_at
  const useUntil = async (moment: string): Promise<void> => {
    await until(async () => (await statusAs(key)) === 200 && (await usedAt()) === moment)
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
