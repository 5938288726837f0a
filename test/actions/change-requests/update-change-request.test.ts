import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { ask, insider, newcomer, step, stranger } from '../../helpers/change-requests.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, callAs, clock } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const pathOf = (id: string): string => `/v1/change-requests/${id}`
const patch = async (id: string, body: object, headers = {}, as = call): Promise<Answer> =>
  await as('PATCH', pathOf(id), body, headers)

t.test('R25: a matter that changes nothing is recorded with its subject, confirmed and closed', async t => {
  const [primary] = await fillContract(call, 'matter', 0)
  const matter = { subject: 'Wants to see the registration', ...stranger }
  const { status, body } = await ask(call, 'matter', [], matter)
  t.equal(status, 201)
  t.match(body, {
    state: 'needs_primary_confirmation',
    subject: matter.subject,
    operations: [],
    plan: { feasible: true },
  })
  const { change_request_id: id } = body
  t.equal((await step(call, id, 'apply')).status, 409)
  await step(call, id, 'confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' })
  t.match(await step(call, id, 'apply'), { status: 200, body: { state: 'applied' } })
  t.match((await call('GET', '/v1/contracts/matter/history')).body.items[0], {
    event: 'change_request.applied',
    requested_by: { name: '謎 次郎', contact_id: null },
  })
  t.match(await ask(call, 'matter', [], { subject: matter.subject }), { body: { state: 'ready' } }, 'the primary asks')
  for (const subject of ['', ' ', 'x'.repeat(201), null, 1])
    t.equal((await ask(call, 'matter', [], { subject })).status, 400, JSON.stringify(subject))
})

t.test('R24, R25: with other operations, another requester or day a request is filed again', async t => {
  const [primary] = await fillContract(call, 'again', 0)
  const confirmed_by = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' }
  const body = { ...stranger, effective_on: '2026-05-01' }
  const { change_request_id: id } = (await ask(call, 'again', [newcomer('again')], body)).body
  const void_again = [
    { effective_on: '2026-06-01' },
    { operations: [newcomer('again', { family_name: '別' })] },
    { requested_by: { name: '他人', channel: 'phone' } },
    { concerns_contract: true },
  ]
  for (const change of void_again) {
    t.match(await step(call, id, 'confirm', confirmed_by), { body: { state: 'scheduled' } })
    const changed = await patch(id, change, { 'request-id': JSON.stringify(change).slice(0, 30).replaceAll(/\W/g, '') })
    t.match(changed, { status: 200, body: { state: 'needs_primary_confirmation', confirmation: null } })
    t.match((await call('GET', '/v1/contracts/again/history')).body.items[0], {
      event: 'change_request.changed',
      after: { changed_fields: Object.keys(change) },
    })
  }
  t.match(await patch(id, { requested_by: insider('again') }), { body: { state: 'scheduled', needs_confirmation: [] } })
  t.match(await patch(id, { effective_on: null }), { body: { state: 'ready', approved_by: null } })
  await patch(id, { requested_by: stranger.requested_by })
  await step(call, id, 'confirm', confirmed_by)
  t.match(await patch(id, { subject: 'For April', confirm_removals: 0 }), {
    body: { state: 'ready', subject: 'For April', confirmation: { confirmed_by: { contact_id: primary.contact_id } } },
  })
})

t.test('R25: who changes a request has filed it, too', async t => {
  const [primary] = await fillContract(call, 'filers', 0)
  const client = await createClient(call, ['requests:write', 'requests:confirm', 'contacts:write'])
  const as = callAs(client.key)
  const { change_request_id: id } = (await ask(call, 'filers', [newcomer('filers')], stranger)).body
  const other = await patch(id, { operations: [newcomer('filers', { family_name: '別' })] }, {}, as)
  t.match(other.body.filed_by, [{ client: 'test' }, { client: client.client_id }])
  await step(as, id, 'confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' })
  t.match(await step(as, id, 'apply'), { status: 403, body: { required_scope: 'requests:override' } })
})

t.test('R24: a request is sent back as it was answered, under its tag in any language', async t => {
  await fillContract(call, 'returned', 1)
  const { body } = await ask(call, 'returned', [newcomer('returned')])
  const id = body.change_request_id
  for (const language of ['en', 'ja']) {
    const read = await call('GET', pathOf(id), undefined, { 'accept-language': language })
    const tag = { 'if-match': read.headers['etag']! }
    const { problems: _problems, plan: _plan, ...sent } = read.body
    t.match(await patch(id, sent, tag), { status: 200, headers: { etag: /^"/ } }, language)
    t.match(await patch(id, read.body, tag), { status: 200 }, 'also with its plan')
  }
  t.notOk(
    (await call('GET', '/v1/contracts/returned/history')).body.items.some(({ event }: any) => /changed/.test(event)),
  )
  t.match(await patch(id, { subject: 'x' }, { 'if-match': '"stale"' }), { status: 412 })
  t.equal((await patch(id, { subject: 'x' }, { 'if-match': '*' })).status, 200)
  t.match(await patch(id, { contract_id: 'other' }), { status: 400, body: { errors: [{ pointer: '#/contract_id' }] } })
})

t.test('R24: what could never be applied is refused, and what came to its end stays', async t => {
  await fillContract(call, 'refused', 0)
  const { change_request_id: id } = (await ask(call, 'refused')).body
  const unknown = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
  for (const [change, status, type] of [
    [{ operations: [] }, 400, 'invalid-request'],
    [{ operations: [{ op: 'remove', contact_id: unknown }] }, 422, 'unknown-reference'],
    [{ operations: [newcomer('refused', { family_name: '経理部' })] }, 422, 'name-not-personal'],
    [{ confirm_removals: 3 }, 409, 'removals-unconfirmed'],
    [{ effective_on: '2026-03-31' }, 422, 'invalid-value'],
    [{ requested_by: null }, 422, 'requester-required'],
    [{ requested_by: { channel: 'mail' } }, 422, 'requester-required'],
    [{ requested_by: { channel: 'mail', contact_id: unknown } }, 422, 'unknown-reference'],
    [{ state: 'applied', remarks: 1 }, 400, 'invalid-request'],
  ] as const)
    t.match(await patch(id, change), { status, body: { type: `/problems/${type}` } }, JSON.stringify(change))
  t.equal((await patch(unknown, {})).status, 404)
  t.equal((await patch(id, {})).status, 200)
  await step(call, id, 'withdraw', {})
  t.match(await patch(id, { subject: 'x' }), { status: 409, body: { type: '/problems/state-conflict' } })
})
