import type { Operation, OperationOf } from '../helpers/registry-operations.ts'
import { afterSteps } from './change-steps.ts'
import { isSame, nameOf, nameProblems, NEW, newContact, patchedContact, type ModelContact } from './model-contact.ts'
import { BASE_SEATS, type ModelRequest, type ModelState } from './model-state.ts'

/** What a contract's contacts shall become, and what speaks against the request itself. */
export type DesiredRoster = { contract_id: string; after: ModelContact[]; problems: string[] }
/** What a change request asks of a contract's contacts. */
type Asked = Pick<ModelRequest, 'contract_id' | 'operations'> & { confirm_removals?: number | undefined }

/** The roster that an operation asks for; undefined where it concerns a contact that is not there. */
export function desiredRoster(state: ModelState, operation: Operation): DesiredRoster | undefined {
  switch (operation.kind) {
    case 'register': {
      const { contract_id, person, role } = operation
      const after = [...state.of(contract_id), newContact(contract_id, person, role)]
      return { contract_id, after, problems: nameProblems([person]) }
    }
    case 'update':
      return changedContact(
        state,
        operation.contact_id,
        contact => [patchedContact(contact, operation.patch)],
        nameProblems([operation.patch]),
      )
    case 'remove':
      return changedContact(state, operation.contact_id, () => [])
    case 'hand over': {
      const { contract_id, contact_id, former_primary } = operation
      const step = { op: 'make_primary', contact_id, former_primary } as const
      return { contract_id, ...afterSteps(contract_id, state.of(contract_id), [step]) }
    }
    case 'replace':
      return replacedPrimary(state, operation)
    case 'roster':
      return putRoster(state, operation)
    case 'form':
      return formRoster(state, operation)
    case 'apply':
      return askedRoster(state, state.requests.get(operation.change_request_id)!)
    default:
      return undefined
  }
}

/** R10: of a change request, what it removes is judged too. */
export function askedRoster(state: ModelState, { contract_id, operations, confirm_removals }: Asked): DesiredRoster {
  const before = state.of(contract_id)
  const { after, problems } = afterSteps(contract_id, before, operations)
  return { contract_id, after, problems: [...problems, ...removalProblems(before, after, confirm_removals)] }
}

function changedContact(
  state: ModelState,
  contact_id: string,
  change: (contact: ModelContact) => ModelContact[],
  problems: string[] = [],
): DesiredRoster | undefined {
  const contact = state.find(contact_id)
  if (contact === undefined) return undefined
  const { contract_id } = contact
  const after = state.of(contract_id).flatMap(other => (other === contact ? change(contact) : [other]))
  return { contract_id, after, problems }
}

/** R11: a person who is the primary already is not entered again. */
function replacedPrimary(
  state: ModelState,
  { contract_id, person, former_primary }: OperationOf<'replace'>,
): DesiredRoster {
  const before = state.of(contract_id)
  const isRepeat = before.some(
    contact => contact.role === 'primary' && contact.email === person.email && nameOf(contact) === nameOf(person),
  )
  if (isRepeat) return { contract_id, after: before, problems: [] }
  const step = { op: 'make_primary', new_contact: person, former_primary } as const
  return { contract_id, ...afterSteps(contract_id, before, [step]) }
}

/**
 * A person whom the list names by id, or who is the same person at the same address, is there already. The loss of
 * many has to be confirmed.
 */
function putRoster(
  state: ModelState,
  { contract_id, contacts, confirm_removals }: OperationOf<'roster'>,
): DesiredRoster {
  const before = state.of(contract_id)
  const named = new Set(
    contacts.map(({ contact_id }) => contact_id).filter(id => before.some(contact => contact.contact_id === id)),
  )
  const isUnknown = contacts.some(({ contact_id }) => contact_id !== undefined && !named.has(contact_id))
  const after = contacts.map(({ contact_id, ...contact }) => {
    const same =
      contact_id === undefined
        ? before.find(other => !named.has(other.contact_id) && isSame(other, contact))?.contact_id
        : undefined
    if (same !== undefined) named.add(same)
    const isThere = contact_id !== undefined && named.has(contact_id)
    return { ...contact, contract_id, contact_id: isThere ? contact_id : (same ?? NEW) }
  })
  const problems = [...removalProblems(before, after, confirm_removals), ...nameProblems(contacts)]
  return { contract_id, after, problems: isUnknown ? ['422 unknown-reference', ...problems] : problems }
}

/** R23 */
function formRoster(state: ModelState, { contract_id, form_version, contacts }: OperationOf<'form'>): DesiredRoster {
  const { limit, registered } = state.contracts.get(contract_id)!
  if (registered) return { contract_id, after: state.of(contract_id), problems: ['409 already-registered'] }
  const most = form_version <= '2022-09' ? limit : Math.min(BASE_SEATS, limit)
  const after = contacts.map(contact => ({
    ...newContact(contract_id, contact, contact.role),
    duties: contact.duties,
  }))
  const problems = nameProblems(contacts)
  return { contract_id, after, problems: contacts.length > most ? ['409 form-limit-reached', ...problems] : problems }
}

/** R10: losing all contacts, or more than half of three or more, has to be confirmed by number. */
function removalProblems(
  before: readonly ModelContact[],
  after: readonly ModelContact[],
  confirmed: number | undefined,
): string[] {
  const kept = new Set(after.map(({ contact_id }) => contact_id))
  const removals = before.filter(({ contact_id }) => !kept.has(contact_id)).length
  const isEmptied = before.length > 0 && after.length === 0
  const isGuarded = isEmptied || (before.length >= 3 && removals * 2 > before.length)
  const isConfirmed = confirmed === undefined ? !isGuarded : confirmed === removals
  return isConfirmed ? [] : ['409 removals-unconfirmed']
}
