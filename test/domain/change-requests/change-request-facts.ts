import {
  NOT_APPROVED,
  type AppliedRequest,
  type ChangeRequest,
  type FailedRequest,
  type ReadyRequest,
  type RejectedRequest,
  type ScheduledRequest,
  type UnapprovedRequest,
  type UnconfirmedRequest,
  type WithdrawnRequest,
} from '#domain/change-requests/change-request.ts'
import type { ChangeRequestState } from '#domain/vocabulary.ts'

// A change request in each state, of the same contract.

export const OPERATOR = { client: 'operator', credential: 'api_client', on_behalf_of: null } as const
export const APPROVED = { approved_by: OPERATOR, approved_at: '2025-03-02T00:00:00.000Z' }

export const ASKED = {
  change_request_id: 'R-1',
  contract_id: 'C-1',
  customer_id: 'customer-1',
  operations: [],
  person_change: null,
  confirmations: [],
  subject: null,
  confirm_removals: null,
  concerns_contract: false,
  requested_by: { name: '山田', email: null, channel: 'phone' as const, ticket: null, contact_id: null },
  needs_confirmation: [],
  received_at: '2025-03-01T00:00:00.000Z',
  filed_by: [{ client: 'help-desk', credential: 'api_client' as const, on_behalf_of: null }],
}
const OPEN = { ...ASKED, confirmation: null, closed_at: null, reason: null, refusals: [] satisfies [] }
const DAY = '2025-04-01'

export const UNCONFIRMED: UnconfirmedRequest = {
  ...OPEN,
  ...NOT_APPROVED,
  state: 'needs_primary_confirmation',
  effective_on: null,
  needs_confirmation: ['concerns_contract'],
}
export const UNAPPROVED: UnapprovedRequest = { ...OPEN, ...NOT_APPROVED, state: 'needs_approval', effective_on: DAY }
export const READY: ReadyRequest = { ...OPEN, ...NOT_APPROVED, state: 'ready', effective_on: null }
export const SCHEDULED: ScheduledRequest = { ...OPEN, ...APPROVED, state: 'scheduled', effective_on: DAY }

const CLOSED = { ...OPEN, ...NOT_APPROVED, effective_on: null, closed_at: '2025-03-03T00:00:00.000Z' }
const APPLIED: AppliedRequest = { ...CLOSED, state: 'applied' }
const REJECTED: RejectedRequest = { ...CLOSED, state: 'rejected', reason: 'x' }
const WITHDRAWN: WithdrawnRequest = { ...CLOSED, state: 'withdrawn' }
const FAILED: FailedRequest = { ...CLOSED, state: 'failed', effective_on: DAY, refusals: [{ type: 'email-taken' }] }

export const IN_EACH_STATE: { [State in ChangeRequestState]: ChangeRequest & { state: State } } = {
  needs_primary_confirmation: UNCONFIRMED,
  needs_approval: UNAPPROVED,
  ready: READY,
  scheduled: SCHEDULED,
  applied: APPLIED,
  rejected: REJECTED,
  withdrawn: WITHDRAWN,
  failed: FAILED,
}
