import t from 'tap'
import { askForADay, catchUpDue, HELP_DESK, operator } from '../../helpers/approvals.ts'
import { job, step, stranger } from '../../helpers/change-requests.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService, type Call } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const service = await testService(t)
const { call, callWith, clock, context, database } = service
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const helpDesk = callWith(...HELP_DESK)
const apply = async (id: string, request_id?: string): Promise<void> =>
  await applyScheduledRequest(context, id, job(request_id))
const contactsOf = async (contract_id: string): Promise<number> =>
  (await call('GET', `/v1/contracts/${contract_id}`)).body.seats.used
/** Assignments of an update that approves a request. */
const by = (value: object): string => `approved_by = '${JSON.stringify(value)}', approved_at = now()`

t.test('R24: filed without the right to apply it, a request with a day waits for an approval', async t => {
  await fillContract(call, 'waiting', 0)
  const asked = await askForADay(helpDesk, 'waiting')
  const { change_request_id: id } = asked.body
  t.match(asked, {
    status: 201,
    body: { state: 'needs_approval', approved_by: null, approved_at: null, plan: { feasible: true } },
  })
  clock.set('2026-04-02T00:30:00.000Z')
  await apply(id)
  await catchUpDue(context)
  t.equal(await contactsOf('waiting'), 1, 'its day has passed, and nothing is applied')
  t.match((await call('GET', '/v1/change-requests?state=needs_approval')).body.items, [{ change_request_id: id }])
  const refused = await step(call, id, 'apply')
  t.match(refused, {
    status: 409,
    body: {
      type: '/problems/state-conflict',
      state: 'needs_approval',
      next: { method: 'POST', path: `/v1/change-requests/${id}/approve` },
    },
  })
  t.match(await step(helpDesk, id, 'approve'), {
    status: 403,
    body: { type: '/problems/forbidden', required_scope: 'contacts:write' },
  })
  const approver = await operator(service)
  const approved_by = { client: approver.client_id, credential: 'api_client', on_behalf_of: null }
  const approval = { approved_by, approved_at: '2026-04-02T00:30:00.000Z' }
  t.match(await step(approver.as, id, 'approve', undefined, { 'request-id': 'approve' }), {
    status: 200,
    body: { state: 'scheduled', ...approval, plan: { feasible: true } },
  })
  t.match(await historyOf(database, 'approve'), [
    { event: 'change_request.approved', actor: approver.client_id, after: { state: 'scheduled', ...approval } },
  ])
  await catchUpDue(context)
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, { state: 'applied', ...approval })
  t.equal(await contactsOf('waiting'), 2)
})

t.test('R24: filed by a client that may apply it, a request is scheduled at once, approved by that client', async t => {
  await fillContract(call, 'own', 0)
  const filer = await operator(service)
  const approval = {
    approved_by: { client: filer.client_id, credential: 'api_client', on_behalf_of: null },
    approved_at: '2026-04-01T00:30:00.000Z',
  }
  const asked = await askForADay(filer.as, 'own')
  t.match(asked.body, { state: 'scheduled', ...approval })
  const { items } = (await call('GET', '/v1/contracts/own/history')).body
  t.match(items[0], { event: 'change_request.received', after: { state: 'scheduled', ...approval } })
  await apply(asked.body.change_request_id)
  t.equal(await contactsOf('own'), 2)
})

t.test('R24: without a day a request needs no approval: the client that applies it needs the right', async t => {
  await fillContract(call, 'undated', 0)
  const { change_request_id: id, ...asked } = (await askForADay(helpDesk, 'undated', { effective_on: null })).body
  t.match(asked, { state: 'ready', approved_by: null })
  t.match(await step(helpDesk, id, 'apply'), { status: 403, body: { required_scope: 'contacts:write' } })
  t.match(await step(call, id, 'approve'), { status: 409, body: { type: '/problems/state-conflict', state: 'ready' } })
  t.match(await step(call, id, 'apply'), { status: 200, body: { approved_by: null } })
})

t.test('R24, R25: a confirmation alone approves nothing', async t => {
  const [primary] = await fillContract(call, 'confirmed', 0)
  const confirm = async (as: Call, id: string) =>
    await step(as, id, 'confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' })
  const id = (await askForADay(helpDesk, 'confirmed', stranger)).body.change_request_id
  t.match(await step(call, id, 'approve'), {
    status: 409,
    body: {
      type: '/problems/confirmation-required',
      primary_contact_id: primary.contact_id,
      next: { path: `/v1/change-requests/${id}/confirm` },
    },
  })
  t.match((await confirm(helpDesk, id)).body, {
    state: 'needs_approval',
    confirmation: { confirmed_by: { contact_id: primary.contact_id } },
    approved_by: null,
  })
  await apply(id)
  t.equal(await contactsOf('confirmed'), 1)
  t.match((await step(call, id, 'approve')).body, { state: 'scheduled', approved_by: { client: 'test' } })

  const confirmer = await operator(service)
  const other = (await askForADay(helpDesk, 'confirmed', stranger)).body.change_request_id
  t.match(
    (await confirm(confirmer.as, other)).body,
    { state: 'scheduled', approved_by: { client: confirmer.client_id } },
    'a client that may apply it approves it by confirming it',
  )
})

t.test('R24: what waits for an approval can be rejected and withdrawn, and is then not approved', async t => {
  await fillContract(call, 'closed', 0)
  for (const [verb, body] of [
    ['reject', { reason: 'x' }],
    ['withdraw', {}],
  ] as const) {
    const { change_request_id: id } = (await askForADay(helpDesk, 'closed')).body
    t.equal((await step(helpDesk, id, verb, body)).status, 200)
    t.match(await step(call, id, 'approve'), { status: 409, body: { type: '/problems/state-conflict' } })
  }
  t.equal((await step(call, '019d4672-7740-7c41-9d2e-3f5b8a1c7e90', 'approve')).status, 404)
  t.equal(await contactsOf('closed'), 1)
})

t.test('R24: an approval may be repeated under its Idempotency-Key, and needs the scope each time', async t => {
  await fillContract(call, 'repeated', 0)
  const { change_request_id: id } = (await askForADay(helpDesk, 'repeated', { effective_on: '2026-05-01' })).body
  const first = await step(call, id, 'approve', undefined, { 'idempotency-key': 'approve' })
  t.equal(first.status, 200)
  const again = await step(call, id, 'approve', undefined, { 'idempotency-key': 'approve' })
  t.match(again, { status: 200, headers: { 'idempotent-replayed': 'true' } })
  t.equal(again.text, first.text)

  const other = (await askForADay(helpDesk, 'repeated', { effective_on: '2026-05-01' })).body.change_request_id
  const headers = { 'idempotency-key': 'kept' }
  const operatorNow = callWith(...HELP_DESK, 'contacts:write')
  t.equal((await step(operatorNow, other, 'approve', undefined, headers)).status, 200)
  t.match(
    await step(helpDesk, other, 'approve', undefined, headers),
    { status: 403 },
    'a client that lost the scope gets no kept answer',
  )
})

t.test('the database itself refuses what is scheduled without an approval', async t => {
  await fillContract(call, 'kept', 0)
  const { change_request_id: id } = (await askForADay(helpDesk, 'kept')).body
  const violated = async (assignments: string): Promise<string> =>
    await database
      .run({
        name: '',
        text: `update change_requests set ${assignments} where change_request_id = '${id}'`,
        values: [],
      })
      .then(
        () => 'nothing',
        error => error.constraint,
      )
  const known = { client: 'x', credential: 'root' }
  t.equal(await violated("state = 'scheduled'"), 'change_requests_approved_when_scheduled')
  t.equal(await violated(by(known)), 'change_requests_approved_when_scheduled')
  t.equal(await violated("state = 'scheduled', approved_by = '{}'"), 'change_requests_approval_dated')
  t.equal(await violated(`state = 'ready', effective_on = null, ${by(known)}`), 'change_requests_approved_for_a_day')
  t.equal(await violated('effective_on = null'), 'change_requests_scheduled_for_a_day')
  for (const value of [{}, { client: 'x' }, { client: 'x', credential: 'cookie' }, { credential: 'root' }])
    t.equal(await violated(`state = 'scheduled', ${by(value)}`), 'change_requests_credential_known')
  t.equal(await violated(`state = 'scheduled', ${by(known)}`), 'nothing')
})
