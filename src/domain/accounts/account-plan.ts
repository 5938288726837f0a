import { movingAccounts, type AccountMove } from '#domain/accounts/account-moves.ts'
import { ownAccount, peopleOfChange } from '#domain/accounts/account-people.ts'
import {
  enterAccount,
  lapseAccount,
  leaveAccount,
  moveAccount,
  type Planning,
} from '#domain/accounts/account-transitions.ts'
import type { AccountStep, PlannedAccounts } from '#domain/accounts/planned-accounts.ts'
import type { AddressAccount, AddressAccounts, StoredAccount } from '#domain/roster.ts'

/**
 * Plans the accounts of `addresses`, over all contracts of a change together; each with the first contract that it
 * concerns. The contacts that count are those of contracts in force, before and after (R28). A customer has one account
 * for an address. It opens with its first contact, closes with its last, and opens again for people who come back. It
 * goes along when the person who alone uses it gets another address (R21).
 */
export function planAccounts(
  addresses: readonly string[],
  known: AddressAccounts,
  steps: readonly AccountStep[],
  { now, newId }: { now: string; newId: () => string },
): PlannedAccounts {
  const people = peopleOfChange(steps)
  const moves = movingAccounts(known, people)
  const left = new Set([...moves.values()].map(({ account }) => account.email_key))
  const planned: PlannedAccounts = { account_ids: new Map(), past_account_ids: new Map(), continued: [] }
  const open = new Set(addresses)
  for (const { roster, desired, accounts: plan } of steps) {
    for (const { email_key } of [...roster.contacts, ...desired]) {
      if (!open.delete(email_key)) continue
      const account = known.get(email_key)
      planAddress({ ...planned, plan, people, now, newId }, email_key, {
        account,
        own: left.has(email_key) ? undefined : ownAccount(account, people.customer_ids),
        move: moves.get(email_key),
      })
    }
  }
  return planned
}

/** An address: the account to see there, the customer's own if it stays, and the one that comes with its person. */
type AtAddress = {
  account: AddressAccount | undefined
  own: AddressAccount | undefined
  move: AccountMove | undefined
}

function planAddress(planning: Planning, email_key: string, { account, own, move }: AtAddress): void {
  const { plan, people, newId, account_ids } = planning
  const [first] = people.after.get(email_key) ?? []
  if (first === undefined) {
    leaveAccount(planning, own)
    return enterPast(planning, email_key, own)
  }
  lapseAccount(planning, account)
  if (move !== undefined) return moveAccount(planning, move)
  if (own !== undefined) return enterAccount(planning, own)
  const account_id = newId()
  plan.opened.push({ account_id, email: first.email, email_key })
  account_ids.set(email_key, account_id)
}

/** R39: people of ended contracts belong to the customer's account of their address, or to one that never opens. */
function enterPast({ plan, people, newId, past_account_ids }: Planning, email_key: string, own?: StoredAccount): void {
  const comer = people.past.get(email_key)
  if (comer === undefined) return
  const account_id = own?.account_id ?? newId()
  past_account_ids.set(email_key, account_id)
  if (own === undefined) plan.never_opened.push({ account_id, email: comer.email, email_key })
}
