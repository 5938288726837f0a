import type { Static } from 'typebox'
import type { RosterContactInput, RosterInput } from '#domain/rosters/roster-input.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { contactChangesOf, filled, personOf } from '#http/request/rosters/contact-body.ts'
import type * as rosters from '#http/schemas/rosters/rosters.ts'

type ListedContact = Static<typeof rosters.RosterContactInput>
type Person = ListedContact & { family_name: string; email: string }

/**
 * A list of contacts as it shall be. A contact that is listed by its id needs no other field; refuses, all at once, a
 * person without one who has no family name or address.
 */
export function rosterInputOf({ contacts, ...list }: Static<typeof rosters.RosterInput>): RosterInput {
  const missing = contacts.flatMap(missingFields)
  if (missing.length > 0) throw invalidRequest(...missing)
  const { confirm_removals = null, customer_id = null, privacy_notice_version = null } = list
  return { contacts: contacts.map(listedContactOf), confirm_removals, customer_id, privacy_notice_version }
}

function missingFields(contact: ListedContact, index: number): FieldError[] {
  if (hasId(contact)) return []
  return (['family_name', 'email'] as const)
    .filter(field => contact[field] == null)
    .map(field => ({ in: 'body', pointer: `#/contacts/${index}/${field}`, code: 'required' }))
}

function hasId(contact: ListedContact): contact is ListedContact & { contact_id: string } {
  return typeof contact.contact_id === 'string'
}

function listedContactOf(contact: ListedContact, index: number): RosterContactInput {
  const pointer = `#/contacts/${index}`
  if (hasId(contact)) {
    const { contact_id, role, ...changes } = contact
    return {
      contact_id,
      ...contactChangesOf(changes, pointer),
      ...(role !== undefined && { role: role ?? 'secondary' }),
    }
  }
  const { role, contract_id, customer_id, removed_at, ...person } = contact as Person
  const input = personOf(person)
  const derived = { ...input.derived, ...filled({ contract_id, customer_id, removed_at }) }
  return { ...input, contact_id: null, role: role ?? 'secondary', derived }
}
