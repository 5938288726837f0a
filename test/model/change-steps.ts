import type { ChangeStep, Outcome, Person } from '../helpers/registry-operations.ts'
import { nameProblems, newContact, patchedContact, type ModelContact } from './model-contact.ts'

/** R24: makes the steps one after the other. */
export function afterSteps(
  contract_id: string,
  before: ModelContact[],
  steps: readonly ChangeStep[],
): { after: ModelContact[]; problems: string[] } {
  let after = before
  let isUnknown = false
  for (const step of steps) {
    const added = newcomerOf(contract_id, step)
    if (added !== undefined) after = after.concat(added)
    if (step.op === 'add') continue
    const chosen =
      added ?? ('contact_id' in step ? after.find(contact => contact.contact_id === step.contact_id) : undefined)
    if (chosen === undefined) isUnknown = true
    else if (step.op === 'remove') after = after.filter(contact => contact !== chosen)
    else if (step.op === 'update')
      after = after.map(contact => (contact === chosen ? patchedContact(contact, step.changes) : contact))
    else after = handedOver(after, chosen, step.former_primary)
  }
  const problems = nameProblems(steps.flatMap(namesOf))
  return { after, problems: isUnknown ? ['422 unknown-reference', ...problems] : problems }
}

/** R11: the role goes over in one step. */
function handedOver(contacts: ModelContact[], chosen: ModelContact, outcome: Outcome): ModelContact[] {
  const former = contacts.find(contact => contact.role === 'primary' && contact !== chosen)
  return contacts
    .filter(contact => contact !== former || outcome !== 'removed')
    .map(contact => {
      if (contact === chosen) return { ...contact, role: 'primary' }
      return contact === former ? { ...contact, role: 'secondary' } : contact
    })
}

function newcomerOf(contract_id: string, step: ChangeStep): ModelContact | undefined {
  if ('contact' in step) return newContact(contract_id, step.contact, step.contact.role)
  return 'new_contact' in step ? newContact(contract_id, step.new_contact, 'secondary') : undefined
}

function namesOf(step: ChangeStep): Partial<Person>[] {
  if ('contact' in step) return [step.contact]
  if ('new_contact' in step) return [step.new_contact]
  return 'changes' in step ? [step.changes] : []
}
