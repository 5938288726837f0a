import type { Operation, OperationOf } from '../helpers/registry-operations.ts'
import { approvalOnceConfirmed, presentState, stateOnAsking } from './change-request-rules.ts'
import type { ModelState } from './model-state.ts'
import { mayHaveAsked } from './requester-rules.ts'

type RequestStep = 'ask' | 'confirm' | 'approve' | 'grant' | 'reject' | 'withdraw'

const KINDS: readonly string[] = ['ask', 'confirm', 'approve', 'grant', 'reject', 'withdraw'] satisfies RequestStep[]

/** Whether an operation changes no contact, but a change request or the rights of a client. */
export function isRequestStep(operation: Operation): operation is OperationOf<RequestStep> {
  return KINDS.includes(operation.kind)
}

/** Makes a step of a change request that succeeded; `change_request_id` is that of a new one. */
export function takeRequestStep(
  state: ModelState,
  operation: OperationOf<RequestStep>,
  change_request_id: string,
): void {
  switch (operation.kind) {
    case 'ask':
      return fileRequest(state, operation, change_request_id)
    case 'confirm': {
      const request = state.requests.get(operation.change_request_id)!
      const approved_by = approvalOnceConfirmed(state, request, operation.by)
      const { by: recorded_by, contact_id: confirmed_by } = operation
      Object.assign(request, { approved_by, recorded_by, confirmed_by })
      return void (request.state = presentState(state, request))
    }
    case 'approve': {
      const request = state.requests.get(operation.change_request_id)!
      request.approved_by = operation.by
      return void (request.state = presentState(state, request))
    }
    case 'grant':
      return void (state.agent_may_apply = operation.agent_may_apply)
    case 'reject':
      return void (state.requests.get(operation.change_request_id)!.state = 'rejected')
    case 'withdraw':
      return void (state.requests.get(operation.change_request_id)!.state = 'withdrawn')
  }
}

function fileRequest(state: ModelState, operation: OperationOf<'ask'>, change_request_id: string): void {
  const { contract_id, operations, confirm_removals, effective_on, by, concerns_contract, requester } = operation
  state.requests.set(change_request_id, {
    change_request_id,
    contract_id,
    operations,
    confirm_removals,
    effective_on,
    approved_by: state.mayApply(by) ? by : null,
    contact_id: mayHaveAsked(state, contract_id, requester)[0]?.contact_id ?? null,
    concerns_contract,
    confirmed_by: null,
    filed_by: by,
    recorded_by: null,
    state: stateOnAsking(state, operation),
  })
}

/** The scheduled requests whose day has come, in their order. */
export function dueRequests({ requests, today }: ModelState): string[] {
  return [...requests.values()]
    .filter(({ state, effective_on }) => state === 'scheduled' && effective_on! <= today)
    .toSorted((a, b) => (a.effective_on! + a.change_request_id < b.effective_on! + b.change_request_id ? -1 : 1))
    .map(({ change_request_id }) => change_request_id)
}

/** R24, R25: what a request whose day has come needs first; undefined where it can be applied. */
export function lapsedOnItsDay(state: ModelState, change_request_id: string): object | undefined {
  const request = state.requests.get(change_request_id)!
  if (presentState(state, request) === 'needs_primary_confirmation')
    return { confirmed_by: null, state: 'needs_primary_confirmation' }
  return state.mayApply(request.approved_by!) ? undefined : { approved_by: null, state: 'needs_approval' }
}
