import type { AccountMove } from '#domain/accounts/account-moves.ts'
import {
  isAmong,
  leaversOf,
  presentPeople,
  runOutOf,
  type KnownPerson,
  type PeopleOfChange,
} from '#domain/accounts/account-people.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { fullName } from '#domain/person-name.ts'
import type { AccountPlan, PlannedAccounts } from '#domain/accounts/planned-accounts.ts'
import type { AddressAccount, StoredAccount } from '#domain/roster.ts'

/** The planning of the accounts of one address. */
export type Planning = PlannedAccounts & { plan: AccountPlan; people: PeopleOfChange; now: string; newId: () => string }

/** R20: an account of another customer whose contracts have all ended makes room for the people who come. */
export function lapseAccount(planning: Planning, account: AddressAccount | undefined): void {
  if (account === undefined || planning.people.customer_ids.has(account.customer_id)) return
  planning.plan.lapsed.push({ account_id: account.account_id, customer_id: account.customer_id })
  closeAccount(planning, account, runOutOf(account))
}

/** For an address that no contact of the contracts has any more. */
export function leaveAccount(planning: Planning, own: AddressAccount | undefined): void {
  if (own === undefined || own.closed_at !== null) return
  const { plan, people, continued } = planning
  const leavers = leaversOf(own, people)
  if (own.elsewhere.length > 0) {
    recordMoves(planning, own, own.email_key, leavers)
    continued.push({ account: own, after: own, plan })
  } else if (leavers.length > 0) {
    plan.closed.push({ account_id: own.account_id, email: own.email, email_key: own.email_key })
    closeAccount(planning, own, [...leavers, ...runOutOf(own)])
  }
}

/** The account keeps its password for the people who use it now, in case that they come back (R21). */
function closeAccount({ plan, now }: Planning, account: AddressAccount, behind: readonly KnownPerson[]): void {
  const { account_id } = account
  const closed_at = monotonicTime(account.opened_at, now)
  plan.updated.push(stored(account, { closed_at }))
  plan.former.push(...behind.map(person => ({ account_id, left_at: closed_at, ...namedContact(person) })))
}

/** The account goes along with the person who alone uses it (R21). Whether mail reaches the new address is unknown. */
export function moveAccount(planning: Planning, { account, contacts, to }: AccountMove): void {
  const { plan, people, account_ids, continued } = planning
  const { account_id, email, email_key, mail_state } = account
  const after = { email: to.email, email_key: to.email_key }
  plan.updated.push(stored(account, { ...after, mail_state: 'unknown' }))
  const contact_ids = contacts.map(({ contact_id }) => contact_id)
  plan.rekeyed.push({ account_id, contact_ids, mail_state, before: { email, email_key }, after })
  recordMoves(planning, account, to.email_key, [...leaversOf(account, people), ...runOutOf(account)])
  account_ids.set(to.email_key, account_id)
  continued.push({ account, after, plan })
}

/** For an address with an account of the customer, open or closed, that a contact of the contracts has or gets. */
export function enterAccount(planning: Planning, own: AddressAccount): void {
  const { plan, people, now, account_ids, continued } = planning
  const { account_id, email_key, elsewhere } = own
  account_ids.set(email_key, account_id)
  const before = [...elsewhere, ...(people.before.get(email_key) ?? [])]
  if (own.closed_at !== null || before.length === 0) return reopenAccount(planning, own)
  // R21: where others take the place of all people at once, the password is not theirs.
  if (!before.some(presentPeople(people, email_key, elsewhere))) plan.updated.push(takenOver(own, now))
  recordMoves(planning, own, email_key, leaversOf(own, people))
  continued.push({ account: own, after: own, plan })
}

/**
 * An account with no person in force opens for the people who come. Its password stays if all of them used it
 * before (R21). While the end of their contracts is not recorded, they merely continue.
 */
function reopenAccount(planning: Planning, own: AddressAccount): void {
  const { plan, people, now, continued } = planning
  const { account_id, customer_id, email, email_key, closed_at } = own
  const former =
    closed_at === null
      ? [...leaversOf(own, people), ...runOutOf(own)]
      : own.residual_access.filter(({ at_closing }) => at_closing)
  const isBack = (people.after.get(email_key) ?? []).every(isAmong(former))
  if (closed_at === null && isBack) {
    recordMoves(planning, own, email_key, [])
    continued.push({ account: own, after: own, plan })
    return
  }
  if (closed_at === null) plan.lapsed.push({ account_id, customer_id })
  plan.reopened.push({ account_id, email, email_key })
  const isPresent = presentPeople(people, email_key, own.elsewhere)
  const remaining = own.residual_access.filter(person => !person.at_closing && !isPresent(person))
  plan.remaining.push(...remaining.map(person => ({ account_id, left_at: person.left_at, ...namedContact(person) })))
  plan.updated.push(stored(isBack ? own : takenOver(own, now), { closed_at: null }))
  recordMoves(planning, own, email_key, former)
}

function namedContact(person: KnownPerson): { contact_id: string; name: string } {
  return { contact_id: person.contact_id, name: fullName(person) }
}

/** The account for other people: they have it from now on, and have yet to set its password (R21). */
function takenOver(account: AddressAccount, now: string): StoredAccount {
  return stored(account, { password_set_at: null, in_use_since: now })
}

/** The row of an account, without what is known of its people. */
function stored(account: StoredAccount, changes: Partial<StoredAccount>): StoredAccount {
  const { account_id, customer_id, email, email_key, opened_at, closed_at } = account
  const { password_set_at, in_use_since, mail_state } = account
  const address = { account_id, customer_id, email, email_key, opened_at, closed_at }
  return { ...address, password_set_at, in_use_since, mail_state, ...changes }
}

/** R21: a departure is kept until the person is back or the password is changed. `leavers` were behind the account. */
function recordMoves(
  { plan, people, now }: Planning,
  { account_id, closed_at, elsewhere, residual_access }: AddressAccount,
  email_key: string,
  leavers: readonly KnownPerson[],
): void {
  const isPresent = presentPeople(people, email_key, elsewhere)
  const left = leavers.filter(person => !isPresent(person))
  const left_at = closed_at ?? now
  plan.departed.push(...left.map(person => ({ account_id, left_at, ...namedContact(person) })))
  const returned = residual_access.filter(isPresent)
  plan.returned.push(...returned.map(({ contact_id, at_closing }) => ({ account_id, contact_id, at_closing })))
}
