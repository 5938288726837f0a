import t from 'tap'
import { changeRequestView } from '#domain/change-request-view.ts'
import {
  applicationRefusal,
  approvalAfter,
  approvalRefusal,
  confirmationReasons,
  confirmationRefusal,
  decisionRefusal,
  isOpen,
  NOT_APPROVED,
  openState,
  type ChangeRequest,
} from '#domain/change-request.ts'
import { CHANGE_REQUEST_STATES, type ChangeRequestState } from '#domain/vocabulary.ts'
import { contact, primary } from './roster-facts.ts'

const request = (state: ChangeRequestState, fields: Partial<ChangeRequest> = {}): ChangeRequest => ({
  change_request_id: 'R-1',
  contract_id: 'C-1',
  customer_id: 'customer-1',
  state,
  operations: [],
  concerns_contract: false,
  requested_by: { name: '山田', email: null, channel: 'phone', ticket_number: null, contact_id: null },
  effective_on: state === 'scheduled' ? '2025-04-01' : null,
  needs_confirmation: [],
  confirmation: null,
  ...NOT_APPROVED,
  received_at: '2025-03-01T00:00:00.000Z',
  closed_at: null,
  reason: null,
  refusals: [],
  ...fields,
})
const CLOSED = ['applied', 'rejected', 'withdrawn', 'failed'] as const
const a = primary('a')

t.test('R25: the primary confirms what a stranger asks for, and what touches the contract', async t => {
  t.strictSame(confirmationReasons(contact('b'), false), [])
  t.strictSame(confirmationReasons(undefined, false), ['requester_not_registered'])
  t.strictSame(confirmationReasons(a, true), ['concerns_contract'], 'also when the primary asks')
  t.strictSame(confirmationReasons(undefined, true), ['requester_not_registered', 'concerns_contract'])
})

const operator = { client: 'operator', credential: 'api_client', on_behalf_of: null } as const
const rights = (...scopes: string[]) => ({ authority: operator, scopes: new Set(scopes) })
const APPROVED = { approved_by: operator, approved_at: '2025-03-02T00:00:00.000Z' }
const CONFIRMED = {
  contact_id: 'a',
  name: '山田 太郎',
  channel: 'phone',
  ticket_number: null,
  confirmed_at: '2025-03-02T00:00:00.000Z',
  client: 'help-desk',
} as const

t.test('R24, R25: a request waits for the primary, then for an approval, then for its day', async t => {
  const asked = { effective_on: '2027-04-01', needs_confirmation: ['concerns_contract' as const], confirmation: null }
  t.equal(openState({ ...asked, ...NOT_APPROVED }), 'needs_primary_confirmation')
  t.equal(openState({ ...asked, ...APPROVED }), 'needs_primary_confirmation')
  t.equal(openState({ ...asked, ...NOT_APPROVED, confirmation: CONFIRMED }), 'needs_approval')
  t.equal(openState({ ...asked, ...APPROVED, confirmation: CONFIRMED }), 'scheduled')
  t.equal(openState({ ...asked, ...NOT_APPROVED, needs_confirmation: [] }), 'needs_approval')
  t.equal(openState({ ...asked, ...NOT_APPROVED, needs_confirmation: [], effective_on: null }), 'ready')
})

t.test('R24: who may apply approves by filing or confirming; who may not changes no approval', async t => {
  const now = '2025-03-03T00:00:00.000Z'
  const waiting = { effective_on: '2027-04-01', ...NOT_APPROVED }
  const own = { approved_by: operator, approved_at: now }
  t.strictSame(approvalAfter(waiting, rights('contacts:write'), now), own)
  t.strictSame(approvalAfter(waiting, rights('requests:write', 'requests:confirm'), now), NOT_APPROVED)
  t.strictSame(approvalAfter({ ...waiting, ...APPROVED }, rights('requests:confirm'), now), APPROVED)
  t.strictSame(approvalAfter({ ...waiting, ...APPROVED }, rights('contacts:write'), now), own)
  t.strictSame(approvalAfter({ ...waiting, effective_on: null }, rights('contacts:write'), now), NOT_APPROVED)
})

t.test('R24, R25: only what waits for an approval is approved', async t => {
  t.equal(approvalRefusal(request('needs_approval'), false, a), undefined)
  t.equal(approvalRefusal(request('scheduled'), false, a), undefined, 'its approval no longer holds')
  t.match(approvalRefusal(request('scheduled'), true, a), { type: 'state-conflict', state: 'scheduled' })
  t.match(approvalRefusal(request('needs_primary_confirmation'), false, a), {
    type: 'confirmation-required',
    change_request_id: 'R-1',
    primary_contact_id: 'a',
  })
  for (const state of ['ready', ...CLOSED] as const)
    t.match(approvalRefusal(request(state), false, a), { type: 'state-conflict', state })
})

t.test('R25: nothing is applied before it is confirmed, before its day, or twice', async t => {
  const waiting = { type: 'confirmation-required', change_request_id: 'R-1', contract_id: 'C-1' }
  t.strictSame(applicationRefusal(request('needs_primary_confirmation'), '2025-04-01', a), {
    ...waiting,
    primary_contact_id: 'a',
  })
  t.strictSame(applicationRefusal(request('needs_primary_confirmation'), '2025-04-01', undefined), waiting)
  t.equal(applicationRefusal(request('ready'), '2025-04-01', a), undefined)
  t.strictSame(applicationRefusal(request('scheduled'), '2025-03-31', a), {
    type: 'state-conflict',
    change_request_id: 'R-1',
    state: 'scheduled',
    effective_on: '2025-04-01',
  })
  for (const day of ['2025-04-01', '2025-04-02'])
    t.equal(applicationRefusal(request('scheduled'), day, a), undefined, day)
  for (const state of ['needs_approval', ...CLOSED] as const)
    t.match(applicationRefusal(request(state), '2025-04-01', a), { type: 'state-conflict', state })
})

t.test('R25: only the primary confirms, and only what waits for it', async t => {
  t.equal(confirmationRefusal(request('needs_primary_confirmation'), 'a', a), undefined)
  t.match(confirmationRefusal(request('needs_primary_confirmation'), 'b', a), {
    type: 'confirmation-required',
    primary_contact_id: 'a',
  })
  t.match(confirmationRefusal(request('needs_primary_confirmation'), 'b', undefined), { type: 'confirmation-required' })
  for (const state of CHANGE_REQUEST_STATES.filter(other => other !== 'needs_primary_confirmation'))
    t.match(confirmationRefusal(request(state), 'a', a), { type: 'state-conflict', state })
})

t.test('what has come to its end is not decided again', async t => {
  for (const state of CHANGE_REQUEST_STATES) {
    const isClosed = (CLOSED as readonly string[]).includes(state)
    t.equal(isOpen({ state }), !isClosed)
    t.equal(decisionRefusal(request(state))?.type, isClosed ? 'state-conflict' : undefined)
  }
})

t.test('a request shows its plan while it is open', async t => {
  const plan = { contract_id: 'C-1' } as never
  t.equal(changeRequestView(request('ready'), plan).plan, plan)
  t.equal(changeRequestView(request('applied'), plan).plan, null)
})
