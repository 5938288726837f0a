import type { Contact } from '#domain/contact.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import { sharedBefore, type PresentContact } from '#domain/contacts/present-person.ts'
import type { DesiredContact, Roster } from '#domain/roster.ts'
import type { LifecycleConflict } from '#domain/vocabulary.ts'

/** The places in the request that name the contract and its successor. */
export const FROM_CONTRACT = '#/from_contract_id'
export const TO_CONTRACT = '#/to_contract_id'

/** A contract and its successor. */
export type SuccessionRosters = { from: Roster; to: Roster }

/**
 * The contacts of a contract as their people are now (R34), and those in force of its customer. The contract ended at
 * `since`, if it has ended.
 */
type PeopleNow = { people: readonly Contact[]; present: readonly PresentContact[]; since: string }

/** R35: refuses a contract as its own successor. */
export function assertSuccessor(from_contract_id: string, to_contract_id: string): void {
  if (from_contract_id !== to_contract_id) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: TO_CONTRACT, code: 'same-contract' }] })
}

/**
 * The desired rosters of a contract and its successor (R35): all contacts go on under the successor, each as a new
 * contact that says from which it goes on. They leave the former contract in the same step, but not while it is in
 * force and the successor has not begun: until then the people inquire through the former one. `today` is a day in the
 * vendor's time zone. Refuses a successor of another customer; it would be a transfer (R36).
 */
export function readSuccession(
  { from, to }: SuccessionRosters,
  now: PeopleNow,
  today: string,
  newId: () => string,
): { from: DesiredRoster; to: DesiredRoster } {
  const { customer_id } = from.contract
  if (to.contract.customer_id !== customer_id) throw new RefusedError(conflict(to, TO_CONTRACT, 'other_customer'))
  const isNothing = from.contacts.length === 0
  const isTaken = to.contacts.length > 0
  const isPossible = !isNothing && !isTaken
  const isOver = hasEnded(from.contract, today)
  const isEarly = to.contract.starts_on > today && !isOver
  const carried = now.people.map(contact => ({
    ...carriedContact(contact, newId()),
    ...(goesOnSharing(contact, now, isOver) && { shared_mailbox: true }),
  }))
  return {
    from: {
      ...described(FROM_CONTRACT),
      contacts: isPossible && !isEarly ? [] : from.contacts,
      refusals: isNothing ? [conflict(from, FROM_CONTRACT, 'has_no_contacts')] : [],
    },
    to: {
      ...described(TO_CONTRACT),
      contacts: isPossible ? carried : to.contacts,
      refusals: isTaken ? [conflict(to, TO_CONTRACT, 'has_contacts')] : [],
    },
  }
}

function described(whole: string): Pick<DesiredRoster, 'places' | 'whole'> {
  return { places: new Map(), whole }
}

function conflict({ contract }: Roster, pointer: string, because: LifecycleConflict): Refusal {
  return { type: 'state-conflict', contract_id: contract.contract_id, because, pointers: [pointer] }
}

/**
 * R17: people who share a mailbox go on sharing it: with each other, and with those who had it already when the
 * contract ended.
 */
function goesOnSharing(contact: Contact, { people, present, since }: PeopleNow, isOver: boolean): boolean {
  const { email_key } = contact
  if (people.some(other => other.email_key === email_key && nameKey(other) !== nameKey(contact))) return true
  return isOver ? sharedBefore({ email_key, removed_at: since }, present) : contact.mailbox_shared
}

/** The contact on the successor. */
function carriedContact(contact: Contact, contact_id: string): DesiredContact {
  const { privacy_notice_version, privacy_notice_shown_at, registered_at } = contact
  return {
    contact_id,
    carried_from: contact.contact_id,
    first_registered_at: contact.first_registered_at,
    role: contact.role,
    duties: contact.duties,
    family_name: contact.family_name,
    given_name: contact.given_name,
    name_doubtful: contact.name_doubtful,
    email: contact.email,
    email_key: contact.email_key,
    privacy_notice_version,
    privacy_notice_shown_at: privacy_notice_shown_at ?? (privacy_notice_version === null ? null : registered_at),
  }
}
