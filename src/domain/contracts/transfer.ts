import type { Contact } from '#domain/contact.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import type { HolderOfAddress } from '#domain/holder-of-address.ts'
import { fullName } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

/** A present contact of a contract that stays with its customer, behind an account of contacts that move. */
export type StayingContact = AccountContact & { ends_on: string | null }

/** An account at an address of contacts that move: of their customer, or of the one that they go to. */
export type TransferAccount = {
  account_id: string
  customer_id: string
  email_key: string
  is_open: boolean
  staying: StayingContact[]
}

/** An account that goes along, and the first contract of the transfer that has it. */
type MovedAccount = TransferAccount & { contract_id: string }

/** What a transfer does to accounts, and what speaks against it on which contract. */
export type TransferPlan = {
  accounts: MovedAccount[]
  /** Accounts that stay closed, because another is the new customer's at their address. */
  superseded: string[]
  /** For each address that would serve both customers: the contacts that move with it, and those that stay with it. */
  conflicts: { contract_ids: ReadonlySet<string>; contacts: HolderOfAddress[] }[]
}

/** How many contacts a refusal names. */
const MOST_NAMED = 200

/**
 * R36: plans a transfer of contracts to another customer. Contracts that have ended serve no contact on either side
 * (R28). An account goes along with its contacts in force; if none of its contacts is in force, it goes if no present
 * contact stays with it. An address with contacts in force that move and others that stay would serve both customers
 * (R20). At an address where the new customer had an account already, one remains: the open one, else the one that
 * comes. /
 */
export function planTransfer(
  rosters: readonly Roster[],
  known: readonly TransferAccount[],
  to_customer_id: string,
  today: string,
): TransferPlan {
  const ended = new Set(
    rosters.filter(({ contract }) => hasEnded(contract, today)).map(({ contract }) => contract.contract_id),
  )
  const isInForce = ({ contract_id }: Contact): boolean => !ended.has(contract_id)
  const behind = Map.groupBy(
    rosters.flatMap(({ contacts }) => contacts),
    ({ account_id }) => account_id,
  )
  const plan: TransferPlan = { accounts: [], superseded: [], conflicts: [] }
  for (const account of known) {
    const moving = (behind.get(account.account_id) ?? []).filter(contact => isAt(account, contact))
    const [first] = moving
    if (first === undefined) continue
    const inForce = moving.filter(isInForce)
    const held = account.staying.filter(contact => !hasEnded(contact, today))
    if (inForce.length > 0 && held.length > 0) plan.conflicts.push(conflictOf(inForce, held))
    if (inForce.length > 0 || account.staying.length === 0)
      plan.accounts.push({ ...account, contract_id: first.contract_id })
  }
  plan.superseded.push(...supersededAt(plan.accounts, known, to_customer_id))
  return plan
}

/** A contact of an ended contract may keep an address that the account has left, or an account that has moved on. */
function isAt({ customer_id, email_key }: TransferAccount, contact: Contact): boolean {
  return contact.customer_id === customer_id && contact.email_key === email_key
}

function conflictOf(moving: readonly Contact[], staying: readonly StayingContact[]): TransferPlan['conflicts'][number] {
  const contacts = [...moving, ...staying].map(contact => ({
    contact_id: contact.contact_id,
    contract_id: contact.contract_id,
    name: fullName(contact),
  }))
  return { contract_ids: new Set(moving.map(({ contract_id }) => contract_id)), contacts }
}

/** The accounts at each address that do not remain: all but the open one, or else all but the first that comes. */
function supersededAt(
  coming: readonly TransferAccount[],
  known: readonly TransferAccount[],
  to_customer_id: string,
): string[] {
  const own = known.filter(({ customer_id }) => customer_id === to_customer_id)
  const addresses = new Set(coming.map(({ email_key }) => email_key))
  const there = [...coming, ...own].filter(({ email_key }) => addresses.has(email_key))
  return [...Map.groupBy(there, ({ email_key }) => email_key).values()].flatMap(accounts => {
    const [, ...others] = accounts.toSorted((a, b) => Number(b.is_open) - Number(a.is_open))
    return others.map(({ account_id }) => account_id)
  })
}

/** The refusal of a transfer that would leave addresses on both sides, or of its part that concerns one contract. */
export function transferRefusals({ conflicts }: TransferPlan, contract_id?: string): Refusal[] {
  const concerned = conflicts.filter(({ contract_ids }) => contract_id === undefined || contract_ids.has(contract_id))
  const contacts = concerned.flatMap(conflict => conflict.contacts)
  if (contacts.length === 0) return []
  return [{ type: 'address-stays-behind', contacts: contacts.slice(0, MOST_NAMED), count: contacts.length }]
}
