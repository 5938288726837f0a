import { NOT_APPROVED, type Approval } from '#domain/change-requests/change-request.ts'
import { isSameAuthority, type Rights } from '#domain/api-clients/rights.ts'

/** The scope that a client needs to apply a request, or to approve that a job applies it later. */
export const APPLYING_SCOPE = 'contacts:write'

/** R24: the approval after a step of a client: its own if it may apply requests, else the former one. */
export function approvalAfter(
  effective_on: string | null,
  former: Approval,
  { authority, scopes }: Rights,
  now: string,
): Approval {
  if (effective_on === null) return NOT_APPROVED // applying it needs the right anyway
  if (scopes.has(APPLYING_SCOPE)) return { approved_by: authority, approved_at: now }
  return former.approved_by === null
    ? NOT_APPROVED
    : { approved_by: former.approved_by, approved_at: former.approved_at }
}

/** The former approval, unless it is the own one: a client does not confirm and approve alone what it filed. */
export function othersApproval(former: Approval, { authority }: Rights): Approval {
  if (former.approved_by === null || isSameAuthority(former.approved_by, authority)) return NOT_APPROVED
  return { approved_by: former.approved_by, approved_at: former.approved_at }
}
