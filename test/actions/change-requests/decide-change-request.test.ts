import t from 'tap'
import { ask, job, newcomer, rosterOf, step, stranger } from '../../helpers/change-requests.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const { call, clock, context, database } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test("R25: a stranger's request waits for the primary, and nothing is applied until then", async t => {
  const [primary, first] = await fillContract(call, 'stranger', 1)
  const asked = await ask(call, 'stranger', [newcomer('stranger')], {
    requested_by: { name: '外部 の人', email: 'stranger@elsewhere.example.jp', channel: 'web' },
  })
  const { change_request_id: id } = asked.body
  t.match(asked.body, {
    state: 'needs_primary_confirmation',
    needs_confirmation: ['requester_not_registered'],
    requested_by: { contact_id: null, ticket: null },
  })
  t.match(await step(call, id, 'apply'), {
    status: 409,
    body: {
      type: '/problems/confirmation-required',
      primary_contact_id: primary.contact_id,
      next: { path: `/v1/change-requests/${id}/confirm` },
    },
  })
  t.match(await step(call, id, 'confirm', { confirmed_by: { contact_id: first.contact_id }, channel: 'phone' }), {
    status: 400,
    body: { type: '/problems/invalid-request', errors: [{ pointer: '#/reason' }] },
  })
  t.equal((await call('GET', `/v1/change-requests/${id}`)).body.state, 'needs_primary_confirmation')
  const confirmed = await step(
    call,
    id,
    'confirm',
    { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone', ticket: 'T-2' },
    { 'request-id': 'confirm' },
  )
  t.match(confirmed, {
    status: 200,
    body: {
      state: 'ready',
      confirmation: {
        confirmed_by: { contact_id: primary.contact_id, name: '山田 太郎', is_primary: true },
        channel: 'phone',
        ticket: 'T-2',
        confirmed_at: '2026-04-01T00:30:00.000Z',
        recorded_by: { client: 'test', credential: 'root', on_behalf_of: null },
      },
    },
  })
  t.match(await historyOf(database, 'confirm'), [
    {
      event: 'change_request.confirmed',
      contract_id: 'stranger',
      subject_id: id,
      after: { state: 'ready', confirmation: { channel: 'phone' } },
    },
  ])
  t.match(await step(call, id, 'confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' }), {
    status: 409,
    body: { type: '/problems/state-conflict', state: 'ready' },
  })
  t.equal((await step(call, id, 'apply')).status, 200)
  t.strictSame(await rosterOf(call, 'stranger'), ['山田 primary', '副1 secondary', '新田 secondary'])
})

t.test('R25: the person who is primary when the confirmation comes gives it', async t => {
  const [primary, first] = await fillContract(call, 'handed', 1)
  const {
    body: { change_request_id: id },
  } = await ask(call, 'handed', [newcomer('handed')], stranger)
  await call('PUT', '/v1/contracts/handed/primary', { contact_id: first.contact_id })
  t.equal(
    (await step(call, id, 'confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'mail' })).status,
    400,
    'another person needs a reason',
  )
  t.match(await step(call, id, 'confirm', { confirmed_by: { contact_id: first.contact_id }, channel: 'mail' }), {
    status: 200,
    body: { state: 'ready', needs_confirmation: ['requester_not_registered'] },
  })
})

t.test('R24: rejected and withdrawn are final, and say why', async t => {
  await fillContract(call, 'closed', 0)
  const rejected = (await ask(call, 'closed', [newcomer('closed')])).body.change_request_id
  t.match(await step(call, rejected, 'reject', {}), {
    status: 400,
    body: { errors: [{ pointer: '#/reason', code: 'required' }] },
  })
  t.match(await step(call, rejected, 'reject', { reason: '別のお名前で再度ご依頼' }, { 'request-id': 'reject' }), {
    status: 200,
    body: { state: 'rejected', reason: '別のお名前で再度ご依頼', closed_at: '2026-04-01T00:30:00.000Z', plan: null },
  })
  t.match(await historyOf(database, 'reject'), [
    { event: 'change_request.rejected', after: { state: 'rejected', reason: '別のお名前で再度ご依頼' } },
  ])
  const withdrawn = (await ask(call, 'closed', [newcomer('closed')], { effective_on: '2026-05-01' })).body
    .change_request_id
  t.match(await step(call, withdrawn, 'withdraw', {}), { status: 200, body: { state: 'withdrawn', reason: null } })
  for (const id of [rejected, withdrawn]) {
    for (const [verb, body] of [
      ['apply'],
      ['reject', { reason: 'x' }],
      ['withdraw', {}],
      ['confirm', { confirmed_by: { contact_id: id }, channel: 'mail' }],
    ] as const)
      t.match(await step(call, id, verb, body), { status: 409, body: { type: '/problems/state-conflict' } }, verb)
  }
  await applyScheduledRequest({ ...context, clock: { ...clock, today: () => '2026-05-01' } }, withdrawn, job())
  t.strictSame(await rosterOf(call, 'closed'), ['山田 primary'], 'its job finds nothing to do')
  for (const verb of ['apply', 'reject', 'withdraw', 'confirm']) {
    const body = {
      apply: undefined,
      reject: { reason: 'x' },
      withdraw: {},
      confirm: { confirmed_by: { contact_id: withdrawn }, channel: 'mail' },
    }[verb]
    t.equal((await step(call, '019d4672-7740-7c41-9d2e-3f5b8a1c7e90', verb, body)).status, 404, verb)
  }
})

t.test('every step may be repeated under its Idempotency-Key', async t => {
  const [primary] = await fillContract(call, 'again', 0)
  const asked = await ask(call, 'again', [newcomer('again')], stranger, { 'idempotency-key': 'ask' })
  t.match(await ask(call, 'again', [newcomer('again')], stranger, { 'idempotency-key': 'ask' }), {
    status: 201,
    headers: { 'idempotent-replayed': 'true' },
    body: { change_request_id: asked.body.change_request_id },
  })
  for (const [verb, body] of [
    ['confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'mail' }],
    ['apply', undefined],
  ] as const) {
    const first = await step(call, asked.body.change_request_id, verb, body, { 'idempotency-key': verb })
    t.match(first, { status: 200 })
    const again = await step(call, asked.body.change_request_id, verb, body, { 'idempotency-key': verb })
    t.match(again, { status: 200, headers: { 'idempotent-replayed': 'true' } })
    t.equal(again.text, first.text)
  }
})

t.test(
  'the database itself refuses a request that is applied without its confirmation, or failed without a reason',
  async t => {
    await fillContract(call, 'kept', 0)
    const {
      body: { change_request_id },
    } = await ask(call, 'kept', [newcomer('kept')], stranger)
    const violated = async (assignments: string): Promise<string> =>
      await database
        .run({
          name: '',
          text: `update change_requests set ${assignments} where change_request_id = '${change_request_id}'`,
          values: [],
        })
        .then(
          () => 'nothing',
          error => error.constraint,
        )
    t.equal(await violated("state = 'ready'"), 'change_requests_confirmed_where_needed')
    t.equal(await violated("state = 'rejected'"), 'change_requests_closed_when_final')
    t.equal(
      await violated("state = 'failed', closed_at = now(), confirmation = '{}', effective_on = '2026-05-01'"),
      'change_requests_failed_with_reasons',
    )
    t.equal(
      await violated("state = 'failed', closed_at = now(), confirmation = '{}', refusals = '[{}]'"),
      'change_requests_scheduled_for_a_day',
    )
  },
)

t.test('R25: a scheduled request that was never confirmed is not applied on its day', async t => {
  const [primary] = await fillContract(call, 'late', 0)
  const {
    body: { change_request_id: id },
  } = await ask(call, 'late', [newcomer('late')], { effective_on: '2026-05-01', ...stranger })
  clock.set('2026-05-02T00:00:00.000Z')
  await applyScheduledRequest(context, id, job())
  t.strictSame(await rosterOf(call, 'late'), ['山田 primary'])
  t.match(await step(call, id, 'confirm', { confirmed_by: { contact_id: primary.contact_id }, channel: 'mail' }), {
    status: 200,
    body: { state: 'scheduled' },
  })
  t.match(
    await step(call, id, 'apply'),
    { status: 200, body: { state: 'applied' } },
    'its day has come, so it need not wait for the job',
  )
})
