import type { OperationOf } from '../helpers/registry-operations.ts'
import { NEW, nameOf, type ModelContact } from './model-contact.ts'
import type { ModelPeople } from './model-people.ts'
import type { ModelState } from './model-state.ts'
import { judgeRoster } from './roster-judgement.ts'

type Succession = OperationOf<'succeed'>

/** R35: the contacts as they go on under the successor. Who shares a mailbox goes on sharing it, without a word. */
export function carriedContacts(
  state: ModelState,
  people: ModelPeople,
  { from_contract_id, to_contract_id }: Succession,
): ModelContact[] {
  const list = people.ofReinstated(from_contract_id)
  return list.map(contact => {
    const isShared = list.some(other => other.email === contact.email && nameOf(other) !== nameOf(contact))
    const shared_mailbox = isShared || people.wasThere(from_contract_id, contact.email)
    return { ...contact, contract_id: to_contract_id, contact_id: NEW, shared_mailbox }
  })
}

/** R35: the successor is another contract of the customer, without contacts. All go on, also over its limit (R27). */
export function problemsOfSucceeding(state: ModelState, people: ModelPeople, operation: Succession): string[] {
  const { from_contract_id, to_contract_id } = operation
  if (from_contract_id === to_contract_id) return ['422 invalid-value']
  const isOfOther = state.customerOf(from_contract_id) !== state.customerOf(to_contract_id)
  const isPossible = state.of(from_contract_id).length > 0 && state.of(to_contract_id).length === 0
  if (isOfOther || !isPossible) return ['409 state-conflict']
  const after = carriedContacts(state, people, operation)
  return judgeRoster(state, { contract_id: to_contract_id, after, problems: [] }).filter(
    problem => problem !== '409 seat-limit-reached',
  )
}

/** R35: until the successor begins, people inquire through the former contract, while that is in force. */
export function staysOnFormer(state: ModelState, { from_contract_id, to_contract_id }: Succession): boolean {
  return !state.hasBegun(to_contract_id) && !state.hasEnded(from_contract_id)
}
