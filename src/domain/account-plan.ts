import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { AddressAccount, AddressAccounts, DesiredContact } from '#domain/roster.ts'

type OpenedAccount = { account_id: string; email: string; email_key: string }
type Departure = { account_id: string; contact_id: string }

/** The effect of a change of one contract's contacts on the accounts of the addresses concerned (R18–R21, R28). */
export type AccountPlan = {
  opened: OpenedAccount[]
  reopened: string[]
  closed: string[]
  /** Accounts that were open without contacts in force when a new contact came to their address. */
  lapsed: { account_id: string; customer_id: string }[]
  /** People who left an account that stays open: they may still read its mailbox. */
  departed: Departure[]
  /** Earlier departures that no longer hold: the person is back, or the account closes. */
  returned: Departure[]
  /** The account of every address that has one after the change. */
  account_ids: Map<string, string>
}

type Presence = { customer_id: string; before: readonly Contact[]; after: readonly DesiredContact[] }

/**
 * Plans the accounts of `addresses`. `before` and `after` are the contacts of the contract that count, before and
 * after: none where the contract has ended (R28). An account opens with its first contact and closes with its last;
 * a contract that comes back into force finds its accounts again.
 */
export function planAccounts(
  addresses: readonly string[],
  accounts: AddressAccounts,
  presence: Presence,
  known: readonly Contact[],
  newId: () => string,
): AccountPlan {
  const people: People = {
    customer_id: presence.customer_id,
    before: byAddress(presence.before),
    after: byAddress(presence.after),
    known: byAddress(known),
    known_accounts: new Set(known.map(({ account_id }) => account_id)),
    addresses_after: new Map(presence.after.map(({ contact_id, email_key }) => [contact_id, email_key])),
  }
  const plan: AccountPlan = {
    opened: [],
    reopened: [],
    closed: [],
    lapsed: [],
    departed: [],
    returned: [],
    account_ids: new Map(),
  }
  for (const email_key of addresses) {
    const account = accounts.get(email_key)
    const [first] = people.after.get(email_key) ?? []
    if (first === undefined) leaveAccount(plan, account, people)
    else enterAccount(plan, account, first, people, newId)
  }
  return plan
}

/** The contacts of the contract by address, by account and by id. */
type People = {
  customer_id: string
  before: ReadonlyMap<string, readonly Contact[]>
  after: ReadonlyMap<string, readonly DesiredContact[]>
  known: ReadonlyMap<string, readonly Contact[]>
  known_accounts: ReadonlySet<string>
  /** The address that each contact has afterwards. */
  addresses_after: ReadonlyMap<string, string>
}

function byAddress<Person extends { email_key: string }>(people: readonly Person[]): Map<string, Person[]> {
  return Map.groupBy(people, ({ email_key }) => email_key)
}

/**
 * For an address that no contact of the contract has any more. An account that was opened there for other contacts,
 * after the contract had ended, is not this contract's to leave or to close.
 */
function leaveAccount(plan: AccountPlan, account: AddressAccount | undefined, people: People): void {
  if (account === undefined || account.customer_id !== people.customer_id) return
  if (!people.known_accounts.has(account.account_id)) return
  if (account.elsewhere.length === 0) {
    plan.closed.push(account.account_id)
    return endResidualAccess(plan, account)
  }
  plan.account_ids.set(account.email_key, account.account_id)
  recordMoves(plan, account, people)
}

/** For an address that a contact of the contract has or gets. */
function enterAccount(
  plan: AccountPlan,
  account: AddressAccount | undefined,
  { email, email_key }: DesiredContact,
  people: People,
  newId: () => string,
): void {
  if (account !== undefined && isKept(account, people)) {
    plan.account_ids.set(email_key, account.account_id)
    return recordMoves(plan, account, people)
  }
  if (account !== undefined) {
    plan.lapsed.push({ account_id: account.account_id, customer_id: account.customer_id })
    endResidualAccess(plan, account)
  }
  const [former] = people.known.get(email_key) ?? []
  const account_id = former?.account_id ?? newId()
  if (former === undefined) plan.opened.push({ account_id, email, email_key })
  else plan.reopened.push(account_id)
  plan.account_ids.set(email_key, account_id)
}

/**
 * Whether the contacts that come get the open account: it is this customer's, and it has contacts in force or was their
 * own. Otherwise its contracts have ended, and the next person does not get it (R20, R28).
 */
function isKept({ account_id, customer_id, email_key, elsewhere }: AddressAccount, people: People): boolean {
  const isInUse = elsewhere.length > 0 || people.before.has(email_key)
  return customer_id === people.customer_id && (isInUse || people.known_accounts.has(account_id))
}

/** Closing an account also voids its password: people who left can no longer read the mailbox. */
function endResidualAccess(plan: AccountPlan, { account_id, residual_access }: AddressAccount): void {
  plan.returned.push(...residual_access.map(({ contact_id }) => ({ account_id, contact_id })))
}

/**
 * R21: a departure from a shared mailbox is kept until the person is back or the password is changed. Only contacts of
 * this very account leave it: another may have been opened at the address after their contract had ended.
 */
function recordMoves(
  plan: AccountPlan,
  { account_id, email_key, elsewhere, residual_access }: AddressAccount,
  { before, after, addresses_after }: People,
): void {
  const present = new Set([...elsewhere, ...(after.get(email_key) ?? [])].map(nameKey))
  // A contact that is merely renamed is still here.
  const isHere = ({ contact_id }: { contact_id: string }): boolean => addresses_after.get(contact_id) === email_key
  const isPresent = (person: PersonName & { contact_id: string }): boolean =>
    present.has(nameKey(person)) || isHere(person)
  const left = (before.get(email_key) ?? []).filter(contact => contact.account_id === account_id && !isPresent(contact))
  plan.departed.push(...left.map(({ contact_id }) => ({ account_id, contact_id })))
  plan.returned.push(...residual_access.filter(isPresent).map(({ contact_id }) => ({ account_id, contact_id })))
}
