import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import type { AddressAccount, AddressAccounts, DesiredContact } from '#domain/roster.ts'

type OpenedAccount = { account_id: string; email: string; email_key: string }
type Departure = { account_id: string; contact_id: string }

/** The effect of a change of contacts on the accounts of the addresses concerned (R18–R21, R28). */
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
}

/** A contract of the change, and what becomes of the accounts that are planned with it. */
export type AccountStep = Pick<ComparedStep, 'roster' | 'desired' | 'wasInForce' | 'isInForce'> & {
  accounts: AccountPlan
}

export function noAccountChanges(): AccountPlan {
  return { opened: [], reopened: [], closed: [], lapsed: [], departed: [], returned: [] }
}

/**
 * Plans the accounts of `addresses`, over all contracts of a change together; each with the first contract that it
 * concerns. The contacts that count are those of contracts in force, before and after (R28). An account opens with its
 * first contact and closes with its last; a contract that comes back into force finds its accounts again. Answers the
 * account of every address that has one after the change.
 */
export function planAccounts(
  addresses: readonly string[],
  known: AddressAccounts,
  steps: readonly AccountStep[],
  newId: () => string,
): Map<string, string> {
  const people = peopleOf(steps)
  const account_ids = new Map<string, string>()
  const open = new Set(addresses)
  for (const { roster, desired, accounts } of steps) {
    for (const { email_key } of [...roster.contacts, ...desired]) {
      if (!open.delete(email_key)) continue
      const [first] = people.after.get(email_key) ?? []
      const account = known.get(email_key)
      const account_id =
        first === undefined
          ? leaveAccount(accounts, account, people)
          : enterAccount(accounts, account, first, people, newId)
      if (account_id !== undefined) account_ids.set(email_key, account_id)
    }
  }
  return account_ids
}

/** The contacts of the contracts by address, by account and by id. */
type People = {
  customer_ids: ReadonlySet<string>
  before: ReadonlyMap<string, readonly Contact[]>
  after: ReadonlyMap<string, readonly DesiredContact[]>
  known: ReadonlyMap<string, readonly Contact[]>
  known_accounts: ReadonlySet<string>
  /** The address that each contact has afterwards. */
  addresses_after: ReadonlyMap<string, string>
}

function peopleOf(steps: readonly AccountStep[]): People {
  const known = steps.flatMap(({ roster }) => roster.contacts)
  const before = steps.flatMap(({ roster, wasInForce }) => (wasInForce ? roster.contacts : []))
  const after = steps.flatMap(({ desired, isInForce }) => (isInForce ? desired : []))
  return {
    customer_ids: new Set(steps.map(({ roster }) => roster.contract.customer_id)),
    before: byAddress(before),
    after: byAddress(after),
    known: byAddress(known),
    known_accounts: new Set(known.map(({ account_id }) => account_id)),
    addresses_after: new Map(after.map(({ contact_id, email_key }) => [contact_id, email_key])),
  }
}

function byAddress<Person extends { email_key: string }>(people: readonly Person[]): Map<string, Person[]> {
  return Map.groupBy(people, ({ email_key }) => email_key)
}

/**
 * For an address that no contact of the contracts has any more. An account that was opened there for other contacts,
 * after the contract had ended, is not this contract's to leave or to close.
 */
function leaveAccount(plan: AccountPlan, account: AddressAccount | undefined, people: People): string | undefined {
  if (account === undefined || !people.customer_ids.has(account.customer_id)) return undefined
  if (!people.known_accounts.has(account.account_id)) return undefined
  if (account.elsewhere.length === 0) {
    plan.closed.push(account.account_id)
    endResidualAccess(plan, account)
    return undefined
  }
  recordMoves(plan, account, people)
  return account.account_id
}

/** For an address that a contact of the contracts has or gets. */
function enterAccount(
  plan: AccountPlan,
  account: AddressAccount | undefined,
  { email, email_key }: DesiredContact,
  people: People,
  newId: () => string,
): string {
  if (account !== undefined && isKept(account, people)) {
    recordMoves(plan, account, people)
    return account.account_id
  }
  if (account !== undefined) {
    plan.lapsed.push({ account_id: account.account_id, customer_id: account.customer_id })
    endResidualAccess(plan, account)
  }
  const [former] = people.known.get(email_key) ?? []
  const account_id = former?.account_id ?? newId()
  if (former === undefined) plan.opened.push({ account_id, email, email_key })
  else plan.reopened.push(account_id)
  return account_id
}

/**
 * Whether the contacts that come get the open account: it is this customer's, and it has contacts in force or was their
 * own. Otherwise its contracts have ended, and the next person does not get it (R20, R28).
 */
function isKept({ account_id, customer_id, email_key, elsewhere }: AddressAccount, people: People): boolean {
  const isInUse = elsewhere.length > 0 || people.before.has(email_key)
  return people.customer_ids.has(customer_id) && (isInUse || people.known_accounts.has(account_id))
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
