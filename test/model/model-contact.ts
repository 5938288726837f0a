import type { Person, PersonPatch, Role } from '../helpers/registry-operations.ts'

export type ModelContact = Person & { contact_id: string; contract_id: string; role: Role; duties: string[] }

export const NEW = '' // the id of a contact that is not registered yet

export function newContact(
  contract_id: string,
  { family_name, given_name, email, shared_mailbox = false }: Person,
  role: Role,
): ModelContact {
  return { family_name, given_name, email, shared_mailbox, role, duties: [], contract_id, contact_id: NEW }
}

export function patchedContact(contact: ModelContact, { duties, ...patch }: PersonPatch): ModelContact {
  return { ...contact, ...patch, ...(duties !== undefined && { duties: duties ?? [] }) }
}

export function nameOf({ family_name, given_name }: Person): string {
  return [family_name, given_name].join(' ')
}

/** R19: the same name at the same address. */
export function isSame(a: Person, b: Person): boolean {
  return a.email === b.email && nameOf(a) === nameOf(b)
}

/** All that the registry keeps of a contact, as a text to compare. */
export function recordOf(contact: ModelContact | undefined): string | undefined {
  if (contact === undefined) return undefined
  const { contact_id, role, family_name, given_name, email, duties } = contact
  return JSON.stringify([contact_id, role, family_name, given_name, email, duties.toSorted()])
}

/** R13: a department is no person; no contact has its name yet. */
export function nameProblems(people: readonly Partial<Person>[]): string[] {
  return people.some(({ family_name }) => family_name === '経理部') ? ['422 name-not-personal'] : []
}
