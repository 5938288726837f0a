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
  shared_mailbox: boolean
  /** Null only where a registration is older than the registry (R32). */
  privacy_notice_version: string | null
  privacy_notice_shown_at: string | null
  registered_at: string
  removed_at: string | null
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
    shared_mailbox: contact.shared_mailbox,
    privacy_notice_version: contact.privacy_notice_version,
    privacy_notice_shown_at: contact.privacy_notice_shown_at,
    registered_at: contact.registered_at,
    removed_at: contact.removed_at,
    updated_at: contact.updated_at,
  }
}

export type ContactView = ReturnType<typeof contactView>
