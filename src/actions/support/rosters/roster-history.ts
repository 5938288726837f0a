import type { HistoryEntry } from '#db/history/history.ts'
import { recordedBefore, type AccountRecord } from '#domain/accounts/account-record.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import { contractView, type Contract } from '#domain/contracts/contract.ts'
import type { NameOverride } from '#domain/name-note.ts'
import type { RosterPlan } from '#domain/rosters/roster-plan.ts'
import type { WrittenContact } from '#domain/roster.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'

/**
 * The record of a plan: one entry for each contact and each account that it changes, and one where the contract goes
 * over its limit or comes back within it. Empty where the plan changes nothing. `contract` is the whole contract, which
 * is only known where it crosses its limit.
 */
export function rosterHistory(plan: RosterPlan, today: string, contract?: Contract): HistoryEntry[] {
  const limits = contract === undefined ? [] : limitEntries(contract, { ...contract, ...countedAfter(plan) }, today)
  return [...contactEntries(plan), ...accountEntries(plan), ...limits, ...accessEntries(plan)]
}

function countedAfter({ seats_used, registered_at, over_since }: RosterPlan) {
  return { seats_used, registered_at, over_since }
}

/** R37: each says how many seats of its contract are taken after the change, so that the contract needs no entry. */
function contactEntries({ added, changed, removed, removed_before, ...plan }: RosterPlan): HistoryEntry[] {
  const { contract, seats_used } = plan
  const former = new Map(removed_before.map(contact => [contact.contact_id, contactView(contact)]))
  const contract_seats = seatNumbers({ contract, seats_used })
  return [
    ...added.map(contact => ({
      ...contactEntry('contact.registered', contact),
      after: { ...recordedContact(contact), contract_seats },
    })),
    ...changed.map(({ before, after }) => ({
      ...contactEntry('contact.changed', after),
      before: contactView(before),
      after: { ...recordedContact(after), contract_seats },
    })),
    ...removed.map(contact => ({
      ...contactEntry('contact.removed', contact),
      before: former.get(contact.contact_id) ?? null,
      after: { ...contactView(contact), contract_seats },
    })),
  ]
}

/** How many seats of the contract of a plan are taken after it. */
export function seatNumbers({ contract, seats_used }: Pick<RosterPlan, 'contract' | 'seats_used'>) {
  const { limit, used, over } = seatCount(contract.seat_limit, seats_used)
  return { limit, used, over }
}

/** An entry about a contact, without what it was and is. */
export function contactEntry(
  event: string,
  { contact_id, contract_id, customer_id, account_id }: Contact,
): HistoryEntry {
  return { event, subject_id: contact_id, customer_id, contract_id, contact_id, account_id }
}

/**
 * A contact as history keeps it: with the override of its name and the statement that its mailbox is shared (R17),
 * which are stored nowhere else.
 */
function recordedContact({ shared_mailbox = false, ...contact }: WrittenContact): object {
  const override: NameOverride | null | undefined = contact.name_note?.override
  return {
    ...contactView(contact),
    ...(override != null && { name_override: override }),
    ...(shared_mailbox && { shared_mailbox }),
  }
}

/** Each entry has the answer of its account before and after the whole change (R37). */
function accountEntries(plan: RosterPlan): HistoryEntry[] {
  const { opened, never_opened, reopened, closed, lapsed, rekeyed, renamed } = plan.accounts
  const entries = (event: string, accounts: readonly { account_id: string }[]): HistoryEntry[] =>
    ofAccounts(
      plan,
      event,
      accounts.map(({ account_id }) => ({ account_id })),
    )
  return [
    ...lapsed.map(one => lapsedEntry(one, plan.records.get(one.account_id))),
    ...entries('opened', opened),
    ...entries('closed', never_opened),
    ...entries('opened', reopened),
    ...entries('closed', closed),
    ...entries('rekeyed', rekeyed),
    ...entries('renamed', renamed),
    ...ofAccounts(plan, 'changed', plan.changed_accounts),
  ]
}

/** The record of people who may still read a mailbox that they left, or no longer may because they are back (R21). */
function accessEntries(plan: RosterPlan): HistoryEntry[] {
  const { departed, returned } = plan.accounts
  const shown = returned.filter(({ at_closing }) => !at_closing)
  return [...ofAccounts(plan, 'access_left', departed), ...ofAccounts(plan, 'access_ended', shown)]
}

function ofAccounts({ contract, records }: RosterPlan, event: string, several: readonly OfAccount[]): HistoryEntry[] {
  return several.map(({ account_id, contact_id }) => ({
    event: `support_account.${event}`,
    subject_id: account_id,
    customer_id: contract.customer_id,
    contract_id: contract.contract_id,
    account_id,
    ...(contact_id !== undefined && { contact_id }),
    ...beforeAndAfter(records.get(account_id)),
  }))
}

function beforeAndAfter(record: AccountRecord | undefined) {
  return record && { before: recordedBefore(record), after: record.after }
}

/** An account, and the person who left it or is back, where the entry is about one. */
type OfAccount = { account_id: string; contact_id?: string }

/** Such an account may be another customer's, and stays in that customer's record. One that opens again was closed. */
function lapsedEntry({ account_id, customer_id }: { account_id: string; customer_id: string }, record?: AccountRecord) {
  const event = 'support_account.closed'
  const after = record?.after.state === 'open' ? record.before : record?.after
  return {
    event,
    subject_id: account_id,
    customer_id,
    account_id,
    before: record === undefined ? null : recordedBefore(record),
    after: after ?? null,
  }
}

/** The record of a contract that goes over its limit, or comes back within it (R27). */
export function limitEntries(before: Contract, after: Contract, today: string): HistoryEntry[] {
  if ((before.over_since === null) === (after.over_since === null)) return []
  const { contract_id, customer_id } = after
  return [
    {
      event: after.over_since === null ? 'contract.came_within_limit' : 'contract.went_over_limit',
      subject_id: contract_id,
      contract_id,
      customer_id,
      before: contractView(before, today),
      after: contractView(after, today),
    },
  ]
}
