import t from 'tap'
import { putCustomer } from '../../helpers/fixtures.ts'
import { renewed } from '../../helpers/renewals.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, callByClient, clock } = service
clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')

const transfer = async (contract_ids: string[], to_customer_id: string, fields: object = {}, headers = {}) =>
  await call('POST', '/v1/transfers', { contract_ids, to_customer_id, ...fields }, headers)
const read = async (path: string): Promise<any> => (await call('GET', path)).body

t.test('R34, R36: an open change request of a person goes along with the person', async t => {
  const [oka, ito] = await renewed(service, 'person')
  await putCustomer(call, 'employer')
  const requested_by = { channel: 'mail', contact_id: oka.contact_id }
  const ask = async ({ contact_id }: any, family_name: string): Promise<string> => {
    const person_change = { contact_id, changes: { family_name } }
    return (await call('POST', '/v1/change-requests', { person_change, requested_by })).body.change_request_id
  }
  const [open, applied] = [await ask(oka, '鈴木'), await ask(ito, '江藤')]
  await call('POST', `/v1/change-requests/${applied}/apply`)
  t.equal((await transfer(['person-1'], 'employer')).status, 200)
  t.match(await read(`/v1/change-requests/${open}`), { customer_id: 'employer', state: 'ready' })
  t.match(await read(`/v1/change-requests/${applied}`), { customer_id: 'person' }, 'what is closed stays')
  const { items } = await read('/v1/history?event=change_request.changed&customer_id=employer')
  t.match(items, [{ before: { customer_id: 'person' }, after: { customer_id: 'employer' } }])
  t.equal((await call('POST', `/v1/change-requests/${open}/apply`)).status, 200)
})

t.test('R36, R37: the decided requests of a contract go along too, each with an event', async t => {
  const [oka] = await renewed(service, 'decided')
  await putCustomer(call, 'decider')
  const requested_by = { channel: 'mail', contact_id: oka.contact_id }
  const filed = async (subject: string): Promise<string> => {
    const body = { contract_id: 'decided-1', operations: [], subject, requested_by }
    return (await call('POST', '/v1/change-requests', body)).body.change_request_id
  }
  const [open, closed] = [await filed('a'), await filed('b')]
  await call('POST', `/v1/change-requests/${closed}/withdraw`, {})
  await transfer(['decided-1'], 'decider', {}, { 'request-id': 'decided' })
  const { items } = (await call('GET', '/v1/history?event=change_request.changed&customer_id=decider')).body
  t.same(items.map(({ subject_id }: any) => subject_id).toSorted(), [open, closed].toSorted())
  for (const { subject_id, after } of items)
    t.equal((await read(`/v1/change-requests/${subject_id}`)).customer_id, after.customer_id)
})

t.test('R25, R36: a request that is filed while its contract moves is of the customer that has it', async t => {
  const [oka] = await renewed(service, 'filing')
  await putCustomer(call, 'filed')
  const body = {
    contract_id: 'filing-1',
    requested_by: { channel: 'mail', contact_id: oka.contact_id },
    operations: [],
    subject: 'x',
  }
  for (let round = 0; round < 10; round++) {
    const to = round % 2 === 0 ? 'filed' : 'filing'
    const file = async () => await call('POST', '/v1/change-requests', body)
    const [moved, ...filed] = await Promise.all([transfer(['filing-1'], to), file(), file(), file()])
    t.same(
      [moved, ...filed].map(({ status }) => status),
      [200, 201, 201, 201],
    )
    for (const request of filed)
      t.equal((await read(`/v1/change-requests/${request.body.change_request_id}`)).customer_id, to)
  }
})

t.test('R25, R36: the requester and open change requests go along; it is made once under a key', async t => {
  const [oka] = await renewed(service, 'keyed')
  await putCustomer(call, 'keeper')
  const filed = await call('POST', '/v1/change-requests', {
    contract_id: 'keyed-1',
    requested_by: { channel: 'mail', name: '謎', email: 'riddle@keyed.example.jp' },
    operations: [{ op: 'update', contact_id: oka.contact_id, changes: { duties: ['system'] } }],
  })
  const requested_by = { channel: 'phone', contact_id: oka.contact_id }
  const key = { 'idempotency-key': 'transfer' }
  const { text } = await transfer(['keyed-1'], 'keeper', { requested_by }, key)
  t.match(await transfer(['keyed-1'], 'keeper', { requested_by }, key), { text, status: 200 })
  t.match(await read(`/v1/change-requests/${filed.body.change_request_id}`), { customer_id: 'keeper' })
  const { items } = await read(`/v1/contacts/${oka.contact_id}/history`)
  t.match(items[0], { source: 'transfer', requested_by: { contact_id: oka.contact_id } })
  const clerk = callByClient('019d4672-7740-7c41-9d2e-3f5b8a1c7e90', 'contacts:write', 'contracts:write')
  t.equal((await clerk('POST', '/v1/transfers', { contract_ids: ['a'], to_customer_id: 'b' })).status, 403)
})
