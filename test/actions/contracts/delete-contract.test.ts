import t from 'tap'
import { putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)

t.test('R36: a contract that never had a contact is deleted, and may be fed again', async t => {
  const fed = await putContract(call, 'mistake', { app_ids: ['attendance'], ends_on: '2027-03-31' })
  const gone = await call('DELETE', '/v1/contracts/mistake', undefined, { 'request-id': 'deletion' })
  t.match(gone, { status: 204, text: '' })
  t.equal((await call('GET', '/v1/contracts/mistake')).status, 404)
  t.equal((await call('DELETE', '/v1/contracts/mistake')).status, 404)
  t.match(await historyOf(database, 'deletion'), [
    { event: 'contract.deleted', subject_id: 'mistake', customer_id: 'customer-1', before: fed.body, after: null },
  ])
  t.match((await call('GET', '/v1/contracts/mistake/history')).body.items, [
    { event: 'contract.deleted' },
    { event: 'contract.created' },
  ])
  t.equal((await putContract(call, 'mistake')).status, 201)
  await register(call, 'mistake', { role: 'primary' })
})

t.test('R36: a contract that ever had a contact stays, also when it has none now', async t => {
  await putContract(call, 'had')
  const { contact_id } = await register(call, 'had', { role: 'primary', email: 'had@example.jp' })
  const refusal = {
    status: 409,
    body: { type: '/problems/state-conflict', contract_id: 'had', registered_at: clock.now(), next: { method: 'PUT' } },
  }
  t.match(await call('DELETE', '/v1/contracts/had'), refusal)
  t.equal((await call('DELETE', `/v1/contacts/${contact_id}`)).status, 204)
  t.match(await call('DELETE', '/v1/contracts/had'), refusal)
})

t.test('R26, R36: what was answered before a deletion is answered still', async t => {
  t.teardown(() => clock.set('2026-04-01T00:30:00.000Z'))
  const urls = ['/v1/contracts/past', '/v1/contracts/past/contacts', '/v1/contracts/past/roster']
  await putContract(call, 'past', { app_ids: ['attendance'] })
  const before = await Promise.all(urls.map(async url => (await call('GET', url)).body))
  clock.set('2026-05-01T00:00:00.000Z')
  await call('DELETE', '/v1/contracts/past')
  clock.set('2026-06-01T00:00:00.000Z')
  const answeredAt = async (as_of: string) =>
    await Promise.all(urls.map(async url => (await call('GET', `${url}?as_of=${as_of}`)).body))
  t.strictSame(await answeredAt('2026-04-15T00:00:00Z'), before)
  t.match(await answeredAt('2026-05-15T00:00:00Z'), [
    { status: 404 },
    { items: [], not_known: 'before_contract' },
    { contacts: [], not_known: 'before_contract' },
  ])
  await putCustomer(call, 'customer-9')
  await putContract(call, 'past', { customer_id: 'customer-9' })
  t.strictSame(await answeredAt('2026-04-15T00:00:00Z'), before, 'also once the id is fed again')
  t.equal((await call('GET', '/v1/contracts/never?as_of=2026-04-15T00:00:00Z')).status, 404)
})

t.test('a deletion honours If-Match', async t => {
  const { headers } = await putContract(call, 'guarded')
  t.equal((await call('DELETE', '/v1/contracts/guarded', undefined, { 'if-match': '"other"' })).status, 412)
  t.equal((await call('DELETE', '/v1/contracts/guarded', undefined, { 'if-match': headers['etag']! })).status, 204)
})

t.test('R36: a customer without contracts is deleted; one that has contracts stays, and they are named', async t => {
  await putContract(call, 'of-1', { customer_id: 'with-contracts' })
  await putContract(call, 'of-2', { customer_id: 'with-contracts' })
  t.match(await call('DELETE', '/v1/customers/with-contracts'), {
    status: 409,
    body: { type: '/problems/state-conflict', customer_id: 'with-contracts', contract_ids: ['of-1', 'of-2'] },
  })
  for (const contract_id of ['of-1', 'of-2']) await call('DELETE', `/v1/contracts/${contract_id}`)
  const { headers } = await call('GET', '/v1/customers/with-contracts')
  const remove = async (tag: string) =>
    await call('DELETE', '/v1/customers/with-contracts', undefined, { 'if-match': tag, 'request-id': 'gone' })
  t.equal((await remove('"other"')).status, 412)
  t.equal((await remove(headers['etag']!)).status, 204)
  t.equal((await call('GET', '/v1/customers/with-contracts')).status, 404)
  t.equal((await call('DELETE', '/v1/customers/with-contracts')).status, 404)
  t.match(await historyOf(database, 'gone'), [
    { event: 'customer.deleted', subject_id: 'with-contracts', before: { customer_id: 'with-contracts' }, after: null },
  ])
  t.equal((await putCustomer(call, 'with-contracts')).status, 201)
})

t.test(
  'R36, R37: requests for its first contact go with it, and to its right customer; history keeps them',
  async t => {
    await putContract(call, 'asked')
    const contact = { role: 'primary', family_name: '山田', given_name: '太郎', email: 'asked@asked.example.jp' }
    const { body } = await call('POST', '/v1/change-requests', {
      contract_id: 'asked',
      operations: [{ op: 'add', contact }],
      privacy_notice_version: '2025-10',
      requested_by: { channel: 'mail', email: contact.email },
    })
    await putContract(call, 'asked', { customer_id: 'right' })
    const url = `/v1/change-requests/${body.change_request_id}`
    t.match(await call('GET', url), { status: 200, body: { state: 'ready', customer_id: 'right' } })
    t.equal((await call('DELETE', '/v1/contracts/asked')).status, 204)
    t.equal((await call('GET', url)).status, 404)
    const subject_id = body.change_request_id
    t.match((await call('GET', '/v1/contracts/asked/history')).body.items, [
      { event: 'contract.deleted' },
      { event: 'change_request.deleted', subject_id, before: { state: 'ready', customer_id: 'right' }, after: null },
      { event: 'change_request.changed', subject_id, customer_id: 'right', after: { customer_id: 'right' } },
      { event: 'contract.changed' },
      { event: 'change_request.received', change_request_id: subject_id },
      { event: 'contract.created' },
    ])
  },
)
