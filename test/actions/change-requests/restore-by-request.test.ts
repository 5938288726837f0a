import t from 'tap'
import { ask, rosterOf, step } from '../../helpers/change-requests.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const restore = async ({ contact_id }: { contact_id: string }, body?: object) =>
  await call('POST', `/v1/contacts/${contact_id}/restore`, body)
const remove = async ({ contact_id }: { contact_id: string }) =>
  await call('DELETE', `/v1/contacts/${contact_id}`, undefined, {})
const restoring = (contact_id: string, fields = {}) => ({ op: 'restore', contact_id, ...fields })
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R25: what a stranger asks for needs the primary; filed and applied it brings the contact back', async t => {
  const [primary, second] = await fillContract(call, 'asked', 1)
  clock.set('2026-05-01T00:00:00.000Z')
  await remove(second)
  const requested_by = { channel: 'mail', email: 'stranger@asked.example.jp' }
  const refused = await restore(second, { requested_by })
  const restoring = { op: 'restore', contact_id: second.contact_id }
  t.match(refused, { status: 409, body: { type: '/problems/confirmation-required' } })
  t.same(refused.body.next.body.operations, [restoring])
  const { method, path, body } = refused.body.next
  const filed = await call(method, path, body)
  t.match(filed, { status: 201, body: { state: 'needs_primary_confirmation', plan: { added: [{ name: '副1' }] } } })
  const { change_request_id } = filed.body
  t.same(filed.body.operations, [{ ...restoring, role: null, shared_mailbox: false }])
  const again = await call('PATCH', `/v1/change-requests/${change_request_id}`, filed.body)
  t.same(again.body, filed.body, 'sent back as it was answered, it stays')
  const confirmed_by = { contact_id: primary.contact_id }
  await step(call, change_request_id, 'confirm', { confirmed_by, channel: 'phone' })
  clock.set('2026-05-02T00:00:00.000Z')
  t.match(await step(call, change_request_id, 'apply'), { status: 200, body: { state: 'applied' } })
  const back = (await call('GET', '/v1/contacts?contract_id=asked')).body.items[1]
  t.match(back, {
    name: '副1',
    carried_from: second.contact_id,
    first_registered_at: second.registered_at,
    registered_at: '2026-05-02T00:00:00.000Z',
    account_id: second.account_id,
  })
})

t.test('R24: a request restores a contact that is away from its contract, and no other', async t => {
  const [, second, third] = await fillContract(call, 'steps', 2)
  const [, stray] = await fillContract(call, 'other-steps', 1)
  for (const contact of [second, third, stray]) await remove(contact)
  const unknown = '019d4672-7740-7c41-9d2e-000000000000'
  const references = [
    { pointer: '#/operations/0/contact_id', id: unknown },
    { pointer: '#/operations/1/contact_id', id: stray.contact_id },
  ]
  t.match(await ask(call, 'steps', [restoring(unknown), restoring(stray.contact_id)]), {
    status: 422,
    body: { type: '/problems/unknown-reference', references },
  })
  t.match(await ask(call, 'steps', [restoring(second.contact_id), restoring(second.contact_id)]), {
    status: 409,
    body: { type: '/problems/duplicate-contact', problems: [{ pointers: ['#/operations/1/contact_id'] }] },
  })
  const asked = await ask(call, 'steps', [
    restoring(second.contact_id, { role: 'secondary', shared_mailbox: true }),
    restoring(third.contact_id),
  ])
  t.match(asked, { status: 201, body: { state: 'ready', plan: { feasible: true } } })
  const { change_request_id } = asked.body
  const direct = await restore(third)
  const stale = await call('GET', `/v1/change-requests/${change_request_id}`)
  t.match(stale.body.plan, { feasible: false, problems: [{ type: '/problems/duplicate-contact' }] })
  t.match(await step(call, change_request_id, 'apply'), { status: 409, body: { contact_id: direct.body.contact_id } })
  await remove(direct.body)
  t.match(await step(call, change_request_id, 'apply'), { status: 200, body: { state: 'applied' } })
  t.same(await rosterOf(call, 'steps'), ['山田 primary', '副1 secondary', '副2 secondary'])
})

t.test('R19: of requests and calls that restore a contact at once, one does', async t => {
  const [, second] = await fillContract(call, 'raced', 1)
  await remove(second)
  const ids: string[] = []
  for (let n = 0; n < 4; n++)
    ids.push((await ask(call, 'raced', [restoring(second.contact_id)])).body.change_request_id)
  const answers = await Promise.all(
    ids.flatMap(id => [step(call, id, 'apply'), restore(second, { shared_mailbox: true })]),
  )
  const done = answers.filter(({ status }) => status < 300)
  t.equal(done.length, 1)
  for (const { status, body } of answers.filter(answer => !done.includes(answer)))
    t.match([status, body.type], [409, '/problems/duplicate-contact'])
  t.same(await rosterOf(call, 'raced'), ['山田 primary', '副1 secondary'])
})

t.test('R33: an open request to restore a contact ends with its erasure', async t => {
  const [, second] = await fillContract(call, 'erased', 1)
  await remove(second)
  const { body } = await ask(call, 'erased', [{ op: 'restore', contact_id: second.contact_id }])
  const erasure = { contact_ids: [second.contact_id], reason: 'no_longer_needed' }
  t.equal((await call('POST', '/v1/personal-data-erasures', erasure)).status, 200)
  t.match(await call('GET', `/v1/change-requests/${body.change_request_id}`), { body: { state: 'withdrawn' } })
  t.match(await ask(call, 'erased', [{ op: 'restore', contact_id: second.contact_id }]), {
    status: 422,
    body: { references: [{ pointer: '#/operations/0/contact_id' }] },
  })
})

t.test('the registry is whole after all of it', async t => t.same(await brokenInvariants(database, clock.today()), {}))
