import type { Contact } from '#domain/contact.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import { fullName } from '#domain/person-name.ts'
import { contactsAfter, type RosterPlan } from '#domain/rosters/roster-plan.ts'
import type { AccountPlan } from '#domain/accounts/planned-accounts.ts'
import type { AddressAccounts, Roster } from '#domain/roster.ts'
import { displayName } from '#domain/accounts/support-account.ts'

/** A plan and the roster that it changes. */
export type PlannedRoster = { roster: Roster; plan: RosterPlan }

/** What a plan does to support accounts, as a client sees it. */
export type AccountChanges = {
  /** `account_id` is null where the account is new. */
  opened: { account_id: string | null; email: string; display_name: string | null }[]
  renamed: { account_id: string; email: string; before: string | null; after: string | null }[]
  rekeyed: { account_id: string; before: string; after: string }[]
  closed: { account_id: string; email: string; display_name: string | null }[]
  /** People who were behind an account that is open afterwards: they may still read its mailbox (R21). */
  residual_access: { account_id: string; contact_id: string; name: string }[]
}

/** What a plan does to the accounts that are shown with it. `people` are the contacts of the whole change. */
export function accountChanges(
  { opened, reopened, renamed, rekeyed, closed, departed }: AccountPlan,
  { before, after, names }: PeopleBehind,
): AccountChanges {
  return {
    opened: [
      ...opened.map(({ email, email_key }) => ({ account_id: null, email, display_name: displayAt(after, email_key) })),
      ...reopened.map(({ account_id, email, email_key }) => ({
        account_id,
        email,
        display_name: displayAt(after, email_key),
      })),
    ],
    renamed: renamed.map(({ email_key: _key, ...renaming }) => renaming),
    rekeyed: rekeyed.map(one => ({ account_id: one.account_id, before: one.before.email, after: one.after.email })),
    closed: closed.map(({ account_id, email, email_key }) => ({
      account_id,
      email,
      display_name: displayAt(before, email_key),
    })),
    residual_access: departed.map(({ account_id, contact_id }) => ({
      account_id,
      contact_id,
      name: names.get(contact_id) ?? '',
    })),
  }
}

/** The contacts of the contracts in force by address, before and after; and the names of all who may leave. */
type PeopleBehind = { before: ContactsByAddress; after: ContactsByAddress; names: ReadonlyMap<string, string> }

type ContactsByAddress = ReadonlyMap<string, readonly Contact[]>

function displayAt(people: ContactsByAddress, email_key: string): string | null {
  return displayName(people.get(email_key) ?? [])
}

/** The contacts in force at each address before and after a planned change, and the names of all who may leave. */
export function peopleBehind(
  planned: readonly PlannedRoster[],
  accounts: AddressAccounts,
  today: string,
): PeopleBehind {
  const inForce = planned.filter(({ roster }) => !hasEnded(roster.contract, today))
  const people = [...accounts.values()].flatMap(account => [account, ...(account.closed ? [account.closed] : [])])
  return {
    before: byAddress(inForce.flatMap(({ roster }) => roster.contacts)),
    after: byAddress(inForce.flatMap(({ plan }) => contactsAfter(plan))),
    names: new Map(
      [
        ...planned.flatMap(({ roster }) => roster.contacts),
        ...people.flatMap(({ run_out, residual_access }) => [...run_out, ...residual_access]),
      ].map(person => [person.contact_id, fullName(person)]),
    ),
  }
}

function byAddress(contacts: readonly Contact[]): ContactsByAddress {
  return Map.groupBy(contacts, contact => contact.email_key)
}
