import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import { hasEnded } from '#domain/contract-term.ts'
import type { NameWarning } from '#domain/name-note.ts'
import { fullName } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'
import { contactsAfter, type RosterPlan } from '#domain/roster-plan.ts'
import { isPrimary, type AddressAccount, type AddressAccounts, type Roster } from '#domain/roster.ts'
import { seatCount, type SeatCount } from '#domain/seat-limit.ts'
import { displayName } from '#domain/support-account.ts'
import type { Role } from '#domain/vocabulary.ts'

/**
 * A contact as it would be. Ids and times that applying the plan gives are not shown: no preview can know them. So
 * `privacy_notice_shown_at` is null where it would be the moment of registration.
 */
type PlannedContact = Omit<
  ContactView,
  'contact_id' | 'account_id' | 'registered_at' | 'removed_at' | 'updated_at' | 'contract_id' | 'customer_id'
>

type RoleChange = { contact_id: string | null; name: string; before: Role | null; after: Role | null }

type AccountChanges = {
  opened: { email: string; display_name: string | null }[]
  renamed: { account_id: string; email: string; before: string | null; after: string | null }[]
  closed: { account_id: string; email: string; display_name: string | null }[]
  /** People who leave a mailbox that others still use: they may still read it (R21). */
  residual_access: { account_id: string; contact_id: string; name: string }[]
}

/** The changes of a plan, as a client sees them before it applies the plan. */
export type RosterPreview = {
  contract_id: string
  added: PlannedContact[]
  changed: { contact_id: string; before: ContactView; after: PlannedContact; fields: string[] }[]
  removed: ContactView[]
  role_changes: RoleChange[]
  accounts: AccountChanges
  seats: { before: SeatCount; after: SeatCount }
  refusals: readonly Refusal[]
  warnings: readonly NameWarning[]
}

/** Shows a plan: its contacts, roles, accounts and seats before and after, and every rule that it breaks. */
export function rosterPreview(
  roster: Roster,
  plan: RosterPlan,
  accounts: AddressAccounts,
  today: string,
): RosterPreview {
  const { contract, contacts } = roster
  return {
    contract_id: contract.contract_id,
    added: plan.added.map(contact => plannedContact({ ...contact, ...noticeOf(contact) })),
    changed: plan.changed.map(({ before, after }) => ({
      contact_id: before.contact_id,
      before: contactView(before),
      after: plannedContact(after),
      fields: changedFields(before, after),
    })),
    removed: plan.removed.map(contact => contactView({ ...contact, removed_at: null })),
    role_changes: roleChanges(plan),
    accounts: accountChanges(roster, plan, accounts, today),
    seats: {
      before: seatCount(contract.seat_limit, contacts.length),
      after: seatCount(contract.seat_limit, plan.seats_used),
    },
    refusals: plan.refusals,
    warnings: plan.warnings,
  }
}

function plannedContact(contact: Contact): PlannedContact {
  const { role, duties, family_name, given_name, name_doubtful, email, shared_mailbox } = contact
  return {
    role,
    duties,
    family_name,
    given_name,
    name: fullName(contact),
    name_doubtful,
    email,
    shared_mailbox,
    privacy_notice_version: contact.privacy_notice_version,
    privacy_notice_shown_at: contact.privacy_notice_shown_at,
  }
}

/** A contact who sees the notice at the registration has no moment of it yet. */
function noticeOf({ privacy_notice_shown_at, registered_at }: Contact): Pick<Contact, 'privacy_notice_shown_at'> {
  return { privacy_notice_shown_at: privacy_notice_shown_at === registered_at ? null : privacy_notice_shown_at }
}

function changedFields(before: Contact, after: Contact): string[] {
  const [old, now] = [plannedContact(before), plannedContact(after)]
  return Object.keys(old).filter(
    field => JSON.stringify(old[field as keyof PlannedContact]) !== JSON.stringify(now[field as keyof PlannedContact]),
  )
}

/** The contacts whose role changes. Of those added or removed, only a primary. */
function roleChanges({ added, changed, removed }: RosterPlan): RoleChange[] {
  return [
    ...removed
      .filter(isPrimary)
      .map(contact => ({ contact_id: contact.contact_id, name: fullName(contact), before: contact.role, after: null })),
    ...changed
      .filter(({ before, after }) => before.role !== after.role)
      .map(({ before, after }) => ({
        contact_id: before.contact_id,
        name: fullName(after),
        before: before.role,
        after: after.role,
      })),
    ...added
      .filter(isPrimary)
      .map(contact => ({ contact_id: null, name: fullName(contact), before: null, after: contact.role })),
  ]
}

function accountChanges(roster: Roster, plan: RosterPlan, accounts: AddressAccounts, today: string): AccountChanges {
  const isEnded = hasEnded(roster.contract, today)
  const after = byAddress(isEnded ? [] : contactsAfter(plan))
  const before = byAddress(isEnded ? [] : roster.contacts)
  const known = [...accounts.values()]
  const names = new Map(roster.contacts.map(contact => [contact.contact_id, fullName(contact)]))
  const { opened, closed, lapsed, departed } = plan.accounts
  const closing = new Set([
    ...closed,
    ...lapsed
      .filter(({ customer_id }) => customer_id === roster.contract.customer_id)
      .map(({ account_id }) => account_id),
  ])
  return {
    opened: opened.map(({ email, email_key }) => ({ email, display_name: displayName(after.get(email_key) ?? []) })),
    renamed: known
      .filter(({ account_id, customer_id }) => customer_id === roster.contract.customer_id && !closing.has(account_id))
      .flatMap(account => renaming(account, before, after)),
    closed: known
      .filter(({ account_id }) => closing.has(account_id))
      .map(account => ({
        account_id: account.account_id,
        email: spelling(account, before),
        display_name: shownName(account, before),
      })),
    residual_access: departed.map(({ account_id, contact_id }) => ({
      account_id,
      contact_id,
      name: names.get(contact_id) ?? '',
    })),
  }
}

type ContactsByAddress = ReadonlyMap<string, readonly Contact[]>

function byAddress(contacts: readonly Contact[]): ContactsByAddress {
  return Map.groupBy(contacts, contact => contact.email_key)
}

function renaming(
  account: AddressAccount,
  before: ContactsByAddress,
  after: ContactsByAddress,
): AccountChanges['renamed'] {
  const [old, now] = [shownName(account, before), shownName(account, after)]
  return old === now
    ? []
    : [{ account_id: account.account_id, email: spelling(account, before, after), before: old, after: now }]
}

/** The name that the support site shows for an account with these contacts of the contract behind it (R18). */
function shownName({ email_key, elsewhere }: AddressAccount, contacts: ContactsByAddress): string | null {
  return displayName([...elsewhere, ...(contacts.get(email_key) ?? [])])
}

/** The address in the spelling of the contract's own contacts. */
function spelling({ email_key }: AddressAccount, ...contacts: readonly ContactsByAddress[]): string {
  const [first] = contacts.flatMap(addresses => addresses.get(email_key) ?? [])
  return first?.email ?? email_key
}
