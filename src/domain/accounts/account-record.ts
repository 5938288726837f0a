import { hasNotLeft } from '#domain/accounts/account-people.ts'
import { ERASED } from '#domain/erased-text.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { AccountPlan } from '#domain/accounts/planned-accounts.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import type {
  AddressAccount,
  AddressAccounts,
  FormerPerson,
  Roster,
  StoredAccount,
  WrittenContact,
} from '#domain/roster.ts'
import {
  supportAccountView,
  type SupportAccount,
  type SupportAccountView,
} from '#domain/accounts/support-account-view.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

/** An account as it was answered before a change, null where there was none, and as it is answered after it. */
export type AccountRecord = {
  before: SupportAccountView | null
  after: SupportAccountView
  /**
   * What readers may have been told, where contacts of a contract that ended by its dates are behind the account: they
   * go without a record until that of the end, or of a change before it.
   */
  told?: SupportAccountView
}

export type AccountRecords = ReadonlyMap<string, AccountRecord>

/** A contract of a change whose accounts are planned, and its contacts after the change. */
type PlannedStep = ComparedStep & { accounts: AccountPlan; contacts_after: readonly WrittenContact[] }

/** R37: the answers of all accounts at the addresses of a change, before it and after it. */
export function accountRecords(known: AddressAccounts, steps: readonly PlannedStep[], now: string): AccountRecords {
  const change = summedUp(steps)
  const records = new Map<string, AccountRecord>()
  for (const account of [...known.values()].flatMap(one => [one, ...(one.closed === undefined ? [] : [one.closed])])) {
    const { account_id } = account
    const before = change.before.get(account_id) ?? []
    const run_out = change.run_out.get(account_id) ?? []
    records.set(account_id, {
      before: viewBefore(account, before),
      after: viewAfter(account, change),
      ...(run_out.length > 0 && { told: viewBefore(account, [...before, ...run_out]) }),
    })
  }
  for (const { accounts, roster } of steps) {
    const { customer_id } = roster.contract
    const made = [
      ...accounts.opened.map(account => ({ ...account, ...justOpened(now), customer_id })),
      ...accounts.never_opened.map(account => ({ ...account, ...justOpened(now), customer_id, closed_at: now })),
    ]
    for (const row of made) records.set(row.account_id, { before: null, after: viewAfter(row, change) })
  }
  return records
}

/**
 * R37: the accounts whose answers change though nothing else of them is recorded, each with the first roster of the
 * change that it concerns.
 */
export function otherChanges(records: AccountRecords, steps: readonly PlannedStep[]): Map<Roster, ChangedAccount[]> {
  const recorded = new Set(steps.flatMap(({ accounts }) => recordedIds(accounts)))
  const places = steps.flatMap(({ roster, contacts_after }) =>
    [...roster.contacts, ...contacts_after].map(({ account_id }) => ({ roster, account_id })),
  )
  const changed = places.filter(({ account_id }) => {
    const record = records.get(account_id)
    if (record?.before == null || recorded.has(account_id) || isSame(record)) return false
    return recorded.add(account_id)
  })
  return Map.groupBy(changed, ({ roster }) => roster)
}

type ChangedAccount = { account_id: string }

function isSame({ before, after, told }: AccountRecord): boolean {
  return [before, told ?? before].every(view => JSON.stringify(view) === JSON.stringify(after))
}

/** R37: an account as history records it before a change: as it was answered, or told if that is all that differs. */
export function recordedBefore({ before, after, told }: AccountRecord): SupportAccountView | null {
  return told !== undefined && JSON.stringify(before) === JSON.stringify(after) ? told : before
}

function recordedIds({ opened, reopened, closed, lapsed, rekeyed, renamed, departed, returned }: AccountPlan) {
  const shown = returned.filter(({ at_closing }) => !at_closing)
  const several = [opened, reopened, closed, lapsed, rekeyed, renamed, departed, shown]
  return several.flatMap(accounts => accounts.map(({ account_id }) => account_id))
}

type Change = {
  /** The contacts in force of the contracts of the change, by their accounts, before it and after it. */
  before: ReadonlyMap<string, AccountContact[]>
  /** Those of contracts that ended by their dates and whose end is not recorded yet. */
  run_out: ReadonlyMap<string, AccountContact[]>
  after: ReadonlyMap<string, AccountContact[]>
  contacts_after: ReadonlyMap<string, WrittenContact>
  updated: ReadonlyMap<string, StoredAccount>
  plans: readonly AccountPlan[]
}

function summedUp(steps: readonly PlannedStep[]): Change {
  const before = steps.flatMap(({ roster, wasInForce }) => (wasInForce ? roster.contacts : []))
  const run_out = steps.flatMap(({ roster, wasInForce }) =>
    wasInForce || roster.contract.end_recorded_at !== null ? [] : roster.contacts,
  )
  const after = steps.flatMap(({ contacts_after, isInForce }) => (isInForce ? contacts_after : []))
  const all = steps.flatMap(({ contacts_after }) => contacts_after)
  const plans = steps.map(({ accounts }) => accounts)
  const updated = plans.flatMap(plan => plan.updated)
  return {
    before: Map.groupBy(before, ({ account_id }) => account_id),
    run_out: Map.groupBy(run_out, ({ account_id }) => account_id),
    after: Map.groupBy(after, ({ account_id }) => account_id),
    contacts_after: new Map(all.map(contact => [contact.contact_id, contact])),
    updated: new Map(updated.map(account => [account.account_id, account])),
    plans,
  }
}

type Known = StoredAccount &
  Readonly<Pick<AddressAccount, 'external_id'>> & {
    elsewhere: readonly AccountContact[]
    residual_access: readonly FormerPerson[]
  }

function viewBefore(account: AddressAccount, behind: readonly AccountContact[]): SupportAccountView {
  const contacts = [...account.elsewhere, ...behind.filter(hasNotLeft(account))]
  return supportAccountView({
    ...account,
    contacts: contacts.toSorted(byId),
    residual_access: account.residual_access.map(shown).toSorted(byDeparture),
  })
}

function viewAfter(account: Known, change: Change): SupportAccountView {
  const { account_id, elsewhere } = account
  const contacts = [...elsewhere, ...(change.after.get(account_id) ?? [])].toSorted(byId)
  const row = { ...account, ...change.updated.get(account_id) }
  return supportAccountView({ ...row, contacts, residual_access: residualAfter(account, change) })
}

function residualAfter(account: Known, { plans, contacts_after }: Change): SupportAccount['residual_access'] {
  const isOwn = ({ account_id }: { account_id: string }): boolean => account_id === account.account_id
  const returned = new Set(plans.flatMap(plan => plan.returned.filter(isOwn)).map(({ contact_id }) => contact_id))
  const left = plans.flatMap(({ departed, former }) => [...departed, ...former].filter(isOwn))
  const people = new Map(account.residual_access.map(person => [person.contact_id, shown(person)]))
  for (const contact_id of returned) people.delete(contact_id)
  for (const { contact_id, name, left_at } of left)
    people.set(contact_id, { contact_id, family_name: name, given_name: null, left_at })
  return [...people.values()]
    .map(person => ({ ...person, ...nameOf(contacts_after.get(person.contact_id) ?? person) }))
    .toSorted(byDeparture)
}

function nameOf({ family_name, given_name }: PersonName): PersonName {
  return { family_name, given_name }
}

/** A person who left, as the answer names them: not by the word that stays of an erased one. */
function shown({ contact_id, left_at, is_erased, ...name }: FormerPerson): Residual {
  return { contact_id, left_at, ...(is_erased === true ? { family_name: ERASED, given_name: null } : nameOf(name)) }
}

function byDeparture(a: Residual, b: Residual): number {
  return compare(a.left_at, b.left_at) || byId(a, b)
}

type Residual = SupportAccount['residual_access'][number]

/** What an account is at first. */
function justOpened(now: string) {
  const times = { opened_at: now, closed_at: null, password_set_at: null, in_use_since: now }
  return { ...times, mail_state: 'unknown', external_id: null, elsewhere: [], residual_access: [] } as const
}

function byId(a: { contact_id: string }, b: { contact_id: string }): number {
  return compare(a.contact_id, b.contact_id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
