import t from 'tap'
import { askForADay, catchUpDue, HELP_DESK, operator } from '../../helpers/approvals.ts'
import { job, step, stranger } from '../../helpers/change-requests.ts'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { ADMIN_KEY, testService } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const service = await testService(t)
const { call, callAs, callWith, clock, context, database } = service
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const helpDesk = callWith(...HELP_DESK)
const apply = async (id: string, request_id?: string): Promise<void> =>
  await applyScheduledRequest(context, id, job(request_id))
const stateOf = async (id: string): Promise<string> => (await call('GET', `/v1/change-requests/${id}`)).body.state
const contactsOf = async (contract_id: string): Promise<number> =>
  (await call('GET', `/v1/contracts/${contract_id}`)).body.seats.used

t.test(
  'R24, R25: filed by a client that may apply it, a request keeps that approval when another confirms',
  async t => {
    const [primary] = await fillContract(call, 'filed', 0)
    const filer = await operator(service)
    const asked = await askForADay(filer.as, 'filed', stranger)
    const { change_request_id: id } = asked.body
    t.match(asked.body, { state: 'needs_primary_confirmation', approved_by: { client: filer.client_id } })
    const confirmation = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' }
    t.match((await step(helpDesk, id, 'confirm', confirmation)).body, {
      state: 'scheduled',
      approved_by: { client: filer.client_id },
    })
    await apply(id)
    t.equal(await stateOf(id), 'applied')

    const revoked = (await askForADay(filer.as, 'filed', stranger)).body.change_request_id
    await call('DELETE', `/v1/api-clients/${filer.client_id}`)
    await step(helpDesk, revoked, 'confirm', confirmation)
    await apply(revoked)
    t.equal(await stateOf(revoked), 'needs_approval', 'a confirmation brings no revoked approval back')
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
    const { as, client_id } = await operator(service, { expires_at: '2026-04-02T12:00:00.000Z' })
    const { change_request_id: id } = (await askForADay(as, contract_id, { effective_on: '2026-04-02' })).body
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
    await catchUpDue(context)
    t.equal(await contactsOf(contract_id), 1, 'it waits for as long as no client approves it')
    t.match((await step(call, id, 'approve')).body, { state: 'scheduled', approved_by: { client: 'test' } })
    await catchUpDue(context)
    t.equal(await stateOf(id), 'applied')
    clock.set('2026-04-01T00:30:00.000Z')
  }
})

t.test('R24: what an access token or the root credential approved stays approved', async t => {
  await fillContract(call, 'approved', 1)
  const asked: string[] = []
  for (const [as, approved_by] of [
    [callAs(ADMIN_KEY), { client: 'admin', credential: 'root' }],
    [callWith(...HELP_DESK, 'contacts:write'), { client: 'scoped', credential: 'access_token' }],
  ] as const) {
    const { body } = await askForADay(as, 'approved', {
      operations: [
        { op: 'add', contact: person({ family_name: '新田', email: `${approved_by.credential}@approved.example.jp` }) },
      ],
    })
    t.match(body, { state: 'scheduled', approved_by })
    asked.push(body.change_request_id)
  }
  await catchUpDue(context)
  for (const id of asked) t.equal(await stateOf(id), 'applied')
})

t.test('R24: a scheduled request whose approval no longer holds is approved again before its day', async t => {
  await fillContract(call, 'again', 0)
  const first = await operator(service)
  const { change_request_id: id } = (await askForADay(first.as, 'again', { effective_on: '2026-05-01' })).body
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
