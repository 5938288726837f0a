import { planAccounts, type AccountPlan } from '#domain/account-plan.ts'
import type { Contact } from '#domain/contact.ts'
import { hasEnded, type ContractTerm } from '#domain/contract-term.ts'
import { overSince } from '#domain/over-limit.ts'
import type { NameWarning } from '#domain/name-note.ts'
import { warningsOf } from '#domain/name-warnings.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import type { Refusal } from '#domain/refusal.ts'
import { refusalsOf } from '#domain/roster-rules.ts'
import {
  addressesConcerned,
  compareRoster,
  type AddressAccounts,
  type Roster,
  type RosterDifference,
  type DesiredContact,
  type WrittenContact,
} from '#domain/roster.ts'

/** The time of a change, its day in the vendor's time zone, and the source of new ids. */
export type PlanningMoment = { now: string; today: string; newId: () => string }

/** The change to write, and every rule that it breaks. It may be written only where `refusals` is empty. */
export type RosterPlan = {
  refusals: Refusal[]
  /** Doubts about the names that the change brings. They do not prevent it. */
  warnings: NameWarning[]
  added: WrittenContact[]
  changed: { before: Contact; after: WrittenContact }[]
  removed: Contact[]
  /** Contacts that stay as they are. */
  kept: Contact[]
  accounts: Omit<AccountPlan, 'account_ids'>
  /** The time that history records for the change. */
  occurred_at: string
  seats_used: number
  registered_at: string | null
  /** Since when the contract is over its limit, after the change (R27). */
  over_since: string | null
}

/** The addresses to lock and look up before planning: all of the contract's where its term changes. */
export function addressesToPlan(roster: Roster, desired: readonly DesiredContact[], hasNewTerm: boolean): string[] {
  if (hasNewTerm) return [...new Set([...roster.contacts, ...desired].map(contact => contact.email_key))].toSorted()
  return addressesConcerned(compareRoster(roster.contacts, desired))
}

/**
 * Plans the step from the present roster to the desired one: the one path of every change of a contract's contacts.
 * Rules are checked on the final state (R10, R17, R19, R20, R24, R27, R28), so the order of additions and removals does
 * not matter. `formerTerm` is the contract's term before this change, where it changes.
 */
export function planRoster(
  roster: Roster,
  desired: readonly DesiredContact[],
  accounts: AddressAccounts,
  moment: PlanningMoment,
  formerTerm: ContractTerm = roster.contract,
): RosterPlan {
  const { contract, contacts } = roster
  const difference = compareRoster(contacts, desired)
  const addresses = addressesToPlan(roster, desired, formerTerm !== contract)
  const isEnded = hasEnded(contract, moment.today)
  const presence = {
    customer_id: contract.customer_id,
    before: hasEnded(formerTerm, moment.today) ? [] : contacts,
    after: isEnded ? [] : desired,
  }
  const { account_ids, ...accountPlan } = planAccounts(addresses, accounts, presence, contacts, moment.newId)
  return {
    refusals: refusalsOf(roster, desired, difference, accounts, { today: moment.today, formerTerm }),
    warnings: warningsOf(contract, difference, accounts),
    ...placedContacts(roster, difference, account_ids, moment.now),
    accounts: accountPlan,
    occurred_at: moment.now,
    seats_used: desired.length,
    registered_at: contract.registered_at ?? (desired.length > 0 ? moment.now : null),
    over_since: overSince(contract.over_since, contract.seat_limit, desired.length, moment.now),
  }
}

/** The contacts of the contract after the change. */
export function contactsAfter({ kept, changed, added }: RosterPlan): WrittenContact[] {
  return [...kept, ...changed.map(({ after }) => after), ...added]
}

/** A contact that the desired roster holds, as it is after the change. */
export function contactAfter(plan: RosterPlan, contact_id: string): WrittenContact {
  const contact = contactsAfter(plan).find(other => other.contact_id === contact_id)
  if (contact === undefined) throw new Error(`contact ${contact_id} is not on the desired roster`)
  return contact
}

/** The contacts to write, each with the account that it has after the change. */
function placedContacts(
  { contract, contacts }: Roster,
  { added, changed, kept, removed }: RosterDifference,
  account_ids: ReadonlyMap<string, string>,
  now: string,
): Pick<RosterPlan, 'added' | 'changed' | 'removed' | 'kept'> {
  const { contract_id, customer_id } = contract
  const isMoved = ({ email_key, account_id }: Contact): boolean =>
    (account_ids.get(email_key) ?? account_id) !== account_id
  const moved = kept.filter(isMoved)
  const former = new Map(contacts.map(({ contact_id, account_id }) => [contact_id, account_id]))
  const accountOf = ({ email_key, contact_id }: DesiredContact): string =>
    account_ids.get(email_key) ?? former.get(contact_id) ?? ''
  return {
    added: added.map(contact => ({
      ...contact,
      contract_id,
      customer_id,
      account_id: accountOf(contact),
      privacy_notice_shown_at: contact.privacy_notice_shown_at ?? now,
      registered_at: now,
      removed_at: null,
      updated_at: now,
    })),
    changed: [...changed, ...moved.map(contact => ({ before: contact, after: contact }))].map(({ before, after }) => ({
      before,
      after: { ...before, ...after, account_id: accountOf(after), updated_at: monotonicTime(before.updated_at, now) },
    })),
    removed: removed.map(contact => {
      const removed_at = monotonicTime(contact.registered_at, now)
      return { ...contact, removed_at, updated_at: removed_at }
    }),
    kept: kept.filter(contact => !isMoved(contact)),
  }
}
