import type { ComparedStep } from '#domain/roster-step.ts'
import type { AddressAccount, StoredAccount } from '#domain/roster.ts'
import type { MailState } from '#domain/vocabulary.ts'

type Address = { email: string; email_key: string }
type AccountAtAddress = Address & { account_id: string }

/** A person who is no longer behind an account, and since when. */
type Departure = { account_id: string; contact_id: string; name: string; left_at: string }

/** The effect of a change of contacts on the accounts of the addresses concerned (R18–R21, R28). */
export type AccountPlan = {
  /** Accounts of addresses that the customer never had. */
  opened: AccountAtAddress[]
  /** Accounts of addresses that only people of ended contracts have had: they never open (R39). */
  never_opened: AccountAtAddress[]
  /** Closed accounts that open again, because people come to their address. */
  reopened: AccountAtAddress[]
  closed: AccountAtAddress[]
  /** Accounts that no contract in force kept open when a contact came to their address. */
  lapsed: { account_id: string; customer_id: string }[]
  /** Accounts that go to another address with the person who alone uses them; `mail_state` is of the former one. */
  rekeyed: { account_id: string; contact_ids: string[]; mail_state: MailState; before: Address; after: Address }[]
  /** Accounts that stay open and are shown under other names (R18). */
  renamed: (AccountAtAddress & { before: string | null; after: string | null })[]
  /** People who left an open account, or did not come back to one that opens again: they may still read it. */
  departed: Departure[]
  /** People who left an account before it closed, which opens again: they may still read it. */
  remaining: Departure[]
  /** People who use an account until it closes. */
  former: Departure[]
  /** Departures that no longer hold, because the person is back; `at_closing` if the account was closed meanwhile. */
  returned: { account_id: string; contact_id: string; at_closing: boolean }[]
  /** The accounts that are written, as they are afterwards. */
  updated: StoredAccount[]
}

/** An account that was in use before the change and is afterwards, with its addresses before and after. */
export type ContinuedAccount = { account: AddressAccount; after: Address; plan: AccountPlan }

/** A contract of the change, and what becomes of the accounts that are planned with it. */
export type AccountStep = ComparedStep & { accounts: AccountPlan }

export type PlannedAccounts = {
  /** The account of every address that has one after the change. */
  account_ids: Map<string, string>
  /** The account, open or closed, of every address that people come to on contracts that have ended (R39). */
  past_account_ids: Map<string, string>
  continued: ContinuedAccount[]
}

/** A plan that changes no account. */
export function noAccountChanges(): AccountPlan {
  return {
    opened: [],
    never_opened: [],
    reopened: [],
    closed: [],
    lapsed: [],
    rekeyed: [],
    renamed: [],
    departed: [],
    remaining: [],
    former: [],
    returned: [],
    updated: [],
  }
}
