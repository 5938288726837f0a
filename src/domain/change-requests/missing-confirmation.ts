import type { AskedChange, OpenChangeRequest } from '#domain/change-requests/change-request.ts'
import { outstandingContracts, type Standing } from '#domain/change-requests/confirmation.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import { primaryOf } from '#domain/roster.ts'

/** Refuses to go on with a request that waits for a confirmation (R25). */
export function assertConfirmed(present: OpenChangeRequest | undefined, standing: Standing): void {
  if (present?.state !== 'needs_primary_confirmation') return
  const [first, ...others] = confirmationRequired(present, standing)
  if (first !== undefined) throw new RefusedError(first, ...others)
}

/** R25: whose confirmation is missing: the primary's, or those of each contract of a person change. */
export function confirmationRequired(request: AskedChange, standing: Standing): Refusal[] {
  const { change_request_id, contract_id, needs_confirmation } = request
  const primary_contact_id = primaryOf(standing.contacts)?.contact_id ?? null
  const missing =
    contract_id === null
      ? outstandingContracts(request, standing)
      : [{ contract_id, primary_contact_id, reasons: needs_confirmation }]
  return missing.map(({ contract_id, primary_contact_id, reasons }) => ({
    type: 'confirmation-required',
    change_request_id,
    contract_id,
    needs_confirmation: reasons,
    ...(primary_contact_id !== null && { primary_contact_id }),
  }))
}
