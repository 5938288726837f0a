import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { ADMIN_KEY, testService, type Call } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'

const { call, callAs, callWith, clock } = await testService(t)
const NOW = clock.now()
const IN_AN_HOUR = '2026-04-01T01:30:00.000Z'
const IN_90_DAYS = '2026-06-30T00:30:00.000Z'
const IN_366_DAYS = '2027-04-02T00:30:00.000Z'
const AFTER_366_DAYS = '2027-04-02T00:30:00.001Z'
// Requests of the tests come from this machine.
const HERE = ['127.0.0.0/8']
const root = callAs(ADMIN_KEY)
const admin = callWith('clients:manage', 'clients:read', 'customers:read')
const url = (client_id: string): string => `/v1/api-clients/${client_id}`
const statusOf = async (key: string): Promise<number> => (await callAs(key)('GET', '/v1/customers')).status

const read = async (client_id: string): Promise<any> => (await call('GET', url(client_id))).body

/** A client that manages clients, from this machine, for an hour. */
async function manager(as: Call = root, fields: object = {}) {
  const made = await createClient(as, ['clients:manage', 'clients:read', 'customers:read'], {
    ip_ranges: HERE,
    expires_at: IN_AN_HOUR,
    ...fields,
  })
  return { ...made, as: callAs(made.key) }
}

t.test('a client lives for 90 days, or as asked for 366 at most, and so does its key', async t => {
  for (const [as, expires_at] of [
    [root, IN_90_DAYS],
    [admin, IN_90_DAYS],
  ] as const)
    t.match((await createClient(as, ['customers:read'])).body, { expires_at, parent_client_id: null })
  const { client_id, body } = await createClient(root, ['customers:read'], { expires_at: IN_366_DAYS })
  t.match(body, { expires_at: IN_366_DAYS, keys: [{ expires_at: IN_366_DAYS }] })
  const beyond = { status: 422, body: { errors: [{ pointer: '#/expires_at', code: 'beyond-lifetime' }] } }
  t.match(await root('POST', '/v1/api-clients', { name: 'x', preset: 'crm', expires_at: AFTER_366_DAYS }), beyond)
  t.match(await root('PATCH', url(client_id), { expires_at: AFTER_366_DAYS }), beyond)
  t.match(await root('PATCH', url(client_id), { expires_at: null }), { status: 200, body: { expires_at: IN_90_DAYS } })
  t.match(await root('POST', `${url(client_id)}/keys`, {}), { body: { keys: [{}, { expires_at: IN_366_DAYS }] } })
})

t.test('a key ends after 366 days, also where its client has got a later end', async t => {
  t.teardown(() => clock.set(NOW))
  const { client_id, key } = await createClient(root, ['customers:read'], { expires_at: IN_366_DAYS })
  clock.set('2027-04-02T00:30:00.000Z')
  t.equal((await root('PATCH', url(client_id), { expires_at: '2028-01-01T00:00:00Z' })).status, 200)
  t.match(await read(client_id), { state: 'active', keys: [] })
  t.equal(await statusOf(key), 401)
})

t.test('what a token makes ends after 90 days, and so does a key that it adds', async t => {
  t.match(await admin('POST', '/v1/api-clients', { name: 'x', preset: 'support_site', expires_at: IN_366_DAYS }), {
    status: 403,
  })
  const late = { name: 'x', scopes: ['customers:read'], expires_at: '2026-06-30T00:30:00.001Z' }
  t.match(await admin('POST', '/v1/api-clients', late), { status: 403, body: { type: '/problems/forbidden' } })
  const long = await createClient(root, ['customers:read'], { expires_at: IN_366_DAYS })
  t.match((await admin('POST', `${url(long.client_id)}/keys`, { overlap_seconds: 0 })).body.keys, [
    { expires_at: IN_90_DAYS },
  ])
  const short = await createClient(root, ['customers:read'], { expires_at: IN_AN_HOUR })
  t.equal((await admin('PATCH', url(short.client_id), { expires_at: IN_366_DAYS })).status, 403)
  t.equal((await admin('PATCH', url(short.client_id), { expires_at: IN_90_DAYS })).status, 200)
  t.equal((await admin('PATCH', url(long.client_id), { name: 'Its end may stay' })).status, 200)
})

t.test('no client changes its own terms, whichever', async t => {
  const { as, client_id, etag } = await manager()
  for (const patch of [
    { expires_at: null },
    { ip_ranges: [] },
    { ip_ranges: null },
    { expires_at: IN_90_DAYS },
    { name: 'Another' },
    { scopes: ['clients:manage'] },
    {},
  ])
    t.match(
      await as('PATCH', url(client_id), patch),
      { status: 403, body: { type: '/problems/forbidden', detail: /cannot change itself/ } },
      JSON.stringify(patch),
    )
  t.equal((await root('GET', url(client_id))).headers['etag'], etag)
})

t.test('no key outlives the credential that made it, nor opens more than that', async t => {
  const { as } = await manager()
  const elsewhere = await createClient(root, ['customers:read'], { expires_at: IN_366_DAYS })
  t.match(await as('POST', `${url(elsewhere.client_id)}/keys`, {}), { status: 403, body: { detail: /IP addresses/ } })
  t.match(
    await as('PATCH', url(elsewhere.client_id), { expires_at: '2027-04-01T00:00:00Z' }),
    { status: 200 },
    'earlier',
  )
  const here = await createClient(root, ['customers:read'], { ip_ranges: ['127.0.0.1'], expires_at: IN_366_DAYS })
  const added = await as('POST', `${url(here.client_id)}/keys`, { overlap_seconds: 0 })
  t.match(added.body.keys, [{ expires_at: IN_AN_HOUR }])

  const rotating = await manager(root, { expires_at: IN_366_DAYS })
  await root('POST', `${url(rotating.client_id)}/keys`, { overlap_seconds: 3600 })
  await until(async () => {
    const again = await rotating.as('POST', `${url(rotating.client_id)}/keys`, { overlap_seconds: 3600 })
    return again.body.keys.at(-1).expires_at === IN_AN_HOUR // by a key on its way out
  })
})
