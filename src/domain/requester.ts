import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { likenessKey, nameKey } from '#domain/names/name-keys.ts'
import { titleOf } from '#domain/names/name-titles.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import { MOST_REFUSALS, RefusedError } from '#domain/refusal.ts'
import type { RequesterInput } from '#domain/requester-input.ts'
import { primaryOf } from '#domain/roster.ts'
import type { Role } from '#domain/vocabulary.ts'

/** The person who asked, with the contact that they are; null where they are no contact of the contract (R25). */
export type RequestedBy = RequesterInput

/** Who asked for a change, as the request says; the person is still to be found among the contacts. */
export type Asking = {
  requested_by: RequesterInput | null
  /** Whether the client may read contacts, and so learn who the requester may be. */
  reads_contacts: boolean
  /** Where the request names the contact. */
  pointer: string
  /** Where that is no place in the body. */
  in?: 'query'
}

/** Who asked for a change, where the registry has found that before, or no person at the customer did. */
export type Settled = { settled: RequestedBy | null }

/** For changes that come from other systems or from the service itself. */
export const NOBODY_ASKED: Settled = { settled: null }

/** A contact as far as a requester is known by it. */
export type KnownContact = PersonName & { contact_id: string; email_key: string; role: Role }

/**
 * R25: the person who asked, found among contacts: of one contract, or of all contracts that the matter is about.
 * Refuses a contact that is not among them, and a requester who may be one of several people.
 */
export function settledRequester(contacts: readonly KnownContact[], asking: Asking | Settled): RequestedBy | null {
  if ('settled' in asking) return asking.settled
  const { requested_by } = asking
  if (requested_by === null) return null
  return { ...requested_by, contact_id: requesterAmong(contacts, requested_by, asking)?.contact_id ?? null }
}

/**
 * All contacts that the requester is: over several contracts the requester is a person. Empty for a stranger, null
 * where no person asked.
 */
export function requesterIds(
  contacts: readonly KnownContact[],
  requested_by: RequestedBy | null,
): ReadonlySet<string> | null {
  return requested_by === null ? null : contactsOfRequester(contacts, requested_by.contact_id)
}

/** A contact, and the other contacts of the same person; none without a contact. */
export function contactsOfRequester(contacts: readonly KnownContact[], contact_id: string | null): ReadonlySet<string> {
  const found = contacts.find(contact => contact.contact_id === contact_id)
  const same = contacts.filter(other => found !== undefined && isSamePerson(found, other))
  return new Set([...(contact_id === null ? [] : [contact_id]), ...same.map(contact => contact.contact_id)])
}

function isSamePerson(one: KnownContact, other: KnownContact): boolean {
  return one.email_key === other.email_key && nameKey(one) === nameKey(other)
}

/**
 * The contact named by its id; else the person at the address whom the name fits. An address of one person needs no
 * name. A name without an address proves nothing, because every caller can say a name: such a requester is a stranger.
 * So is a requester whose name fits no person at the address: no request counts as another person's.
 */
function requesterAmong(
  contacts: readonly KnownContact[],
  { contact_id, name, email }: RequesterInput,
  { reads_contacts, ...place }: Asking,
): KnownContact | undefined {
  if (contact_id !== null) return namedContact(contacts, contact_id, place)
  const email_key = email === null ? undefined : parseEmailAddress(email)?.email_key
  const people = peopleAt(contacts, email_key).filter(([person]) => name === null || fits(person, name))
  const [found, ...others] = people
  if (found === undefined) return undefined
  if (others.length === 0) return primaryOf(found) ?? found[0]
  const candidates = people.slice(0, MOST_REFUSALS).map(([person]) => candidateOf(person))
  throw new RefusedError({ type: 'requester-ambiguous', ...(reads_contacts && { candidates }) })
}

function namedContact(
  contacts: readonly KnownContact[],
  contact_id: string,
  { in: part, pointer }: Pick<Asking, 'in' | 'pointer'>,
): KnownContact {
  const contact = contacts.find(other => other.contact_id === contact_id)
  if (contact !== undefined) return contact
  throw new RefusedError({
    type: 'unknown-reference',
    references: [{ ...(part && { in: part }), pointer, resource: 'contact', id: contact_id }],
  })
}

type ContactsOfPerson = [KnownContact, ...KnownContact[]]

/** The people at an address, each with their contacts. */
function peopleAt(contacts: readonly KnownContact[], email_key: string | undefined): ContactsOfPerson[] {
  const behind = contacts.filter(contact => contact.email_key === email_key)
  return [...Map.groupBy(behind, nameKey).values()] as ContactsOfPerson[] // no group is empty
}

/**
 * Whether a name as it was given means a contact: the whole name in either order or the family name alone, with a title
 * (佐藤様) or without.
 */
export function fits({ family_name, given_name }: PersonName, name: string): boolean {
  const asked = { family_name: name, given_name: null }
  const keys = new Set(
    [
      { family_name, given_name },
      { family_name: given_name ?? '', given_name: family_name },
      { family_name, given_name: null },
    ].map(likenessKey),
  )
  return [asked, titleOf(asked)?.rest ?? asked].some(written => keys.has(likenessKey(written)))
}

function candidateOf(person: KnownContact) {
  return { contact_id: person.contact_id, name: fullName(person) }
}
