import t from 'tap'
import { fillContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const [primary, secondary] = await fillContract(call, 'sent-back', 1)
await fillContract(call, 'other', 0)

const refusedAt = (...fields: string[]) => ({
  status: 400,
  body: {
    type: '/problems/invalid-request',
    errors: fields.map(field => ({ in: 'body', pointer: `#/${field}`, code: 'read-only' })),
  },
})

t.test('R38: a contact may be sent back whole, and so changes nothing', async t => {
  const read = await call('GET', `/v1/contacts/${primary.contact_id}`)
  const sent = await call('PATCH', `/v1/contacts/${primary.contact_id}`, read.body)
  t.match(sent, { status: 200, headers: { etag: read.headers['etag'] } })
  t.strictSame(sent.body, read.body)
  const changed = await call('PATCH', `/v1/contacts/${primary.contact_id}`, { ...read.body, family_name: '山川' })
  t.match(changed, { status: 200, body: { ...read.body, family_name: '山川', name: '山川 太郎' } })
  const repeated = await call('PATCH', `/v1/contacts/${primary.contact_id}`, { ...read.body, family_name: '山川' })
  t.same(repeated.status, 400, 'the name that was sent back is neither the one before nor the one after')
})

t.test('ids, the name and the role are refused where they differ', async t => {
  const { contact_id, contract_id, customer_id, role, name } = secondary
  const url = `/v1/contacts/${contact_id}`
  t.equal((await call('PATCH', url, { contact_id, contract_id, customer_id, role, name })).status, 200)
  t.match(await call('PATCH', url, { contact_id: primary.contact_id }), refusedAt('contact_id'))
  t.match(await call('PATCH', url, { removed_at: '2026-04-01T00:00:00.000Z' }), refusedAt('removed_at'))
  t.match(
    await call('PATCH', url, { contract_id: 'other', customer_id: 'x', role: 'primary', name: '別 人' }),
    refusedAt('contract_id', 'customer_id', 'name', 'role'),
  )
})

t.test('what is passed over may hold anything; what the contract does not know is refused', async t => {
  const url = `/v1/contacts/${secondary.contact_id}`
  const anything = { account_id: 5, registered_at: null, name_doubtful: 'x', warnings: { a: [1] }, removed_at: null }
  t.match(await call('PATCH', url, anything), { status: 200, body: secondary })
  t.match(await call('PATCH', url, { registered: null }), {
    status: 400,
    body: { errors: [{ code: 'unknown-field' }] },
  })
})

t.test('a roster may be sent back whole, and is refused where it is of another contract or customer', async t => {
  const url = '/v1/contracts/sent-back/roster'
  const read = await call('GET', url)
  const headers = { 'if-match': read.headers['etag']! }
  const sent = await call('PUT', url, read.body, headers)
  t.match(sent, { status: 200, headers: { etag: read.headers['etag'] } })
  t.strictSame(sent.body, read.body)
  t.match(await call('PUT', url, { ...read.body, contract_id: 'other' }, headers), refusedAt('contract_id'))
  t.match(await call('PUT', url, { ...read.body, customer_id: 'other' }, headers), refusedAt('customer_id'))
  const [first, ...others] = read.body.contacts
  const removed = [{ ...first, removed_at: '2026-04-01T00:00:00.000Z' }, ...others]
  t.match(await call('PUT', url, { contacts: removed }, headers), refusedAt('contacts/0/removed_at'))
})
