import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { historyOf } from '../../helpers/history.ts'
import { ADMIN_KEY, testService, type Call } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'

const { call, callAs, database } = await testService(t)

const IN_AN_HOUR = '2026-04-01T01:30:00.000Z'
const IN_90_DAYS = '2026-06-30T00:30:00.000Z'

// Requests of the tests come from this machine.
const HERE = ['127.0.0.0/8']
const root = callAs(ADMIN_KEY)

const url = (client_id: string): string => `/v1/api-clients/${client_id}`
const statusOf = async (key: string): Promise<number> => (await callAs(key)('GET', '/v1/customers')).status
const refused = async (key: string): Promise<void> => {
  await until(async () => (await statusOf(key)) === 401)
}
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

t.test('a child has the ranges and the end of its maker, or narrower ones', async t => {
  const { as, client_id } = await manager()
  const child = await createClient(as, ['customers:read'])
  t.match(child.body, {
    ip_ranges: HERE,
    expires_at: IN_AN_HOUR,
    parent_client_id: client_id,
    keys: [{ expires_at: IN_AN_HOUR }],
  })
  t.equal(await statusOf(child.key), 200)
  const narrower = { ip_ranges: ['127.0.0.1', '::ffff:127.0.0.2'], expires_at: '2026-04-01T01:00:00.000Z' }
  t.match((await createClient(as, ['customers:read'], narrower)).body, narrower)
  for (const [what, fields] of Object.entries({
    'any address': { ip_ranges: [] },
    'a wider range': { ip_ranges: ['127.0.0.0/7'] },
    'another range among them': { ip_ranges: ['127.0.0.1', '203.0.113.7'] },
    'the same bits in IPv6': { ip_ranges: ['7f00::/8'] },
    'a later end': { expires_at: '2026-04-01T01:30:00.001Z' },
  })) {
    const wide = { name: 'x', scopes: ['customers:read'], ...fields }
    t.match(await as('POST', '/v1/api-clients', wide), { status: 403 }, what)
    t.match(await as('PATCH', url(child.client_id), fields), { status: 403 }, `${what}, by a change`)
  }
  t.match(await root('PATCH', url(child.client_id), { expires_at: IN_90_DAYS }), { status: 403 }, 'nor by the root')
  t.match(await root('PATCH', url(child.client_id), { ip_ranges: [] }), { status: 403 })
  t.match(await as('PATCH', url(child.client_id), { expires_at: null }), { body: { expires_at: IN_AN_HOUR } })
  const grandchild = await createClient((await manager(as)).as, ['customers:read'])
  t.match(grandchild.body, { ip_ranges: HERE, expires_at: IN_AN_HOUR })
})

t.test('what becomes narrower, its children do too', async t => {
  const { client_id, as } = await manager(root, { ip_ranges: ['127.0.0.0/8', '203.0.113.0/24'] })
  const child = await manager(as, { ip_ranges: null })
  const grandchild = await createClient(child.as, ['customers:read'], { ip_ranges: ['127.0.0.0/16'] })
  const sooner = '2026-04-01T01:00:00.000Z'
  const narrower = { ip_ranges: ['127.0.0.0/12', '198.51.100.0/24'], expires_at: sooner }
  t.equal((await root('PATCH', url(client_id), narrower, { 'request-id': 'narrowed' })).status, 200)
  t.match(await read(child.client_id), { ip_ranges: ['127.0.0.0/12'], expires_at: sooner })
  t.match(await read(grandchild.client_id), { ip_ranges: ['127.0.0.0/16'], expires_at: sooner })
  t.same(
    (await historyOf(database, 'narrowed')).map(({ event, subject_id }: any) => [event, subject_id]),
    [client_id, child.client_id, grandchild.client_id].map(id => ['api_client.changed', id]),
  )
  t.match(await root('PATCH', url(client_id), { ip_ranges: ['198.51.100.0/24'] }), {
    status: 409,
    body: { type: '/problems/state-conflict', client_id, child_client_ids: [child.client_id, grandchild.client_id] },
  })
  t.match(await root('PATCH', url(client_id), { ip_ranges: [], expires_at: IN_90_DAYS }), { status: 200 })
  t.match(await read(child.client_id), { ip_ranges: ['127.0.0.0/12'], expires_at: sooner }, 'not wider again')
})

t.test('who revokes a client says what becomes of those that it made', async t => {
  const { client_id, as } = await manager()
  const child = await manager(as)
  const grandchild = await createClient(child.as, ['customers:read'])
  const other = await createClient(root, ['customers:read'])
  t.match(await root('DELETE', url(client_id)), {
    status: 409,
    body: { type: '/problems/state-conflict', client_id, child_client_ids: [child.client_id] },
  })
  t.equal((await root('DELETE', `${url(client_id)}?children=keep`)).status, 400)
  t.match(await read(client_id), { state: 'active' })

  t.equal(
    (await root('DELETE', `${url(child.client_id)}?children=adopt`, undefined, { 'request-id': 'adopted' })).status,
    204,
  )
  t.match(await read(grandchild.client_id), { state: 'active', parent_client_id: client_id })
  t.match(await historyOf(database, 'adopted'), [
    { event: 'api_client.revoked', subject_id: child.client_id },
    { event: 'api_client.changed', subject_id: grandchild.client_id, after: { parent_client_id: client_id } },
  ])
  t.equal(await statusOf(grandchild.key), 200)

  const second = await manager(as)
  const below = await createClient(second.as, ['customers:read'])
  t.equal(await statusOf(below.key), 200)
  const gone = await root('DELETE', `${url(client_id)}?children=revoke`, undefined, { 'request-id': 'all-revoked' })
  t.equal(gone.status, 204)
  for (const { key } of [grandchild, second, below]) await refused(key)
  t.same(
    (await historyOf(database, 'all-revoked')).map(({ subject_id }: any) => subject_id),
    [client_id, grandchild.client_id, second.client_id, below.client_id],
  )
  t.match(await read(other.client_id), { state: 'active' })
  t.equal((await root('DELETE', `${url(other.client_id)}?children=revoke`)).status, 204, 'without children as well')
})

t.test('children of a client that the root credential made have no parent after an adoption', async t => {
  const { client_id, as } = await manager()
  const child = await createClient(as, ['customers:read'])
  t.equal((await as('DELETE', `${url(client_id)}?children=adopt`)).status, 204, 'also by the client itself')
  t.match(await read(child.client_id), { state: 'active', parent_client_id: null, ip_ranges: HERE })
})

t.test('a client that is revoked while it makes another leaves none behind', async t => {
  for (let round = 0; round < 5; round++) {
    const { client_id, as } = await manager()
    t.equal((await as('GET', url(client_id))).status, 200)
    const body = { name: `Raced ${round}`, scopes: ['customers:read'] }
    const [made] = await Promise.all([
      as('POST', '/v1/api-clients', body),
      root('DELETE', `${url(client_id)}?children=revoke`),
    ])
    t.ok([201, 401, 403].includes(made.status), String(made.status))
    if (made.status === 201) t.match(await read(made.body.client_id), { state: 'revoked' })
  }
})
