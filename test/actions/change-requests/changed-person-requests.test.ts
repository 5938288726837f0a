import t from 'tap'
import { registerOnContracts } from '../../helpers/one-person.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const STRANGER = { channel: 'mail', email: 'stranger@example.jp', name: '謎' } as const
const url = (id: string) => `/v1/change-requests/${id}`
const file = async (body: object) => await call('POST', '/v1/change-requests', body)
const refusal = ({ status, body }: any) => [status, body.type?.replace('/problems/', '')]

t.test('R34: it is patched, rejected and withdrawn; what was confirmed is void when it changes', async t => {
  const [first] = await registerOnContracts(call, 'patched', 2)
  const { contact_id } = first
  const person_change = { contact_id, changes: { family_name: '鈴木' } }
  const filed = await file({ person_change, requested_by: STRANGER })
  const id = filed.body.change_request_id
  await call('POST', `${url(id)}/confirm`, { confirmed_by: { contact_id }, channel: 'phone' })
  const patch = async (body: object) => await call('PATCH', url(id), body)
  t.match(
    await patch((await call('GET', url(id))).body),
    { status: 200, body: { state: 'ready' } },
    'as it was answered',
  )
  const other = { contact_id, changes: { family_name: '高橋' }, shared_mailbox: true }
  t.match(await patch({ person_change: other }), {
    status: 200,
    body: { state: 'needs_primary_confirmation', confirmations: [], person_change: other },
  })
  t.same(refusal(await patch({ operations: [{ op: 'remove', contact_id }] })), [400, 'invalid-request'])
  const [stranger] = await registerOnContracts(call, 'elsewhere', 1)
  t.same(refusal(await patch({ person_change: { ...other, contact_id: stranger.contact_id } })), [
    400,
    'invalid-request',
  ])
  t.match(await call('POST', `${url(id)}/reject`, { reason: 'x' }), { status: 200, body: { state: 'rejected' } })
  const second = await file({ person_change, requested_by: STRANGER })
  const withdrawn = await call('POST', `${url(second.body.change_request_id)}/withdraw`, {})
  t.match(withdrawn, { status: 200, body: { state: 'withdrawn', contract_plans: null } })
  const contract = await file({ contract_id: 'patched-1', operations: [], subject: 'x', requested_by: STRANGER })
  const wrong = await call('PATCH', url(contract.body.change_request_id), { person_change })
  t.same(refusal(wrong), [400, 'invalid-request'])
})

t.test('a request is about a contract or a person, not both, and what cannot be read is refused', async t => {
  const [first] = await registerOnContracts(call, 'bad', 1)
  const { contact_id } = first
  const person_change = { contact_id, changes: { family_name: '鈴木' } }
  const bad = async (body: object) => refusal(await file({ requested_by: STRANGER, ...body }))
  const invalid = [400, 'invalid-request']
  t.same(await bad({}), invalid)
  t.same(await bad({ contract_id: 'bad-1', operations: [], subject: 'x', person_change }), invalid)
  t.same(await bad({ person_change, operations: [{ op: 'remove', contact_id }] }), invalid)
  t.same(await bad({ contract_id: 'bad-1' }), invalid)
  t.same(await bad({ person_change: { contact_id, changes: { family_name: '経理部' } } }), [422, 'name-not-personal'])
  t.same(await bad({ person_change: { contact_id } }), invalid)
  const successors = [{ contract_id: 'bad-2', contact_id }]
  t.same(await bad({ person_change: { contact_id, leaves: true, successors } }), [422, 'unknown-reference'])
  const next = { contract_id: 'bad-1', new_contact: { family_name: '伊藤', email: 'ito@bad.example.jp' } }
  const filed = await file({
    privacy_notice_version: '2025-10',
    person_change: { contact_id, leaves: true, successors: [next] },
    requested_by: { channel: 'mail', contact_id },
  })
  t.match(filed.body.person_change.successors, [{ new_contact: { privacy_notice_version: '2025-10' } }])
  t.match(await call('POST', `${url(filed.body.change_request_id)}/apply`), { status: 200 })
  t.match((await call('GET', '/v1/contracts/bad-1/contacts')).body.items, [{ name: '伊藤', role: 'primary' }])
})
