import type { HistoryEntry } from '#db/history.ts'
import type { AccountPlan } from '#domain/planned-accounts.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import type { NameOverride } from '#domain/name-note.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import type { RosterContract, StoredAccount, WrittenContact } from '#domain/roster.ts'
import { seatCount } from '#domain/seat-limit.ts'
import type { MailState } from '#domain/vocabulary.ts'

/**
 * The record of a plan: one entry for each contact and each account that it changes, and one where the contract goes
 * over its limit or comes back within it. Empty where the plan changes nothing.
 */
export function rosterHistory(plan: RosterPlan): HistoryEntry[] {
  const { contract } = plan
  const { seat_limit: limit, over_since } = contract
  return [
    ...contactEntries(plan),
    ...accountEntries(plan),
    ...limitEntries(contract, { limit, used: plan.seats_used }, over_since, plan.over_since),
    ...accessEntries(plan.accounts, contract),
  ]
}

/** R37: each says how many seats of its contract are taken after the change, so that the contract needs no entry. */
function contactEntries({ added, changed, removed, contract, seats_used }: RosterPlan): HistoryEntry[] {
  const { limit, used, over } = seatCount(contract.seat_limit, seats_used)
  const contract_seats = { limit, used, over }
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
      before: contactView({ ...contact, removed_at: null }),
      after: { ...contactView(contact), contract_seats },
    })),
  ]
}

function contactEntry(event: string, { contact_id, contract_id, customer_id, account_id }: Contact): HistoryEntry {
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

function accountEntries({ accounts, contract, occurred_at }: RosterPlan): HistoryEntry[] {
  const { opened, never_opened, reopened, closed, lapsed, rekeyed, renamed, remaining } = accounts
  const own = new Map(accounts.updated.map(account => [account.account_id, ownFields(account)]))
  const entry = (event: string, account_id: string, after: object, before?: object): HistoryEntry => ({
    ...accountEntry(`support_account.${event}`, account_id, contract, { ...after, ...own.get(account_id) }),
    ...(before && { before }),
  })
  return [
    // Such an account may be another customer's, and stays in that customer's record.
    ...lapsed.map(({ account_id, customer_id }) => ({
      event: 'support_account.closed',
      subject_id: account_id,
      customer_id,
      account_id,
      after: { state: 'closed', ...own.get(account_id) },
    })),
    ...opened.map(({ account_id, email }) =>
      entry('opened', account_id, { state: 'open', email, ...openedNow(occurred_at), residual_access: [] }),
    ),
    ...never_opened.map(({ account_id, email }) => {
      const never = { ...openedNow(occurred_at), closed_at: occurred_at }
      return entry('closed', account_id, { state: 'closed', email, ...never, residual_access: [] })
    }),
    ...reopened.map(({ account_id, email }) =>
      entry('opened', account_id, { state: 'open', email, residual_access: leftBefore(account_id, remaining) }),
    ),
    ...closed.map(({ account_id }) => entry('closed', account_id, { state: 'closed' })),
    ...rekeyed.map(({ account_id, mail_state, before, after }) =>
      entry('rekeyed', account_id, addressed(after, 'unknown', mail_state), addressed(before, mail_state, 'unknown')),
    ),
    ...renamed.map(({ account_id, before, after }) =>
      entry('renamed', account_id, { display_name: after }, { display_name: before }),
    ),
    ...takenOver(accounts).map(account_id => entry('changed', account_id, {})),
  ]
}

/** People who left an account before it closed, as its answer shows them again. */
function leftBefore(account_id: string, remaining: AccountPlan['remaining']): object[] {
  return remaining
    .filter(person => person.account_id === account_id)
    .map(({ contact_id, name, left_at }) => ({ contact_id, name, left_at }))
}

/** The address of an account, with whether mail reaches it where that is not the same before and after. */
function addressed({ email }: { email: string }, mail_state: MailState, other: MailState): object {
  return { email, ...(mail_state !== other && { mail_state }) }
}

/** R37: accounts that other people have from now on, and of which nothing else changes. */
function takenOver({ opened, reopened, closed, lapsed, rekeyed, renamed, updated }: AccountPlan): string[] {
  const recorded = new Set([...opened, ...reopened, ...closed, ...lapsed, ...rekeyed, ...renamed].map(accountId))
  return updated.map(accountId).filter(account_id => !recorded.has(account_id))
}

function accountId({ account_id }: { account_id: string }): string {
  return account_id
}

type OwnFields = Pick<StoredAccount, 'opened_at' | 'closed_at' | 'password_set_at' | 'in_use_since'>

function openedNow(now: string): OwnFields {
  return { opened_at: now, closed_at: null, password_set_at: null, in_use_since: now }
}

function ownFields({ opened_at, closed_at, password_set_at, in_use_since }: StoredAccount): OwnFields {
  return { opened_at, closed_at, password_set_at, in_use_since }
}

/** The record of people who may still read a mailbox that they left, or no longer may because they are back (R21). */
function accessEntries({ departed, returned }: AccountPlan, contract: RosterContract): HistoryEntry[] {
  const entry = (event: string, residual_access: boolean, leaver: Leaver): HistoryEntry => {
    const { account_id, contact_id, name, left_at } = leaver
    const after = { residual_access, contact_id, ...(residual_access && { name, left_at }) }
    return { ...accountEntry(event, account_id, contract, after), contact_id }
  }
  return [
    ...departed.map(one => entry('support_account.access_left', true, one)),
    ...returned.filter(({ at_closing }) => !at_closing).map(one => entry('support_account.access_ended', false, one)),
  ]
}

type Leaver = { account_id: string; contact_id: string; name?: string; left_at?: string }

function accountEntry(
  event: string,
  account_id: string,
  { contract_id, customer_id }: RosterContract,
  after: object,
): HistoryEntry {
  return { event, subject_id: account_id, customer_id, contract_id, account_id, after }
}

/** The record of a contract that goes over its limit, or comes back within it (R27). */
export function limitEntries(
  { contract_id, customer_id }: Pick<RosterContract, 'contract_id' | 'customer_id'>,
  { limit, used }: { limit: number; used: number },
  before: string | null,
  after: string | null,
): HistoryEntry[] {
  if ((before === null) === (after === null)) return []
  const event = after === null ? 'contract.came_within_limit' : 'contract.went_over_limit'
  return [
    {
      event,
      subject_id: contract_id,
      contract_id,
      customer_id,
      after: { seats: { limit, used, over: seatCount(limit, used).over } },
    },
  ]
}
