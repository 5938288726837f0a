import type { ContactPatch } from '#domain/change-requests/change-operations.ts'
import { changedInput, readContactInput, type ContactInput } from '#domain/contacts/contact-input.ts'
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

/** A person change as a change request asks for it, of the person of a contact. */
export type AskedPersonChange = { contact_id: string } & PersonMatter

/** A person change as it is kept: what was sent back with it is compared when it is filed, and holds only then. */
export function keptPersonChange(asked: AskedPersonChange): AskedPersonChange {
  if ('changes' in asked) return asked
  const successors = asked.successors.map(successor => {
    if (!('new_contact' in successor)) return successor
    const { derived: _sent, ...new_contact } = successor.new_contact
    return { ...successor, new_contact }
  })
  return { ...asked, successors }
}

/** A person change in the form in which requests describe it. */
export function personChangeBody(asked: AskedPersonChange) {
  const kept = keptPersonChange(asked)
  const { contact_id } = kept
  if ('successors' in kept) return { contact_id, leaves: true as const, successors: kept.successors }
  const { shared_mailbox, name_override, ...changes } = kept.changes
  return {
    contact_id,
    changes,
    ...(shared_mailbox === true && { shared_mailbox }),
    ...(name_override != null && { name_override }),
  }
}

/** The contacts of a person among these rosters (R19), each with its roster. */
export function contactsOfPerson(rosters: readonly Roster[], person: Contact): Contact[] {
  return rosters.flatMap(({ contacts }) => contacts.filter(contact => isThePerson(contact, person)))
}

/** The desired rosters that a person change leads to, one for each roster (R34). */
export function readPersonChange(
  rosters: readonly Roster[],
  person: Contact,
  matter: PersonMatter,
  { newId, pointer = '#' }: { newId: () => string; pointer?: string },
): DesiredRoster[] {
  return 'changes' in matter
    ? changedRosters(rosters, person, matter, `${pointer}/changes`)
    : leftRosters(rosters, person, matter.successors, { newId, whole: `${pointer}/successors` })
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
  whole: string,
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
        pointer: whole,
        present: () => contact,
        is_named: true,
      })
      if (index === 0) refusals.push(...read.refusals)
      return read.contact
    })
    return { contacts: desired, refusals, places: new Map(), whole }
  })
}

type Placed = { successor: PersonSuccessor; pointer: string }

/** Where the successors are described, and the source of ids for new people. */
type Described = { newId: () => string; whole: string }

/** The rosters without the person. A successor takes the role on their contract, a new one the seat too. */
function leftRosters(
  rosters: readonly Roster[],
  person: Contact,
  successors: readonly PersonSuccessor[],
  described: Described,
): DesiredRoster[] {
  const placed = Map.groupBy(
    successors.map((successor, index): Placed => ({ successor, pointer: `${described.whole}/${index}` })),
    ({ successor }) => successor.contract_id,
  )
  const faults = faultsOf(rosters, placed)
  return rosters.map((roster, index) => {
    const left = leftRoster(roster, person, placed.get(roster.contract.contract_id)?.[0], described)
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
  { newId, whole }: Described,
): DesiredRoster {
  const leaver = contacts.find(contact => isThePerson(contact, person))
  const others = contacts.filter(contact => contact !== leaver)
  const unchanged = { contacts: others, refusals: [], places: new Map(), whole }
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
