import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { ask, insider, job, newcomer, rosterOf, step, stranger } from '../../helpers/change-requests.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { testService, type Call } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'

const { call, callAs, clock, context } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const OPERATOR: readonly Scope[] = ['requests:read', 'requests:write', 'requests:confirm', 'contacts:write']
const clientWith = async (...scopes: Scope[]): Promise<Call> => callAs((await createClient(call, scopes)).key)

const by = (contact: { contact_id: string }, fields: object = {}) => ({
  confirmed_by: { contact_id: contact.contact_id },
  channel: 'phone',
  ...fields,
})
const handedOver = (to: { contact_id: string }) => [
  { op: 'make_primary', contact_id: to.contact_id, former_primary: 'removed' },
]
const asSecondary = (contract_id: string) => ({
  requested_by: { email: `secondary1@${contract_id}.example.jp`, channel: 'mail' },
})

t.test('R25: a secondary who asks for the primary role waits for the primary', async t => {
  const [primary, first] = await fillContract(call, 'taken', 1)
  const { body } = await ask(call, 'taken', handedOver(first), asSecondary('taken'))
  const { change_request_id: id } = body
  t.match(body, {
    state: 'needs_primary_confirmation',
    needs_confirmation: ['concerns_primary'],
    requested_by: { contact_id: first.contact_id, name: null },
    filed_by: [{ client: 'test', credential: 'root', on_behalf_of: null }],
  })
  t.match(await step(call, id, 'apply'), { status: 409, body: { needs_confirmation: ['concerns_primary'] } })
  t.match(await step(call, id, 'confirm', by(primary, { note: 'called back' })), {
    body: { state: 'ready', confirmation: { note: 'called back', reason: null, confirmed_by: { is_primary: true } } },
  })
  t.equal((await step(call, id, 'apply')).status, 200)
  t.strictSame(await rosterOf(call, 'taken'), ['副1 primary'])
  const { items } = (await call('GET', '/v1/contracts/taken/history')).body
  for (const { event, requested_by, source, client } of items.slice(0, 5)) {
    t.match(requested_by, { contact_id: first.contact_id, channel: 'mail' }, event)
    t.equal(source, event.startsWith('change_request.') ? 'direct' : 'change_request', event)
    t.equal(client, 'test')
  }
})

t.test('R25: another person confirms where the primary has gone, with a reason and the scope', async t => {
  const [primary, first, second] = await fillContract(call, 'gone', 2)
  const { change_request_id: id } = (await ask(call, 'gone', handedOver(first), asSecondary('gone'))).body
  const operator = await clientWith(...OPERATOR)
  const forbidden = { status: 403, body: { type: '/problems/forbidden', required_scope: 'requests:override' } }
  const reason = 'The primary has left the company.'
  t.match(await step(operator, id, 'confirm', by(second, { reason })), forbidden)
  t.match(await step(call, id, 'confirm', by(second)), { status: 400, body: { errors: [{ pointer: '#/reason' }] } })
  t.match(await step(call, id, 'confirm', by(first, { reason })), {
    status: 422,
    body: { errors: [{ pointer: '#/confirmed_by', code: 'own-request' }] },
  })
  for (const confirmed_by of [
    {},
    { contact_id: null },
    { contact_id: second.contact_id, name: 'x' },
    { position: 'x' },
  ])
    t.equal((await step(call, id, 'confirm', { confirmed_by, channel: 'mail', reason })).status, 400)
  t.match(
    await step(call, id, 'confirm', { confirmed_by: { name: '中村 葵', position: '部長' }, channel: 'mail', reason }),
    {
      status: 200,
      body: {
        state: 'ready',
        confirmation: {
          confirmed_by: { contact_id: null, name: '中村 葵', position: '部長', is_primary: false },
          primary_contact_id: primary.contact_id,
          reason,
          channel: 'mail',
          recorded_by: { client: 'test' },
        },
      },
    },
  )
})

t.test('R25: one client does not file as a stranger, confirm as the primary and apply', async t => {
  const [primary] = await fillContract(call, 'alone', 0)
  const [alone, other] = [await clientWith(...OPERATOR), await clientWith(...OPERATOR)]
  const forbidden = { status: 403, body: { required_scope: 'requests:override' } }
  const { change_request_id: id } = (await ask(alone, 'alone', [newcomer('alone')], stranger)).body
  t.match(await step(alone, id, 'confirm', by(primary)), { body: { state: 'ready' } })
  t.match(await step(alone, id, 'apply'), forbidden)
  t.match(await step(other, id, 'apply'), { status: 200 })

  const onADay = { ...stranger, effective_on: '2026-05-01' }
  const later = (await ask(alone, 'alone', [newcomer('alone', { family_name: '別', email: 'b@alone.jp' })], onADay))
    .body
  t.match(later, { approved_by: { credential: 'api_client' } })
  t.match(await step(alone, later.change_request_id, 'confirm', by(primary)), {
    body: { state: 'needs_approval', approved_by: null },
  })
  t.match(await step(alone, later.change_request_id, 'approve'), forbidden)
  t.match(await step(other, later.change_request_id, 'approve'), { body: { state: 'scheduled' } })

  const free = await clientWith(...OPERATOR, 'requests:override')
  const own = (await ask(free, 'alone', [newcomer('alone', { family_name: '他', email: 'c@alone.jp' })], stranger)).body
  await step(free, own.change_request_id, 'confirm', by(primary))
  t.match(await step(free, own.change_request_id, 'apply'), { status: 200 })
})

t.test('R25: where the primary changes before a request is applied, the new one is asked', async t => {
  const [primary, first] = await fillContract(call, 'moved', 1)
  const leaves = [{ op: 'update', contact_id: first.contact_id, changes: { given_name: '花子' } }]
  const request = { requested_by: insider('moved') }
  const { change_request_id: id, state } = (await ask(call, 'moved', leaves, request)).body
  const day = { ...request, effective_on: '2026-05-01' }
  const { change_request_id: later } = (await ask(call, 'moved', leaves, day)).body
  t.equal(state, 'ready', 'the primary asks')
  await call('PUT', '/v1/contracts/moved/primary', { contact_id: first.contact_id })
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, {
    state: 'ready',
    plan: { feasible: false, problems: [{ type: '/problems/confirmation-required' }] },
  })
  t.match(await step(call, id, 'apply'), {
    status: 409,
    body: { type: '/problems/confirmation-required', primary_contact_id: first.contact_id },
  })
  clock.set('2026-05-01T00:00:00.000Z')
  await applyScheduledRequest(context, later, job())
  t.match((await call('GET', `/v1/change-requests/${later}`)).body, {
    state: 'needs_primary_confirmation',
    needs_confirmation: ['concerns_primary'],
  })
  const [{ event }] = (await call('GET', '/v1/contracts/moved/history')).body.items
  t.equal(event, 'change_request.confirmation_lapsed')
  t.match(await step(call, id, 'confirm', by(primary)), { status: 400 }, 'who is no longer the primary')
  t.match(await step(call, id, 'confirm', by(first)), { status: 200, body: { state: 'ready' } })
  t.match(await step(call, id, 'apply'), { status: 200, body: { needs_confirmation: ['concerns_primary'] } })
})

t.test('R25: a requester who becomes the primary need not be asked again', async t => {
  const [, first] = await fillContract(call, 'risen', 1)
  const { change_request_id: id } = (await ask(call, 'risen', handedOver(first), asSecondary('risen'))).body
  await call('PUT', '/v1/contracts/risen/primary', { contact_id: first.contact_id })
  t.match(await step(call, id, 'apply'), { status: 200, body: { state: 'applied', needs_confirmation: [] } })
})
