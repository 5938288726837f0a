import t from 'tap'
import { changeRequestView } from '#domain/change-request-view.ts'
import {
  applicationRefusal,
  confirmationReasons,
  confirmationRefusal,
  confirmedState,
  decisionRefusal,
  isOpen,
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

t.test('R25: with a day of its own a request is scheduled, else it is ready', async t => {
  t.equal(confirmedState({ effective_on: null }), 'ready')
  t.equal(confirmedState({ effective_on: '2027-04-01' }), 'scheduled')
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
  for (const state of CLOSED)
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
