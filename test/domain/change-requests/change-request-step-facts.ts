import { IN_EACH_STATE, OPERATOR } from './change-request-facts.ts'
import { primary } from '../rosters/roster-facts.ts'
import {
  appliedRequest,
  approvedRequest,
  confirmedRequest,
  filedRequest,
  type FiledChange,
} from '#domain/change-requests/change-request-steps.ts'
import type { ConfirmerInput, Standing } from '#domain/change-requests/confirmation.ts'
import type { Rights } from '#domain/api-clients/rights.ts'
import { type ChangeRequest } from '#domain/change-requests/change-request.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { ChangeRequestState } from '#domain/vocabulary.ts'
export const now = '2025-03-03T00:00:00.000Z'
export const a = primary('a')
const rights = (...scopes: string[]) => ({ authority: OPERATOR, scopes: new Set(scopes) })
export const MAY_APPLY = rights('contacts:write')
export const MAY_NOT_APPLY = rights('requests:write', 'requests:confirm')
export const MAY_OVERRIDE = rights('contacts:write', 'requests:override')
export const SETTLED: Standing = { contacts: [a], reasons: [] }
export const TO_CONFIRM: Standing = { contacts: [a], reasons: ['concerns_contract'] }
export const A = { contact_id: 'a' }
export const SAID = { channel: 'phone', note: null, ticket: null, reason: null } as const
export const SHOWN = { confirmed_by: { contact_id: 'a' } }
export const OWN = { approved_by: OPERATOR, approved_at: now }
export const WAITING = {
  type: 'confirmation-required',
  change_request_id: 'R-1',
  contract_id: 'C-1',
  needs_confirmation: ['concerns_contract'],
}

export const { needs_primary_confirmation, needs_approval, ready, scheduled, ...CLOSED } = IN_EACH_STATE
/** The requests in all states but these. */
export const inOtherStates = (...states: ChangeRequestState[]): ChangeRequest[] =>
  Object.values(IN_EACH_STATE).filter(({ state }) => !states.includes(state))
export const conflict = ({ state, effective_on }: ChangeRequest): Refusal => ({
  type: 'state-conflict',
  change_request_id: 'R-1',
  state,
  effective_on,
})
/** What a step refuses with; undefined where it refuses nothing. */
export function refusalOf(step: () => unknown): Refusal | undefined {
  try {
    step()
    return undefined
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return error.refusals[0]
  }
}

export const file = (asked: FiledChange, rights: Rights, standing = SETTLED) =>
  filedRequest(asked, { standing, rights, now })

export const confirm = (
  request: ChangeRequest,
  caller = MAY_NOT_APPLY,
  standing = TO_CONFIRM,
  by: ConfirmerInput = A,
) => confirmedRequest(request, { ...SAID, confirmed_by: by }, { standing, rights: caller, now })

export const approve = (
  request: ChangeRequest,
  {
    holds = true,
    standing = SETTLED,
    rights = MAY_APPLY,
  }: { holds?: boolean; standing?: Standing; rights?: Rights } = {},
) => approvedRequest(request, { standing, approval_holds: holds, rights, now })

export const apply = (
  request: ChangeRequest,
  {
    today = '2025-04-01',
    standing = SETTLED,
    rights = MAY_APPLY,
  }: { today?: string; standing?: Standing; rights?: Rights | null } = {},
) => appliedRequest(request, { standing, rights, today, now })
