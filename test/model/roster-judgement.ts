import type { DesiredRoster } from './desired-rosters.ts'
import { isSame, nameOf, recordOf, type ModelContact } from './model-contact.ts'
import type { ModelState } from './model-state.ts'

/** What the rules say of a contract's contacts as they shall be, however the request asked for them. */
export function judgeRoster(state: ModelState, { contract_id, after, problems }: DesiredRoster): string[] {
  if (problems.includes('409 already-registered')) return problems
  const before = state.of(contract_id)
  const { limit } = state.contracts.get(contract_id)!
  const entering = enteringContacts(before, after)
  const isOver = state.hasEnded(contract_id)
  const primaries = after.filter(({ role }) => role === 'primary').length
  return [
    ...problems,
    ...(entering.length > 0 && isOver ? ['409 contract-not-in-force'] : []), // R28
    ...(after.length > 0 && primaries === 0 ? ['409 primary-required'] : []), // R10
    ...(primaries > 1 ? ['409 primary-exists'] : []), // R10
    ...(after.length > Math.max(limit, before.length) ? ['409 seat-limit-reached'] : []), // R24, R27
    ...(hasDuplicate(before, after) ? ['409 duplicate-contact'] : []), // R19
    ...(!isOver && entering.some(contact => isTaken(state, contact)) ? ['409 email-taken'] : []), // R20, R28
    ...(!isOver && sharesUnasked(state, contract_id, after, entering) ? ['409 email-in-use'] : []), // R17, R28
    ...(splitsPerson(state, contract_id, after) ? ['409 person-elsewhere'] : []), // R34
  ]
}

/** R20: another customer's contact in force has the address. */
export function isTaken(state: ModelState, { contract_id, email }: ModelContact): boolean {
  return state.behind(email).some(holder => state.customerOf(holder.contract_id) !== state.customerOf(contract_id))
}

/**
 * R34: a contact gets another name or address, or is removed and entered again at another address, while the same
 * person stays on another contract of the customer, or on this one.
 */
function splitsPerson(state: ModelState, contract_id: string, after: ModelContact[]): boolean {
  if (state.hasEnded(contract_id)) return false
  const before = state.of(contract_id)
  const customer_id = state.customerOf(contract_id)
  const elsewhere = state
    .inForce()
    .filter(other => other.contract_id !== contract_id && state.customerOf(other.contract_id) === customer_id)
  const added = after.filter(contact => formerOf(before, contact) === undefined)
  const isEnteredAgain = (former: ModelContact): boolean =>
    added.some(
      contact =>
        nameOf(contact) === nameOf(former) &&
        contact.email !== former.email &&
        !elsewhere.some(other => isSame(other, contact)),
    )
  return before.some(former => {
    const later = after.find(({ contact_id }) => contact_id === former.contact_id)
    const isSplit = later === undefined ? isEnteredAgain(former) : !isSame(former, later)
    return isSplit && [...elsewhere, ...after].some(other => isSame(other, former))
  })
}

/** Contacts that come to their address: first those that were on the contract before, then the new ones. */
function enteringContacts(before: ModelContact[], after: ModelContact[]): ModelContact[] {
  const moved = after.filter(contact => (formerOf(before, contact)?.email ?? contact.email) !== contact.email)
  return [...moved, ...after.filter(contact => formerOf(before, contact) === undefined)]
}

/** R19: two contacts are the same person, and the request changes one of them. */
function hasDuplicate(before: ModelContact[], after: ModelContact[]): boolean {
  const isTouched = (contact: ModelContact): boolean => recordOf(formerOf(before, contact)) !== recordOf(contact)
  return after.some(contact =>
    after.some(other => other !== contact && isSame(other, contact) && (isTouched(contact) || isTouched(other))),
  )
}

/**
 * R17: a person comes to the address of another, and the request does not say that it is shared. A contact that comes
 * later finds the earlier ones there. A contact of a contract that has ended shares no account (R28).
 */
function sharesUnasked(
  state: ModelState,
  contract_id: string,
  after: ModelContact[],
  entering: ModelContact[],
): boolean {
  const elsewhere = state
    .inForce()
    .filter(
      holder =>
        holder.contract_id !== contract_id && state.customerOf(holder.contract_id) === state.customerOf(contract_id),
    )
  const present = [...elsewhere, ...after.filter(contact => !entering.includes(contact))]
  return entering.some(contact => {
    const holders = present.filter(({ email }) => email === contact.email).map(nameOf)
    present.push(contact)
    const isKnown = holders.includes(nameOf(contact)) // R19
    return !contact.shared_mailbox && !isKnown && holders.some(name => name !== nameOf(contact))
  })
}

function formerOf(before: ModelContact[], contact: ModelContact): ModelContact | undefined {
  return before.find(({ contact_id }) => contact_id === contact.contact_id)
}
