import t from 'tap'
import { createClient } from '../helpers/api-clients.ts'
import { fillContract, person } from '../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../helpers/history.ts'
import { ADMIN_KEY, testService, type Call } from '../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'
import { catchUp } from '#jobs/catch-up.ts'

const { call, callAs, callWith, clock, context, database } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const HELP_DESK = ['requests:read', 'requests:write', 'requests:confirm'] as const
const helpDesk = callWith(...HELP_DESK)
const job = (request_id = 'job') => ({ actor: 'madoguchi', request_id })
const apply = async (id: string, request_id?: string): Promise<void> =>
  await applyScheduledRequest(context, id, job(request_id))
const catchUpDue = async (): Promise<void> =>
  await catchUp(context, {
    requester: job('catch-up'),
    signal: new AbortController().signal,
    onError: error => {
      throw error
    },
  })

/** A request of the contract's primary to register somebody on a day, filed by a client. */
async function ask(as: Call, contract_id: string, fields: object = {}) {
  return await as('POST', '/v1/change-requests', {
    contract_id,
    effective_on: '2026-04-01',
    operations: [{ op: 'add', contact: person({ family_name: '新田', email: `new@${contract_id}.example.jp` }) }],
    requested_by: { name: '山田 太郎', email: `primary@${contract_id}.example.jp`, channel: 'mail' },
    ...fields,
  })
}
const step = async (as: Call, id: string, verb: string, body?: object, headers = {}) =>
  await as('POST', `/v1/change-requests/${id}/${verb}`, body, headers)
const stateOf = async (id: string): Promise<string> => (await call('GET', `/v1/change-requests/${id}`)).body.state
const contactsOf = async (contract_id: string): Promise<number> =>
  (await call('GET', `/v1/contracts/${contract_id}`)).body.seats.used

/** Assignments of an update that approves a request. */
const by = (value: object): string => `approved_by = '${JSON.stringify(value)}', approved_at = now()`

/** A client that may apply requests, with its key. */
const operator = async (fields: object = {}) => {
  const created = await createClient(call, [...HELP_DESK, 'contacts:write'], fields)
  return { ...created, as: callAs(created.key) }
}

t.test('R24: filed without the right to apply it, a request with a day waits for an approval', async t => {
  await fillContract(call, 'waiting', 0)
  const asked = await ask(helpDesk, 'waiting')
  const { change_request_id: id } = asked.body
  t.match(asked, {
    status: 201,
    body: { state: 'needs_approval', approved_by: null, approved_at: null, plan: { feasible: true } },
  })
  clock.set('2026-04-02T00:30:00.000Z')
  await apply(id)
  await catchUpDue()
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
  const approver = await operator()
  const approved_by = { client: approver.client_id, credential: 'api_client', on_behalf_of: null }
  const approval = { approved_by, approved_at: '2026-04-02T00:30:00.000Z' }
  t.match(await step(approver.as, id, 'approve', undefined, { 'request-id': 'approve' }), {
    status: 200,
    body: { state: 'scheduled', ...approval, plan: { feasible: true } },
  })
  t.match(await historyOf(database, 'approve'), [
    { event: 'change_request.approved', actor: approver.client_id, after: { state: 'scheduled', ...approval } },
  ])
  await catchUpDue()
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, { state: 'applied', ...approval })
  t.equal(await contactsOf('waiting'), 2)
})

t.test('R24: filed by a client that may apply it, a request is scheduled at once, approved by that client', async t => {
  await fillContract(call, 'own', 0)
  const filer = await operator()
  const approval = {
    approved_by: { client: filer.client_id, credential: 'api_client', on_behalf_of: null },
    approved_at: '2026-04-01T00:30:00.000Z',
  }
  const asked = await ask(filer.as, 'own')
  t.match(asked.body, { state: 'scheduled', ...approval })
  const { items } = (await call('GET', '/v1/contracts/own/history')).body
  t.match(items[0], { event: 'change_request.received', after: { state: 'scheduled', ...approval } })
  await apply(asked.body.change_request_id)
  t.equal(await contactsOf('own'), 2)
})

t.test('R24: without a day a request needs no approval: whoever applies it needs the right', async t => {
  await fillContract(call, 'undated', 0)
  const { change_request_id: id, ...asked } = (await ask(helpDesk, 'undated', { effective_on: null })).body
  t.match(asked, { state: 'ready', approved_by: null })
  t.match(await step(helpDesk, id, 'apply'), { status: 403, body: { required_scope: 'contacts:write' } })
  t.match(await step(call, id, 'approve'), { status: 409, body: { type: '/problems/state-conflict', state: 'ready' } })
  t.match(await step(call, id, 'apply'), { status: 200, body: { approved_by: null } })
})

t.test('R24, R25: a confirmation alone approves nothing', async t => {
  const [primary] = await fillContract(call, 'confirmed', 0)
  const confirm = async (as: Call, id: string) =>
    await step(as, id, 'confirm', { contact_id: primary.contact_id, channel: 'phone' })
  const id = (await ask(helpDesk, 'confirmed', { concerns_contract: true })).body.change_request_id
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
    confirmation: { contact_id: primary.contact_id },
    approved_by: null,
  })
  await apply(id)
  t.equal(await contactsOf('confirmed'), 1)
  t.match((await step(call, id, 'approve')).body, { state: 'scheduled', approved_by: { client: 'test' } })

  const confirmer = await operator()
  const other = (await ask(helpDesk, 'confirmed', { concerns_contract: true })).body.change_request_id
  t.match(
    (await confirm(confirmer.as, other)).body,
    { state: 'scheduled', approved_by: { client: confirmer.client_id } },
    'a client that may apply it approves it by confirming it',
  )
})

t.test(
  'R24, R25: filed by a client that may apply it, a request keeps that approval when another confirms',
  async t => {
    const [primary] = await fillContract(call, 'filed', 0)
    const filer = await operator()
    const asked = await ask(filer.as, 'filed', { concerns_contract: true })
    const { change_request_id: id } = asked.body
    t.match(asked.body, { state: 'needs_primary_confirmation', approved_by: { client: filer.client_id } })
    const confirmation = { contact_id: primary.contact_id, channel: 'phone' }
    t.match((await step(helpDesk, id, 'confirm', confirmation)).body, {
      state: 'scheduled',
      approved_by: { client: filer.client_id },
    })
    await apply(id)
    t.equal(await stateOf(id), 'applied')

    const revoked = (await ask(filer.as, 'filed', { concerns_contract: true })).body.change_request_id
    await call('DELETE', `/v1/api-clients/${filer.client_id}`)
    await step(helpDesk, revoked, 'confirm', confirmation)
    await apply(revoked)
    t.equal(await stateOf(revoked), 'needs_approval', 'whoever confirms brings no revoked approval back')
  },
)

t.test('R24: a client that was revoked, has expired or lost the scope leaves its requests waiting', async t => {
  const losses: [string, (client_id: string) => Promise<unknown>][] = [
    ['revoked', async client_id => await call('DELETE', `/v1/api-clients/${client_id}`)],
    ['expired', async () => clock.set('2026-04-03T00:00:00.000Z')],
    [
      'narrowed',
      async client_id => await call('PATCH', `/v1/api-clients/${client_id}`, { scopes: ['requests:write'] }),
    ],
  ]
  for (const [contract_id, lose] of losses) {
    await fillContract(call, contract_id, 0)
    const { as, client_id } = await operator({ expires_at: '2026-04-02T12:00:00.000Z' })
    const { change_request_id: id } = (await ask(as, contract_id, { effective_on: '2026-04-02' })).body
    clock.set('2026-04-02T00:30:00.000Z')
    await lose(client_id)
    const before = await rowCounts(database)
    await apply(id, `job of ${contract_id}`)
    t.strictSame({ ...((await rowCounts(database)) as object), history: 0 }, { ...(before as object), history: 0 })
    t.match((await call('GET', `/v1/change-requests/${id}`)).body, {
      state: 'needs_approval',
      approved_by: null,
      approved_at: null,
      effective_on: '2026-04-02',
      closed_at: null,
    })
    t.match(await historyOf(database, `job of ${contract_id}`), [
      {
        event: 'change_request.approval_lapsed',
        actor: 'madoguchi',
        subject_id: id,
        contract_id,
        before: { state: 'scheduled', approved_by: { client: client_id } },
        after: { state: 'needs_approval', approved_by: null },
      },
    ])
    await apply(id)
    await catchUpDue()
    t.equal(await contactsOf(contract_id), 1, 'it waits for as long as no client approves it')
    t.match((await step(call, id, 'approve')).body, { state: 'scheduled', approved_by: { client: 'test' } })
    await catchUpDue()
    t.equal(await stateOf(id), 'applied')
    clock.set('2026-04-01T00:30:00.000Z')
  }
})

t.test('R24: what an access token or the root credential approved stands', async t => {
  await fillContract(call, 'stands', 1)
  const asked: string[] = []
  for (const [as, approved_by] of [
    [callAs(ADMIN_KEY), { client: 'admin', credential: 'root' }],
    [callWith(...HELP_DESK, 'contacts:write'), { client: 'scoped', credential: 'access_token' }],
  ] as const) {
    const { body } = await ask(as, 'stands', {
      operations: [
        { op: 'add', contact: person({ family_name: '新田', email: `${approved_by.credential}@stands.example.jp` }) },
      ],
    })
    t.match(body, { state: 'scheduled', approved_by })
    asked.push(body.change_request_id)
  }
  await catchUpDue()
  for (const id of asked) t.equal(await stateOf(id), 'applied')
})

t.test('R24: a scheduled request whose approval no longer holds is approved again before its day', async t => {
  await fillContract(call, 'again', 0)
  const first = await operator()
  const { change_request_id: id } = (await ask(first.as, 'again', { effective_on: '2026-05-01' })).body
  t.match(await step(call, id, 'approve'), {
    status: 409,
    body: { type: '/problems/state-conflict', state: 'scheduled', effective_on: '2026-05-01' },
  })
  await call('DELETE', `/v1/api-clients/${first.client_id}`)
  t.match(await step(call, id, 'approve'), { status: 200, body: { approved_by: { client: 'test' } } })
  clock.set('2026-05-01T00:30:00.000Z')
  await apply(id)
  t.equal(await stateOf(id), 'applied')
})

t.test('R24: what waits for an approval can be rejected and withdrawn, and is then not approved', async t => {
  await fillContract(call, 'closed', 0)
  for (const [verb, body] of [
    ['reject', { reason: 'x' }],
    ['withdraw', {}],
  ] as const) {
    const { change_request_id: id } = (await ask(helpDesk, 'closed')).body
    t.equal((await step(helpDesk, id, verb, body)).status, 200)
    t.match(await step(call, id, 'approve'), { status: 409, body: { type: '/problems/state-conflict' } })
  }
  t.equal((await step(call, '019d4672-7740-7c41-9d2e-3f5b8a1c7e90', 'approve')).status, 404)
  t.equal(await contactsOf('closed'), 1)
})

t.test('R24: an approval may be repeated under its Idempotency-Key, and needs the scope each time', async t => {
  await fillContract(call, 'repeated', 0)
  const { change_request_id: id } = (await ask(helpDesk, 'repeated', { effective_on: '2026-05-01' })).body
  const first = await step(call, id, 'approve', undefined, { 'idempotency-key': 'approve' })
  t.equal(first.status, 200)
  const again = await step(call, id, 'approve', undefined, { 'idempotency-key': 'approve' })
  t.match(again, { status: 200, headers: { 'idempotent-replayed': 'true' } })
  t.equal(again.text, first.text)

  const other = (await ask(helpDesk, 'repeated', { effective_on: '2026-05-01' })).body.change_request_id
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
  const { change_request_id: id } = (await ask(helpDesk, 'kept')).body
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
