import { planRenamings } from '#domain/accounts/account-renamings.ts'
import { accountRecords, otherChanges, type AccountRecords } from '#domain/accounts/account-record.ts'
import { planAccounts } from '#domain/accounts/account-plan.ts'
import type { Contact } from '#domain/contact.ts'
import { overSince } from '#domain/contracts/over-limit.ts'
import type { ContactWarning } from '#domain/name-note.ts'
import { likenesses, warningsOf } from '#domain/rosters/contact-warnings.ts'
import { sharedAddresses } from '#domain/rosters/mailbox-sharing.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { noAccountChanges, type AccountPlan } from '#domain/accounts/planned-accounts.ts'
import type { Refusal } from '#domain/refusal.ts'
import { refusalsOf } from '#domain/rosters/roster-rules.ts'
import { addressesToPlan, comparedStep, type RosterStep } from '#domain/roster-step.ts'
import { sharingRefusals } from '#domain/rosters/sharing-rule.ts'
import { splitRefusals } from '#domain/rosters/split-person.ts'
import type {
  AddressAccounts,
  DesiredContact,
  Roster,
  RosterContract,
  RosterDifference,
  WrittenContact,
} from '#domain/roster.ts'

/** The time of a change, its day in the vendor's time zone, and the source of new ids. */
export type PlanningMoment = { now: string; today: string; newId: () => string }

/**
 * The change of one contract to write, and every rule that it breaks. It may be written only where `refusals` is empty.
 */
export type RosterPlan = {
  /** The contract as it is before the change. */
  contract: RosterContract
  refusals: Refusal[]
  /** Doubts about the names that the change brings. They do not prevent it. */
  warnings: ContactWarning[]
  added: WrittenContact[]
  changed: { before: Contact; after: WrittenContact }[]
  removed: Contact[]
  /** Contacts that stay as they are. */
  kept: WrittenContact[]
  /** The accounts that change, each with the first contract of the change that it concerns. */
  accounts: AccountPlan
  /** The accounts at the addresses of a change that is written, as they are answered before and after it (R37). */
  records: AccountRecords
  /** The contacts that are removed, as they are before that. */
  removed_before: Contact[]
  /** The accounts whose answers change though nothing else of them is recorded. */
  changed_accounts: { account_id: string }[]
  /** The time that history records for the change. */
  occurred_at: string
  seats_used: number
  registered_at: string | null
  /** Since when the contract is over its limit, after the change (R27). */
  over_since: string | null
}

const NO_RECORDS: AccountRecords = new Map()

/**
 * Plans the steps from the present rosters to the desired ones: the one path of every change of contacts, of one
 * contract or of several contracts of one customer. Rules are checked on the final state (R10, R17, R19, R20, R24, R27,
 * R28), so the order of additions and removals does not matter. `accounts` tells of the addresses of `addressesToPlan`,
 * with the contacts of all other contracts. The plans are in the order of the steps.
 */
export function planRosters(
  steps: readonly RosterStep[],
  accounts: AddressAccounts,
  moment: PlanningMoment,
): RosterPlan[] {
  const compared = steps.map(step => ({ ...comparedStep(step, moment.today), accounts: noAccountChanges() }))
  const { account_ids, past_account_ids, continued } = planAccounts(addressesToPlan(steps), accounts, compared, moment)
  const shared = sharedAddresses(addressesToPlan(steps), accounts, compared)
  const joint = [...splitRefusals(compared, accounts), ...sharingRefusals(compared, accounts)]
  const alike = likenesses(compared, accounts)
  const planned = compared.map(step => ({
    step,
    plan: {
      contract: step.roster.contract,
      refusals: refusalsOf(step, accounts, joint),
      warnings: warningsOf(step, alike),
      ...placedContacts(step.roster, step.difference, { account_ids, past_account_ids, shared }, moment.now),
      accounts: step.accounts,
      occurred_at: moment.now,
      ...seatsAfter(step.roster.contract, step.desired.length, moment.now),
    },
  }))
  const after = planned.map(({ step, plan }) => ({ ...step, contacts_after: contactsAfter(plan) }))
  planRenamings(
    continued,
    compared,
    after.flatMap(({ isInForce, contacts_after }) => (isInForce ? contacts_after : [])),
  )
  // What is refused is not written, and needs no record.
  const isRefused = planned.some(({ plan }) => plan.refusals.length > 0)
  const records = isRefused ? NO_RECORDS : accountRecords(accounts, after, moment.now)
  const changed = otherChanges(records, after)
  return planned.map(({ step, plan }) => {
    const removed_before = step.difference.removed
    return { ...plan, records, removed_before, changed_accounts: changed.get(step.roster) ?? [] }
  })
}

function seatsAfter(
  { registered_at, over_since, seat_limit }: RosterContract,
  seats_used: number,
  now: string,
): Pick<RosterPlan, 'seats_used' | 'registered_at' | 'over_since'> {
  return {
    seats_used,
    registered_at: registered_at ?? (seats_used > 0 ? now : null),
    over_since: overSince(over_since, seat_limit, seats_used, now),
  }
}

type ContactsOfPlan = Pick<RosterPlan, 'kept' | 'changed' | 'added'>

/** The contacts of the contract after the change. */
export function contactsAfter({ kept, changed, added }: ContactsOfPlan): WrittenContact[] {
  return [...kept, ...changed.map(({ after }) => after), ...added]
}

/** A contact that the desired roster holds, as it is after the change. */
export function contactAfter(plan: ContactsOfPlan, contact_id: string): WrittenContact {
  const contact = contactsAfter(plan).find(other => other.contact_id === contact_id)
  if (contact === undefined) throw new Error(`contact ${contact_id} is not on the desired roster`)
  return contact
}

/** The accounts of addresses after a change, and whether several people use them. */
type AddressesAfter = {
  account_ids: ReadonlyMap<string, string>
  past_account_ids: ReadonlyMap<string, string>
  shared: ReadonlyMap<string, boolean>
}

type PlacedContacts = Pick<RosterPlan, 'added' | 'changed' | 'removed' | 'kept'>

/** The contacts to write, each with the account that it has after the change. */
function placedContacts(
  { contract, contacts }: Roster,
  { added, changed, kept, removed }: RosterDifference,
  { account_ids, past_account_ids, shared }: AddressesAfter,
  now: string,
): PlacedContacts {
  const isMoved = ({ email_key, account_id }: Contact): boolean =>
    (account_ids.get(email_key) ?? account_id) !== account_id
  const moved = kept.filter(isMoved)
  const former = new Map(contacts.map(({ contact_id, account_id }) => [contact_id, account_id]))
  const accountOf = ({ email_key, contact_id }: DesiredContact): string =>
    account_ids.get(email_key) ?? former.get(contact_id) ?? past_account_ids.get(email_key) ?? ''
  const sharing = <Placed extends WrittenContact>(contact: Placed): Placed => ({
    ...contact,
    mailbox_shared: shared.get(contact.email_key) ?? contact.mailbox_shared,
  })
  return {
    added: added.map(contact => sharing(addedContact(contact, contract, accountOf(contact), now))),
    changed: [...changed, ...moved.map(contact => ({ before: contact, after: contact }))].map(({ before, after }) => {
      const updated_at = monotonicTime(before.updated_at, now)
      return { before, after: sharing({ ...before, ...after, account_id: accountOf(after), updated_at }) }
    }),
    removed: removed.map(contact => {
      const removed_at = monotonicTime(contact.registered_at, now)
      return sharing({ ...contact, removed_at, updated_at: removed_at })
    }),
    kept: kept.filter(contact => !isMoved(contact)).map(sharing),
  }
}

function addedContact(
  contact: DesiredContact,
  { contract_id, customer_id }: RosterContract,
  account_id: string,
  now: string,
): WrittenContact {
  const registered_at = contact.registered_before ?? now
  const isShown = contact.privacy_notice_version !== null
  return {
    ...contact,
    mailbox_shared: false,
    contract_id,
    customer_id,
    account_id,
    privacy_notice_shown_at: contact.privacy_notice_shown_at ?? (isShown ? registered_at : null),
    registered_at,
    first_registered_at: contact.first_registered_at ?? registered_at,
    carried_from: contact.carried_from ?? null,
    removed_at: null,
    updated_at: now,
  }
}
