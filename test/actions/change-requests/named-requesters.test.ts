import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { fillContract, person, putContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callAs } = await testService(t)

t.test('R25: a requester who is named by another contact, by nothing or wrongly is refused', async t => {
  const [primary] = await fillContract(call, 'one', 0)
  const [other] = await fillContract(call, 'two', 0)
  const patch = async (requested_by: unknown): Promise<any> =>
    await call('PATCH', `/v1/contacts/${primary.contact_id}`, { duties: ['system'], requested_by })
  t.match(await patch({ channel: 'mail', contact_id: other.contact_id }), {
    status: 422,
    body: { type: '/problems/unknown-reference', references: [{ pointer: '#/requested_by/contact_id' }] },
  })
  t.match(await patch({ channel: 'mail' }), { status: 422, body: { type: '/problems/requester-required' } })
  for (const hostile of [
    { channel: 'fax', name: 'x' },
    { name: 'x' },
    { channel: 'mail', name: '' },
    { channel: 'mail', name: 'x'.repeat(201) },
    { channel: 'mail', email: 'a@b@c' },
    { channel: 'mail', contact_id: 'x' },
    { channel: 'mail', name: 'x', ticket: 'ü' },
    { channel: 'mail', name: 'x', extra: 1 },
    'mail',
    [],
  ])
    t.equal((await patch(hostile)).status, 400, JSON.stringify(hostile))
  t.equal((await patch(null)).status, 200, 'null: no person asked')
  const remove = async (query: string): Promise<any> =>
    await call('DELETE', `/v1/contacts/${primary.contact_id}${query}`)
  t.match(await remove('?channel=mail'), { status: 400, body: { errors: [{ pointer: '#/requester_contact_id' }] } })
  t.match(await remove(`?requester_contact_id=${primary.contact_id}`), {
    status: 400,
    body: { errors: [{ in: 'query', pointer: '#/channel', code: 'required' }] },
  })
  t.match(await remove('?name=山田'), { status: 400 })
  t.match(await remove(`?requester_contact_id=${other.contact_id}&channel=mail`), {
    status: 422,
    body: { references: [{ in: 'query', pointer: '#/requester_contact_id' }] },
  })
})

t.test('R25: a client that has to name requesters does so on every way', async t => {
  const [primary, first] = await fillContract(call, 'named', 1)
  await putContract(call, 'unfilled')
  const { key } = await createClient(call, ['contacts:read', 'contacts:write', 'requests:write'], {
    names_requester: true,
  })
  const as = callAs(key)
  const required = { status: 422, body: { type: '/problems/requester-required' } }
  const form = { form_version: '2022-10', privacy_notice_version: '1', contacts: [person({ role: 'primary' })] }
  const { body: roster, headers } = await as('GET', '/v1/contracts/named/roster')
  t.match(await as('POST', '/v1/contracts/named/contacts', person()), required)
  t.match(await as('POST', '/v1/contracts/nothing/contacts', person()), required, 'before anything is looked at')
  t.match(await as('PATCH', `/v1/contacts/${first.contact_id}`, { duties: ['system'] }), required)
  t.match(await as('DELETE', `/v1/contacts/${first.contact_id}`), required)
  t.match(await as('PUT', '/v1/contracts/named/primary', { contact_id: first.contact_id }), required)
  t.match(await as('PUT', '/v1/contracts/named/roster', roster, { 'if-match': headers['etag']! }), required)
  t.match(await as('POST', '/v1/contracts/named/roster/plan', roster), required)
  t.match(await as('POST', '/v1/contracts/unfilled/application-form', form), required)
  const requested_by = { channel: 'web', contact_id: primary.contact_id }
  t.match(await as('PATCH', `/v1/contacts/${first.contact_id}`, { duties: ['system'], requested_by }), { status: 200 })
})

t.test('R25: clients that name requesters make no client that need not, and change no terms of their own', async t => {
  const scopes = ['clients:manage', 'clients:read', 'contacts:write'] as const
  const maker = await createClient(call, scopes, { names_requester: true })
  const as = callAs(maker.key)
  const child = await createClient(as, ['contacts:write'])
  t.equal(child.body.names_requester, true)
  const forbidden = { status: 403, body: { type: '/problems/forbidden' } }
  const free = { name: 'x', scopes: ['contacts:write'], names_requester: false }
  t.match(await as('POST', '/v1/api-clients', free), forbidden)
  t.match(await as('PATCH', `/v1/api-clients/${child.client_id}`, { names_requester: false }), forbidden)
  t.match(await as('PATCH', `/v1/api-clients/${maker.client_id}`, { names_requester: false }), forbidden)
  t.match(
    await call('PATCH', `/v1/api-clients/${child.client_id}`, { names_requester: false }),
    forbidden,
    'a client stays within the one that made it',
  )
  const freed = await call('PATCH', `/v1/api-clients/${maker.client_id}`, { names_requester: false })
  t.match(freed, { status: 200, body: { names_requester: false } })
  t.match(await call('PATCH', `/v1/api-clients/${child.client_id}`, { names_requester: false }), { status: 200 })
  await call('PATCH', `/v1/api-clients/${maker.client_id}`, { names_requester: true })
  t.match(await call('GET', `/v1/api-clients/${child.client_id}`), { body: { names_requester: true } })
})

t.test('R25: people at a desk name requesters, feeds do not', async t => {
  const presets = { operator: true, help_desk: true, crm: false, billing: false, mail_gateway: false }
  for (const [preset, names_requester] of Object.entries(presets))
    t.match(await call('POST', '/v1/api-clients', { name: preset, preset }), { body: { names_requester } }, preset)
  t.match(await call('POST', '/v1/api-clients', { name: 'x', preset: 'operator', names_requester: false }), {
    body: { names_requester: false },
  })
})
