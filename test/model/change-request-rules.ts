import type { Caller, OperationOf } from '../helpers/registry-operations.ts'
import { askedRoster } from './desired-rosters.ts'
import type { ModelRequest, ModelState } from './model-state.ts'
import { isUnconfirmed, mayHaveAsked, needsConfirmation } from './requester-rules.ts'

/** R24, R25: the state of a change request that is filed now. */
export function stateOnAsking(state: ModelState, operation: OperationOf<'ask'>): string {
  const { by, contract_id, requester, concerns_contract, effective_on } = operation
  const contact_id = mayHaveAsked(state, contract_id, requester)[0]?.contact_id ?? null
  const { after } = askedRoster(state, operation)
  if (needsConfirmation(state.of(contract_id), after, { contact_id, concerns_contract }))
    return 'needs_primary_confirmation'
  return stateOnceConfirmed({ effective_on, approved_by: state.mayApply(by) ? by : null })
}

/** R24: with a day of its own a request needs an approval. */
function stateOnceConfirmed({ effective_on, approved_by }: Pick<ModelRequest, 'effective_on' | 'approved_by'>): string {
  if (effective_on === null) return 'ready'
  return approved_by === null ? 'needs_approval' : 'scheduled'
}

export function problemsOfAsking(state: ModelState, operation: OperationOf<'ask'>): string[] {
  const isAmbiguous = mayHaveAsked(state, operation.contract_id, operation.requester).length > 1
  return [...(isAmbiguous ? ['422 requester-ambiguous'] : []), ...askedRoster(state, operation).problems]
}

/** R25: only the primary confirms, where the client may not record another confirmation. */
export function problemsOfConfirming(
  state: ModelState,
  { by, change_request_id, contact_id }: OperationOf<'confirm'>,
): string[] {
  const request = state.requests.get(change_request_id)
  if (request === undefined) return ['404 not-found']
  const isWaiting = ![request.state, presentState(state, request)].includes('needs_primary_confirmation')
  if (isWaiting) return ['409 state-conflict']
  const contact = state.find(contact_id)
  if (contact?.contract_id === request.contract_id && contact.role === 'primary') return []
  if (by !== 'operator') return ['403 forbidden']
  return contact?.contract_id === request.contract_id ? ['400 invalid-request'] : ['422 unknown-reference']
}

/** R25: the state of a request on the roster of now. */
export function presentState(state: ModelState, request: ModelRequest): string {
  if (!OPEN.includes(request.state)) return request.state
  const { after } = askedRoster(state, request)
  if (isUnconfirmed(state.of(request.contract_id), after, request)) return 'needs_primary_confirmation'
  return stateOnceConfirmed(request)
}

const OPEN = ['needs_primary_confirmation', 'needs_approval', 'ready', 'scheduled']

/** R24: a scheduled request is approved again only where the client that approved it no longer may apply it. */
export function problemsOfApproving(state: ModelState, { by, change_request_id }: OperationOf<'approve'>): string[] {
  if (!state.mayApply(by)) return ['403 forbidden']
  const request = state.requests.get(change_request_id)
  if (request === undefined) return ['404 not-found']
  const present = presentState(state, request)
  if (present === 'needs_primary_confirmation') return ['409 confirmation-required']
  const needs = present === 'needs_approval' || (present === 'scheduled' && !state.mayApply(request.approved_by!))
  if (!needs) return ['409 state-conflict']
  return isAlone(request, by) ? ['403 forbidden'] : []
}

/** R25: whether a client filed a request and recorded its confirmation, and may not do the rest alone. */
function isAlone({ filed_by, recorded_by }: ModelRequest, by: Caller): boolean {
  return by !== 'operator' && filed_by === by && recorded_by === by
}

/** What prevents applying a request: it has to be confirmed on the roster of now, and its day has come. */
export function problemsOfApplying(state: ModelState, change_request_id: string): string[] {
  const request = state.requests.get(change_request_id)
  if (request === undefined) return ['404 not-found']
  const present = presentState(state, request)
  if (present === 'needs_primary_confirmation') return ['409 confirmation-required']
  return applicableStates(state, change_request_id).includes(present) ? [] : ['409 state-conflict']
}

/** What prevents a decision about an open request. */
export function problemsOfDeciding(state: ModelState, change_request_id: string): string[] {
  const request = state.requests.get(change_request_id)
  if (request === undefined) return ['404 not-found']
  return OPEN.includes(request.state) ? [] : ['409 state-conflict']
}

/** R25: the approval after a confirmation: a client approves by it only what another one filed. */
export function approvalOnceConfirmed(state: ModelState, request: ModelRequest, by: Caller): Caller | null {
  if (by !== 'operator' && request.filed_by === by) return request.approved_by === by ? null : request.approved_by
  return state.mayApply(by) ? by : request.approved_by
}

/** The states in which a request can be applied: a scheduled one on its day. */
function applicableStates(state: ModelState, change_request_id: string): string[] {
  const day = state.requests.get(change_request_id)?.effective_on ?? null
  return day !== null && day <= state.today ? ['ready', 'scheduled'] : ['ready']
}
