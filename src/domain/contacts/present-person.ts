import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { isStillThePerson, personKey } from '#domain/person-key.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { DesiredContact } from '#domain/roster.ts'

type Identity = PersonName & { email: string; email_key: string }

/** The name and the address that a contact had until a moment; `is_same` where a person change ended that. */
type FormerIdentity = PersonName & { email: string; is_same: boolean; until: string }

/** A contact, with the names and addresses that it has had since a moment. */
export type PresentContact = Identity & {
  contact_id: string
  name_doubtful: boolean
  first_registered_at: string
  former: FormerIdentity[]
}

/**
 * R34: a contact that was out of force while its person got another name or address, as that person is now. A person
 * who is not among the other contacts in force, or is there unchanged, stays as they were. `since` is the moment from
 * which the contact had its name and address.
 */
export function asPresentPerson<Known extends DesiredContact>(
  contact: Known,
  others: readonly PresentContact[],
  since = '',
): Known {
  const key = personKey(contact)
  if (others.some(other => personKey(other) === key)) return contact
  const isFormer = ({ former, ...other }: PresentContact): boolean =>
    former.some(known => known.until > since && isFormerly(known, key, contact, other))
  const same = others.find(isFormer)
  if (same === undefined) return contact
  const { family_name, given_name, name_doubtful, email, email_key } = same
  return { ...contact, family_name, given_name, name_doubtful, email, email_key }
}

/**
 * The contacts of a contract that comes back into force, as their people are now; no person twice (R19). `present` are
 * the customer's contacts in force, with those of this contract.
 */
export function asPresentPeople<Known extends DesiredContact>(
  contacts: readonly Known[],
  present: readonly PresentContact[],
): Known[] {
  const own = new Map(contacts.map(({ contact_id }) => [contact_id, '']))
  for (const { contact_id, former } of present) if (own.has(contact_id)) own.set(contact_id, former.at(-1)?.until ?? '')
  const others = present.filter(({ contact_id }) => !own.has(contact_id))
  const keys = new Set(contacts.map(personKey))
  return contacts.map(contact => {
    const after = asPresentPerson(contact, others, own.get(contact.contact_id))
    const key = personKey(after)
    if (after === contact || keys.has(key)) return contact
    keys.add(key)
    return after
  })
}

/**
 * R17: whether a contact that comes back only returns to a mailbox that it shared: all people who have the address now
 * were there before the contact was removed.
 */
export function sharedBefore(
  { email_key, removed_at }: { email_key: string; removed_at: string },
  present: readonly PresentContact[],
): boolean {
  return present
    .filter(other => other.email_key === email_key)
    .every(other => other.first_registered_at < removed_at && !other.former.some(former => keyOf(former) !== email_key))
}

function isFormerly(former: FormerIdentity, key: string, contact: PersonName, present: PersonName): boolean {
  const email_key = keyOf(former)
  if (email_key === undefined || personKey({ ...former, email_key }) !== key) return false
  return former.is_same || isStillThePerson(contact, present)
}

function keyOf({ email }: FormerIdentity): string | undefined {
  return parseEmailAddress(email)?.email_key
}
