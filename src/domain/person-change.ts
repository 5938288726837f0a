import type { ContactPatch } from '#domain/change-operations.ts'
import { changedInput, readContactInput, type ContactInput } from '#domain/contact-input.ts'
import type { Contact } from '#domain/contact.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { personKey } from '#domain/person-key.ts'
import type { Refusal, UnknownReference } from '#domain/refusal.ts'
import { isPrimary, type DesiredContact, type Roster } from '#domain/roster.ts'

/** R34: who takes the role of a person who leaves, on one contract: a contact of it, or a new person. */
type PersonSuccessor = { contract_id: string } & ({ contact_id: string } | { new_contact: Omit<ContactInput, 'role'> })

/** R34: what concerns a person on all contracts of a customer: another name or address, or that they leave. */
export type PersonMatter =
  | { changes: Pick<ContactPatch, 'family_name' | 'given_name' | 'email' | 'shared_mailbox' | 'name_override'> }
  | { successors: readonly PersonSuccessor[] }

const CHANGES = '#/changes'
const SUCCESSORS = '#/successors'

/** The contacts of a person among these rosters (R19), each with its roster. */
export function contactsOfPerson(rosters: readonly Roster[], person: Contact): Contact[] {
  return rosters.flatMap(({ contacts }) => contacts.filter(contact => isThePerson(contact, person)))
}

/** The desired rosters that a person change leads to, one for each roster (R34). */
export function readPersonChange(
  rosters: readonly Roster[],
  person: Contact,
  matter: PersonMatter,
  newId: () => string,
): DesiredRoster[] {
  return 'changes' in matter
    ? changedRosters(rosters, person, matter)
    : leftRosters(rosters, person, matter.successors, newId)
}

function isThePerson(contact: Contact, person: Contact): boolean {
  return personKey(contact) === personKey(person)
}

/**
 * The name is that of the named contact with what changes of it, on every contract: elsewhere the same name may be
 * divided into other parts. What speaks against it is said once.
 */
function changedRosters(
  rosters: readonly Roster[],
  person: Contact,
  { changes }: Extract<PersonMatter, { changes: object }>,
): DesiredRoster[] {
  const { family_name = person.family_name, given_name = person.given_name } = changes
  const isRenamed = changes.family_name !== undefined || changes.given_name !== undefined
  const forAll = { ...changes, ...(isRenamed && { family_name, given_name }) }
  return rosters.map(({ contract, contacts }, index) => {
    const refusals: Refusal[] = []
    const desired = contacts.map(contact => {
      if (!isThePerson(contact, person)) return contact
      const read = readContactInput(changedInput(contact, forAll), contact.contact_id, {
        customer_name: contract.customer_name,
        pointer: CHANGES,
        present: () => contact,
        is_named: true,
      })
      if (index === 0) refusals.push(...read.refusals)
      return read.contact
    })
    return { contacts: desired, refusals, places: new Map(), whole: CHANGES }
  })
}

type Placed = { successor: PersonSuccessor; pointer: string }

/** The rosters without the person. A successor takes the role on their contract, a new one the seat too. */
function leftRosters(
  rosters: readonly Roster[],
  person: Contact,
  successors: readonly PersonSuccessor[],
  newId: () => string,
): DesiredRoster[] {
  const placed = Map.groupBy(
    successors.map((successor, index): Placed => ({ successor, pointer: `${SUCCESSORS}/${index}` })),
    ({ successor }) => successor.contract_id,
  )
  const faults = faultsOf(rosters, placed)
  return rosters.map((roster, index) => {
    const left = leftRoster(roster, person, placed.get(roster.contract.contract_id)?.[0], newId)
    return index === 0 ? { ...left, refusals: [...faults, ...left.refusals] } : left
  })
}

/** Successors on contracts that the person is not on, and several on one. */
function faultsOf(rosters: readonly Roster[], placed: ReadonlyMap<string, Placed[]>): Refusal[] {
  const known = new Set(rosters.map(({ contract }) => contract.contract_id))
  const unknown = [...placed].flatMap(([contract_id, places]) =>
    known.has(contract_id)
      ? []
      : places.map(({ pointer }) => reference(`${pointer}/contract_id`, 'contract', contract_id)),
  )
  const errors = [...placed.values()].flatMap(([, ...repeated]) =>
    repeated.map(({ pointer }) => ({ pointer: `${pointer}/contract_id`, code: 'duplicate' as const })),
  )
  return [
    ...(unknown.length === 0 ? [] : [{ type: 'unknown-reference' as const, references: unknown }]),
    ...(errors.length === 0 ? [] : [{ type: 'invalid-request' as const, errors }]),
  ]
}

function leftRoster(
  { contract, contacts }: Roster,
  person: Contact,
  placed: Placed | undefined,
  newId: () => string,
): DesiredRoster {
  const leaver = contacts.find(contact => isThePerson(contact, person))
  const others = contacts.filter(contact => contact !== leaver)
  const unchanged = { contacts: others, refusals: [], places: new Map(), whole: SUCCESSORS }
  if (placed === undefined || leaver === undefined) return unchanged
  const { successor, pointer } = placed
  if ('new_contact' in successor) {
    const read = readContactInput({ ...successor.new_contact, role: leaver.role }, newId(), {
      customer_name: contract.customer_name,
      pointer: `${pointer}/new_contact`,
    })
    const places = new Map([[read.contact.contact_id, `${pointer}/new_contact`]])
    return { ...unchanged, contacts: [...others, read.contact], refusals: read.refusals, places }
  }
  // A secondary has no role that a contact of the contract could take over.
  const next = isPrimary(leaver) ? others.find(contact => contact.contact_id === successor.contact_id) : undefined
  if (next === undefined) {
    const unknown = reference(`${pointer}/contact_id`, 'contact', successor.contact_id)
    return { ...unchanged, refusals: [{ type: 'unknown-reference', references: [unknown] }] }
  }
  const handedOver = others.map((contact): DesiredContact =>
    contact === next ? { ...contact, role: 'primary' } : contact,
  )
  return { ...unchanged, contacts: handedOver, places: new Map([[next.contact_id, pointer]]) }
}

function reference(pointer: string, resource: 'contact' | 'contract', id: string): UnknownReference {
  return { pointer, resource, id }
}
