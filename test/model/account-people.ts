import { nameOf, type ModelContact } from './model-contact.ts'

/** A contact in force, and whose it is. */
export type Held = ModelContact & { customer_id: string }

/** Where the account of one person goes, who leaves the address, alone and under one of the names. */
export function newAddress(email: string, was: readonly Held[], after: readonly Held[]): string | undefined {
  const [user, ...others] = was
  if (user === undefined || others.some(other => nameOf(other) !== nameOf(user))) return undefined
  const now = heldAt(after, user.customer_id, email)
  if (was.some(contact => now.some(other => isPerson(other, contact.contact_id, nameOf(contact))))) return undefined
  const moved = was.map(contact =>
    after.find(other => other.contact_id === contact.contact_id && isStill(contact, other)),
  )
  return moved.find(contact => contact !== undefined)?.email
}

function isStill(before: ModelContact, after: ModelContact): boolean {
  const isGiven = before.given_name !== null && before.given_name === after.given_name
  return before.family_name === after.family_name || isGiven
}

export function heldAt(contacts: readonly Held[], customer_id: string, email: string): Held[] {
  return contacts.filter(contact => contact.customer_id === customer_id && contact.email === email)
}

export function isPerson(contact: ModelContact, contact_id: string, name: string): boolean {
  return contact.contact_id === contact_id || nameOf(contact) === name
}

export function addressOf({ customer_id, email }: { customer_id: string; email: string }): string {
  return `${customer_id} ${email}`
}

export function firstOf(contacts: readonly Held[]): string {
  return contacts[0]?.contact_id ?? ''
}
