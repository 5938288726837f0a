import {
  accountChanges,
  peopleBehind,
  type AccountChanges,
  type PlannedRoster,
} from '#domain/rosters/account-preview.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import type { ContactWarning } from '#domain/name-note.ts'
import { fullName } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { RosterPlan } from '#domain/rosters/roster-plan.ts'
import { isPrimary, type AddressAccounts } from '#domain/roster.ts'
import { seatCount, type SeatCount } from '#domain/contracts/seat-limit.ts'
import type { Role } from '#domain/vocabulary.ts'

/**
 * A contact as it would be. Ids and times that applying the plan gives are not shown: no preview can know them. So
 * `privacy_notice_shown_at` is null where it would be the moment of registration.
 */
type PlannedContact = Omit<
  ContactView,
  | 'contact_id'
  | 'account_id'
  | 'registered_at'
  | 'first_registered_at'
  | 'carried_from'
  | 'removed_at'
  | 'updated_at'
  | 'contract_id'
  | 'customer_id'
>

type RoleChange = { contact_id: string | null; name: string; before: Role | null; after: Role | null }

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
  warnings: readonly ContactWarning[]
}

/**
 * Shows the plans of a change: contacts, roles, accounts and seats before and after, and every rule that they break. An
 * account is shown once, with the first contract that it concerns.
 */
export function rosterPreviews(
  planned: readonly PlannedRoster[],
  accounts: AddressAccounts,
  today: string,
): RosterPreview[] {
  const people = peopleBehind(planned, accounts, today)
  return planned.map(({ roster, plan }) => rosterPreview({ roster, plan }, accountChanges(plan.accounts, people)))
}

function rosterPreview({ roster, plan }: PlannedRoster, accounts: AccountChanges): RosterPreview {
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
    accounts,
    seats: {
      before: seatCount(contract.seat_limit, contacts.length),
      after: seatCount(contract.seat_limit, plan.seats_used),
    },
    refusals: plan.refusals,
    warnings: plan.warnings,
  }
}

function plannedContact(contact: Contact): PlannedContact {
  const { role, duties, family_name, given_name, name_doubtful, email, mailbox_shared } = contact
  return {
    role,
    duties,
    family_name,
    given_name,
    name: fullName(contact),
    name_doubtful,
    email,
    mailbox_shared,
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
