import { personChangeBody } from '#domain/change-requests/person-change.ts'
import { isOpen, type ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'

/** A request as it is answered; while it is open, with what applying it would do now, and what prevents it. */
export function changeRequestView(request: ChangeRequest, plans: readonly RosterPreview[]) {
  const isOfPerson = request.person_change !== null
  return {
    change_request_id: request.change_request_id,
    contract_id: request.contract_id,
    customer_id: request.customer_id,
    state: request.state,
    operations: request.operations,
    person_change: request.person_change === null ? null : personChangeBody(request.person_change),
    subject: request.subject,
    confirm_removals: request.confirm_removals,
    concerns_contract: request.concerns_contract,
    requested_by: request.requested_by,
    effective_on: request.effective_on,
    needs_confirmation: request.needs_confirmation,
    confirmation: request.confirmation,
    confirmations: request.confirmations,
    approved_by: request.approved_by,
    approved_at: request.approved_at,
    received_at: request.received_at,
    filed_by: request.filed_by,
    closed_at: request.closed_at,
    reason: request.reason,
    refusals: request.refusals,
    plan: isOpen(request) && !isOfPerson ? (plans[0] ?? null) : null,
    contract_plans: isOpen(request) && isOfPerson ? plans : null,
  }
}

export type ChangeRequestView = ReturnType<typeof changeRequestView>

/** A request as history records it (R37): as it is answered in lists, with the refusals that texts are made of. */
export function changeRequestRecord(request: ChangeRequest) {
  const { plan: _plan, contract_plans: _plans, ...record } = changeRequestView(request, [])
  return record
}
