import type { OperationOf } from '../helpers/registry-operations.ts'
import { askedRoster } from './desired-rosters.ts'
import type { ModelRequest, ModelState } from './model-state.ts'
import { mayHaveAsked, needsConfirmation } from './requester-rules.ts'

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
export function stateOnceConfirmed({
  effective_on,
  approved_by,
}: Pick<ModelRequest, 'effective_on' | 'approved_by'>): string {
  if (effective_on === null) return 'ready'
  return approved_by === null ? 'needs_approval' : 'scheduled'
}

export function problemsOfAsking(state: ModelState, operation: OperationOf<'ask'>): string[] {
  const isAmbiguous = mayHaveAsked(state, operation.contract_id, operation.requester).length > 1
  return [...(isAmbiguous ? ['422 requester-ambiguous'] : []), ...askedRoster(state, operation).problems]
}

/** R25: only the primary confirms. */
export function problemsOfConfirming(
  state: ModelState,
  { change_request_id, contact_id }: OperationOf<'confirm'>,
): string[] {
  const request = state.requests.get(change_request_id)
  if (request === undefined) return ['404 not-found']
  if (request.state !== 'needs_primary_confirmation') return ['409 state-conflict']
  const contact = state.find(contact_id)
  const isPrimary = contact?.contract_id === request.contract_id && contact.role === 'primary'
  return isPrimary ? [] : ['409 confirmation-required']
}

/** R24: a scheduled request is approved again only where the client that approved it no longer may apply it. */
export function problemsOfApproving(state: ModelState, { by, change_request_id }: OperationOf<'approve'>): string[] {
  if (!state.mayApply(by)) return ['403 forbidden']
  const request = state.requests.get(change_request_id)
  if (request?.state === 'scheduled' && !state.mayApply(request.approved_by!)) return []
  return problemsOfDeciding(state, change_request_id, ['needs_approval'])
}

/** What stands in the way of a decision that these states allow. */
export function problemsOfDeciding(state: ModelState, change_request_id: string, states: string[]): string[] {
  const request = state.requests.get(change_request_id)
  if (request === undefined) return ['404 not-found']
  if (states.includes(request.state)) return []
  return request.state === 'needs_primary_confirmation' ? ['409 confirmation-required'] : ['409 state-conflict']
}

/** The states in which a request can be applied: a scheduled one on its day. */
export function applicableStates(state: ModelState, change_request_id: string): string[] {
  const day = state.requests.get(change_request_id)?.effective_on ?? null
  return day !== null && day <= state.today ? ['ready', 'scheduled'] : ['ready']
}
