import type { OperationOf } from '../helpers/registry-operations.ts'
import type { DesiredRoster } from './desired-rosters.ts'
import { isSame, nameProblems, patchedContact, type ModelContact } from './model-contact.ts'
import type { ModelState } from './model-state.ts'
import { judgeRoster } from './roster-judgement.ts'

type PersonOperation = OperationOf<'person'>

/** R34: what a person change makes of each contract in force that lists the person. */
export function personRosters(state: ModelState, operation: PersonOperation): DesiredRoster[] {
  return contactsOf(state, operation).map(contact => {
    const { contract_id } = contact
    const others = state.of(contract_id).filter(other => other !== contact)
    if ('changes' in operation) {
      const { changes, shared_mailbox = false } = operation
      const after = state
        .of(contract_id)
        .map(other => (other === contact ? { ...patchedContact(contact, changes), shared_mailbox } : other))
      return { contract_id, after, problems: nameProblems([changes]) }
    }
    const next = operation.successors.find(successor => successor.contract_id === contract_id)?.contact_id
    const after = others.map(other => (other.contact_id === next ? { ...other, role: 'primary' as const } : other))
    return { contract_id, after, problems: [] }
  })
}

/** All contracts are judged together: the person of this change is not in the way on any of the others. */
export function problemsOfPersonChange(state: ModelState, operation: PersonOperation): string[] {
  const contact = state.find(operation.contact_id)
  if (contact === undefined) return ['404 not-found']
  if (state.hasEnded(contact.contract_id)) return ['409 contract-not-in-force']
  const all = state.contacts
  const own = contactsOf(state, operation)
  const problems = personRosters(state, operation).flatMap(desired => {
    state.contacts = all.filter(other => other.contract_id === desired.contract_id || !own.includes(other))
    return judgeRoster(state, desired)
  })
  state.contacts = all
  return problems
}

function contactsOf(state: ModelState, { contact_id }: PersonOperation): ModelContact[] {
  const person = state.find(contact_id)
  if (person === undefined) return []
  const customer_id = state.customerOf(person.contract_id)
  return state.inForce().filter(other => isSame(other, person) && state.customerOf(other.contract_id) === customer_id)
}
