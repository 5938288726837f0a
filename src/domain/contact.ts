import { fullName, type PersonName } from '#domain/person-name.ts'
import type { Duty, Role } from '#domain/vocabulary.ts'

/** One person registered on one contract, as the registry stores it. */
export type Contact = PersonName & {
  contact_id: string
  contract_id: string
  customer_id: string
  account_id: string
  role: Role
  duties: Duty[]
  name_doubtful: boolean
  email: string
  email_key: string
  /** Whether several people in force use the address, on whichever contracts (R17, R18): what its account shows. */
  mailbox_shared: boolean
  /** Null only where a registration is older than the registry (R32). */
  privacy_notice_version: string | null
  privacy_notice_shown_at: string | null
  registered_at: string
  /** When the person was first registered, also as the contact that this one was carried from. */
  first_registered_at: string
  /** The former contact of the same person that this one goes on from; null where there is none. */
  carried_from: string | null
  removed_at: string | null
  /** When the person's data was erased (R33): names and address are then words in their place. */
  erased_at?: string | null
  /** When a field of its own last changed. */
  updated_at: string
}

/** A contact as it is answered, and as its entity tag sums it up. */
export function contactView(contact: Omit<Contact, 'email_key'>) {
  return {
    contact_id: contact.contact_id,
    contract_id: contact.contract_id,
    customer_id: contact.customer_id,
    account_id: contact.account_id,
    role: contact.role,
    duties: contact.duties,
    family_name: contact.family_name,
    given_name: contact.given_name,
    name: fullName(contact),
    name_doubtful: contact.name_doubtful,
    email: contact.email,
    mailbox_shared: contact.mailbox_shared,
    privacy_notice_version: contact.privacy_notice_version,
    privacy_notice_shown_at: contact.privacy_notice_shown_at,
    registered_at: contact.registered_at,
    first_registered_at: contact.first_registered_at,
    carried_from: contact.carried_from,
    removed_at: contact.removed_at,
    updated_at: contact.updated_at,
  }
}

export type ContactView = ReturnType<typeof contactView>

/** A contact as it is answered where it may be erased: then without names and address (R33). */
export function contactAnswer(contact: Omit<Contact, 'email_key'>) {
  const view = contactView(contact)
  if (contact.erased_at == null) return view
  return { ...view, family_name: null, given_name: null, name: null, email: null, erased_at: contact.erased_at }
}
