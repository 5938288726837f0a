import type { Contact } from '#domain/contact.ts'
import type { ContractTerm } from '#domain/contracts/contract-term.ts'
import type { NameNote } from '#domain/name-note.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'
import type { MailState, Role } from '#domain/vocabulary.ts'

/** A contract as far as its roster is concerned. `seats_used` counts the contacts that are there. */
export type RosterContract = ContractTerm & {
  contract_id: string
  customer_id: string
  customer_name: string
  seat_limit: number
  seats_used: number
  registered_at: string | null
  /** When it or its roster last changed: no later change is recorded before this. */
  changed_at: string
  /** When its end was recorded (R28); null while it has not been. */
  end_recorded_at: string | null
  /** Whether its first day is still to be recorded (R37). */
  awaits_start: boolean
  /** Since when it has more contacts than seats (R27); null while it has not. */
  over_since: string | null
}

/** The present contacts of one contract, in the order of their registration. */
export type Roster = { contract: RosterContract; contacts: readonly Contact[] }

// What the registry finds or gives, and no request describes.
type GivenByRegistry =
  | 'contract_id'
  | 'customer_id'
  | 'account_id'
  | 'mailbox_shared'
  | 'registered_at'
  | 'first_registered_at'
  | 'carried_from'
  | 'removed_at'
  | 'updated_at'

/** What a request says of a contact that comes back; the rest is as it was. A role of null is that of before. */
export type Restoration = { role: Role | null; shared_mailbox: boolean }

/** What a request says of a contact, and the registry records without storing it. */
type Statements = {
  name_note?: NameNote
  /** R17: the statement that several people use the mailbox. It is needed where a contact comes to the address. */
  shared_mailbox?: boolean
  /** What the request says of a contact that it brings back. */
  restoration?: Restoration
  /** R39: when a newcomer was registered, where an import says that this was before the registry knew of it. */
  registered_before?: string
}

/**
 * A contact as it shall be. A `contact_id` that the roster does not hold is a new contact; without
 * `privacy_notice_shown_at` it is shown the notice at its registration.
 */
export type DesiredContact = Omit<Contact, GivenByRegistry> &
  Statements &
  Partial<Pick<Contact, 'first_registered_at' | 'carried_from'>>

/** A contact as it is written, with what is to be said and recorded of it. */
export type WrittenContact = Contact & Statements

/** One contact before and after a change. */
type ContactChange = { before: Contact; after: DesiredContact }

/** The difference between the present roster and the desired one. */
export type RosterDifference = {
  added: DesiredContact[]
  changed: ContactChange[]
  kept: WrittenContact[]
  removed: Contact[]
}

/** An account as the table has it. */
export type StoredAccount = {
  account_id: string
  customer_id: string
  email: string
  email_key: string
  opened_at: string
  closed_at: string | null
  password_set_at: string | null
  /** Since when the people who have it now have it. */
  in_use_since: string
  /** Whether mail reaches the address (R31). */
  mail_state: MailState
}

/** A person who used an account, and may still know its password (R21). */
export type FormerPerson = PersonName & {
  contact_id: string
  left_at: string
  at_closing: boolean
  is_erased?: boolean
}

/** The account of an address, with its contacts on contracts other than those that the change is of. */
export type AddressAccount = StoredAccount & {
  /** Contacts of other contracts, those of ended contracts left out (R28). */
  elsewhere: AccountContact[]
  /** Contacts of other contracts that ended by their dates, where the end is not recorded yet. */
  run_out: AccountContact[]
  /** The help desk's own id of the user who has the account there. */
  external_id: string | null
  /** People who left the mailbox while others used it, or used the account when it closed (`at_closing`). */
  residual_access: FormerPerson[]
  /** The customer's own account, which is closed, where another customer has the open one. */
  closed?: AddressAccount
}

/**
 * The accounts of the addresses concerned, by their comparison key: the open one, else the customer's own closed one.
 * An address without either is absent.
 */
export type AddressAccounts = ReadonlyMap<string, AddressAccount>

/** All accounts of addresses that several customers may know: the open one first, then the closed ones. */
export type CustomersAccounts = ReadonlyMap<string, readonly AddressAccount[]>

/** Whether a contact is the primary of its contract (R10). */
export function isPrimary({ role }: { role: Role }): boolean {
  return role === 'primary'
}

/** The primary of a roster (R10); undefined where it has no contacts. */
export function primaryOf<Contact extends { role: Role }>(contacts: readonly Contact[]): Contact | undefined {
  return contacts.find(isPrimary)
}

/** Compares a roster with the desired one: contacts are matched by `contact_id`, and one that says the same is kept. */
export function compareRoster(present: readonly Contact[], desired: readonly DesiredContact[]): RosterDifference {
  const before = new Map(present.map(contact => [contact.contact_id, contact]))
  const after = new Set(desired.map(contact => contact.contact_id))
  const difference: RosterDifference = {
    added: [],
    changed: [],
    kept: [],
    removed: present.filter(contact => !after.has(contact.contact_id)),
  }
  for (const contact of desired) {
    const old = before.get(contact.contact_id)
    if (old === undefined) difference.added.push(contact)
    else if (saysTheSame(old, contact)) difference.kept.push(keptContact(old, contact))
    else difference.changed.push({ before: old, after: contact })
  }
  return difference
}

/** A contact that stays as it is, with the warnings about the name as the request wrote it (山田様). */
function keptContact(present: Contact, { name_note }: DesiredContact): WrittenContact {
  return name_note === undefined || name_note.warnings.length === 0 ? present : { ...present, name_note }
}

/** The contacts that come to an address with a change: those that are added, and those that get another address. */
export function entering({ added, changed }: Pick<RosterDifference, 'added' | 'changed'>): DesiredContact[] {
  return [
    ...changed.filter(({ before, after }) => before.email_key !== after.email_key).map(({ after }) => after),
    ...added,
  ]
}

const DESIRED_FIELDS = [
  'role',
  'family_name',
  'given_name',
  'name_doubtful',
  'email',
  'email_key',
  'privacy_notice_version',
  'privacy_notice_shown_at',
] as const satisfies readonly (keyof DesiredContact)[]

/** Whether two descriptions of a contact say the same. */
export function saysTheSame(present: DesiredContact, desired: DesiredContact): boolean {
  return (
    DESIRED_FIELDS.every(field => present[field] === desired[field]) && present.duties.join() === desired.duties.join()
  )
}
