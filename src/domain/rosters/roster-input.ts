import { changedInput, readContactInput, type ContactInput } from '#domain/contacts/contact-input.ts'
import type { Contact } from '#domain/contact.ts'
import { personKey } from '#domain/person-key.ts'
import { MOST_REFUSALS, type InvalidField, type Refusal, type UnknownReference } from '#domain/refusal.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { removalRefusals } from '#domain/rosters/removal-guard.ts'
import { compareRoster, type Roster, type DesiredContact } from '#domain/roster.ts'

/**
 * One contact of a roster as a request describes it: the contact that is there already, with what changes of it, or a
 * person described whole, who may be there already.
 */
export type RosterContactInput =
  (Partial<ContactInput> & { contact_id: string }) | (ContactInput & { contact_id: null })

export type RosterInput = {
  contacts: readonly RosterContactInput[]
  confirm_removals: number | null
  /** The customer of the roster that is sent back; null where the request does not say. */
  customer_id: string | null
  /** The privacy notice of the newcomers that have none of their own. */
  privacy_notice_version: string | null
  /** Whether the privacy notice of newcomers may be unknown: in an import alone (R32). */
  may_be_unknown?: boolean
}

const WHOLE = '#/contacts'

// The fields of a person under an unknown id: the service refuses the id, and still judges the other fields.
const UNSAID = { role: 'secondary', duties: [], given_name: null } as const

/** A list while it is read: the roster that it is compared with, and what is found on the way. */
type Reading = {
  roster: Roster
  privacy_notice_version: string | null
  may_be_unknown: boolean
  present: ReadonlyMap<string, Contact>
  persons: ReadonlyMap<string, readonly Contact[]>
  /** The present contacts that the list holds so far. */
  claimed: Set<string>
  refusals: Refusal[]
  references: UnknownReference[]
}

/**
 * Reads the desired list of a contract's contacts. Contacts are found again by `contact_id`, else by person and
 * address. Refuses, all at once: contacts that cannot be read, ids that the roster does not hold or that come twice,
 * derived fields that differ from the registry's, and removals that `confirm_removals` has to confirm and does not.
 */
export function readRoster(
  roster: Roster,
  { contacts, confirm_removals, customer_id, privacy_notice_version, may_be_unknown = false }: RosterInput,
  newId: () => string,
): DesiredRoster {
  const reading: Reading = {
    roster,
    privacy_notice_version,
    may_be_unknown,
    present: new Map(roster.contacts.map(contact => [contact.contact_id, contact])),
    persons: Map.groupBy(roster.contacts, personKey),
    claimed: new Set(),
    refusals: [],
    references: [],
  }
  if (customer_id !== null && customer_id !== roster.contract.customer_id)
    reading.refusals.push(invalid({ pointer: '#/customer_id', code: 'read-only' }))
  // All ids first, so that a contact which the list names later is not found before by person and address.
  const named = contacts.map(({ contact_id }, index) => claimNamed(reading, contact_id, `${WHOLE}/${index}/contact_id`))
  const listed = contacts.map((input, index) =>
    readListed(reading, input, { contact_id: named[index], pointer: `${WHOLE}/${index}` }, newId),
  )
  const desired = listed.filter(contact => contact !== undefined)
  const { refusals, references } = reading
  if (references.length > 0)
    refusals.push({ type: 'unknown-reference', references: references.slice(0, MOST_REFUSALS) })
  return {
    contacts: desired,
    refusals: [...refusals, ...removalRefusals(roster, desired, confirm_removals)],
    places: new Map(listed.map((contact, index) => [contact?.contact_id ?? '', `${WHOLE}/${index}`])),
    whole: WHOLE,
  }
}

/**
 * Whether the roster already is what the list says, so that nothing would change. Fields that were sent back may be of
 * an earlier roster, and so may the number of removals.
 */
export function isWhatRosterSays(roster: Roster, input: RosterInput, newId: () => string): boolean {
  const contacts = input.contacts.map(contact => ({ ...contact, derived: {} }))
  const desired = readRoster(roster, { ...input, contacts, confirm_removals: null }, newId)
  const { added, changed, removed } = compareRoster(roster.contacts, desired.contacts)
  return [added, changed, removed, desired.refusals].every(list => list.length === 0)
}

/** The id of the present contact that the list names; refuses an unknown id, and one that came before. */
function claimNamed(
  { present, claimed, refusals, references }: Reading,
  contact_id: string | null,
  pointer: string,
): string | undefined {
  if (contact_id === null) return undefined
  if (claimed.has(contact_id)) refusals.push(invalid({ pointer, code: 'duplicate' }))
  else if (!present.has(contact_id)) references.push({ pointer, resource: 'contact', id: contact_id })
  else return claim(claimed, contact_id)
  return undefined
}

/**
 * One contact of the list, under the id of the present contact that it is, else under a new one. Undefined for an id
 * that is refused and comes without a person.
 */
function readListed(
  { roster, present, persons, claimed, refusals, privacy_notice_version, may_be_unknown }: Reading,
  input: RosterContactInput,
  { contact_id, pointer }: { contact_id: string | undefined; pointer: string },
  newId: () => string,
): DesiredContact | undefined {
  const named = input.contact_id === null ? undefined : present.get(input.contact_id)
  const described = named === undefined ? { ...UNSAID, privacy_notice_version, ...input } : changedInput(named, input)
  if (!isPerson(described)) return undefined
  const isFoundByName = input.contact_id === null
  const read = readContactInput(described, contact_id ?? newId(), {
    customer_name: roster.contract.customer_name,
    pointer,
    present: read => (isFoundByName ? persons.get(personKey(read))?.[0] : named),
    is_named: named !== undefined,
    is_judged: refusals.length < MOST_REFUSALS,
    may_be_unknown,
  })
  const same = isFoundByName ? sameAs(read.contact, persons, claimed) : undefined
  const contact = same === undefined ? read.contact : { ...read.contact, contact_id: claim(claimed, same.contact_id) }
  refusals.push(...read.refusals)
  return contact
}

function isPerson(input: Partial<ContactInput>): input is ContactInput {
  return input.family_name !== undefined && input.email !== undefined
}

function claim(claimed: Set<string>, contact_id: string): string {
  claimed.add(contact_id)
  return contact_id
}

/** The contact that is the same person at the same address (R19), unless the list names it elsewhere. */
function sameAs(
  desired: DesiredContact,
  persons: ReadonlyMap<string, readonly Contact[]>,
  claimed: ReadonlySet<string>,
): Contact | undefined {
  return persons.get(personKey(desired))?.find(contact => !claimed.has(contact.contact_id))
}

function invalid(error: InvalidField): Refusal {
  return { type: 'invalid-request', errors: [error] }
}
