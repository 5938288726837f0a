import type { Contact } from '#domain/contact.ts'
import { hasEnded } from '#domain/contract-term.ts'
import { fullName } from '#domain/person-name.ts'
import { contactsAfter, type RosterPlan } from '#domain/roster-plan.ts'
import type { AddressAccount, Roster } from '#domain/roster.ts'
import { displayName } from '#domain/support-account.ts'

/** A plan and the roster that it changes. */
export type PlannedRoster = { roster: Roster; plan: RosterPlan }

/** What a plan does to support accounts, as a client sees it. */
export type AccountChanges = {
  opened: { email: string; display_name: string | null }[]
  renamed: { account_id: string; email: string; before: string | null; after: string | null }[]
  closed: { account_id: string; email: string; display_name: string | null }[]
  /** People who leave a mailbox that others still use: they may still read it (R21). */
  residual_access: { account_id: string; contact_id: string; name: string }[]
}

/** The contacts of the contracts in force by address, before and after. */
type PeopleBehind = { before: ContactsByAddress; after: ContactsByAddress }

export function peopleBehind(planned: readonly PlannedRoster[], today: string): PeopleBehind {
  const inForce = planned.filter(({ roster }) => !hasEnded(roster.contract, today))
  return {
    before: byAddress(inForce.flatMap(({ roster }) => roster.contacts)),
    after: byAddress(inForce.flatMap(({ plan }) => contactsAfter(plan))),
  }
}

/** What a plan does to the accounts that are shown with it, of those that it concerns. */
export function accountChanges(
  { roster, plan }: PlannedRoster,
  known: readonly AddressAccount[],
  { before, after }: PeopleBehind,
): AccountChanges {
  const names = new Map(roster.contacts.map(contact => [contact.contact_id, fullName(contact)]))
  const { opened, closed, lapsed, departed } = plan.accounts
  const closing = new Set([
    ...closed,
    ...lapsed
      .filter(({ customer_id }) => customer_id === roster.contract.customer_id)
      .map(({ account_id }) => account_id),
  ])
  return {
    opened: opened.map(({ email, email_key }) => ({ email, display_name: displayName(after.get(email_key) ?? []) })),
    renamed: known
      .filter(({ account_id, customer_id }) => customer_id === roster.contract.customer_id && !closing.has(account_id))
      .flatMap(account => renaming(account, before, after)),
    closed: known
      .filter(({ account_id }) => closing.has(account_id))
      .map(account => ({
        account_id: account.account_id,
        email: spelling(account, before),
        display_name: shownName(account, before),
      })),
    residual_access: departed.map(({ account_id, contact_id }) => ({
      account_id,
      contact_id,
      name: names.get(contact_id) ?? '',
    })),
  }
}

type ContactsByAddress = ReadonlyMap<string, readonly Contact[]>

function byAddress(contacts: readonly Contact[]): ContactsByAddress {
  return Map.groupBy(contacts, contact => contact.email_key)
}

function renaming(
  account: AddressAccount,
  before: ContactsByAddress,
  after: ContactsByAddress,
): AccountChanges['renamed'] {
  const [old, now] = [shownName(account, before), shownName(account, after)]
  return old === now
    ? []
    : [{ account_id: account.account_id, email: spelling(account, before, after), before: old, after: now }]
}

/** The name that the support site shows for an account with these contacts of the contract behind it (R18). */
function shownName({ email_key, elsewhere }: AddressAccount, contacts: ContactsByAddress): string | null {
  return displayName([...elsewhere, ...(contacts.get(email_key) ?? [])])
}

/** The address in the spelling of the contract's own contacts. */
function spelling({ email_key }: AddressAccount, ...contacts: readonly ContactsByAddress[]): string {
  const [first] = contacts.flatMap(addresses => addresses.get(email_key) ?? [])
  return first?.email ?? email_key
}
