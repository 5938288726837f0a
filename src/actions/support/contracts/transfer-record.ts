import { requestMovedEntry } from '#actions/support/change-requests/change-request-record.ts'
import type { LockedTransfer } from '#actions/support/contracts/lock-transfer.ts'
import { contactEntry } from '#actions/support/rosters/roster-history.ts'
import type { HistoryEntry } from '#db/history/history.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import { contractRecord, contractSeats, contractView, type Contract } from '#domain/contracts/contract.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'
import { supportAccountView, type SupportAccount } from '#domain/accounts/support-account-view.ts'

/** The accounts of a transfer before it, by their ids; the contacts behind them, each before and after it. */
export type TransferredPeople = {
  accounts: ReadonlyMap<string, SupportAccount>
  contacts: readonly (readonly [Contact, Contact])[]
}

/** The record of a transfer (R36): each contract, contact, account and change request before and after. */
export function transferHistory(
  { contracts, plan, requests }: LockedTransfer,
  { accounts, contacts }: TransferredPeople,
  customer_id: string,
  { now, today }: { now: string; today: string },
): HistoryEntry[] {
  const seats = new Map(contracts.map(contract => [contract.contract_id, seatNumbers(contract)]))
  return [
    ...contracts.map(contract => contractEntry(contract, customer_id, { now, today })),
    ...contacts.flatMap(([before, after]) => contactEntries(before, after, seats.get(after.contract_id))),
    ...plan.accounts.map(({ account_id, contract_id }) => ({
      event: 'support_account.transferred',
      subject_id: account_id,
      customer_id,
      contract_id,
      account_id,
      ...transferredAccount(accounts.get(account_id), customer_id),
    })),
    ...requests.map(request => requestMovedEntry(request, customer_id)),
  ]
}

function contractEntry(
  contract: Contract,
  customer_id: string,
  { now, today }: { now: string; today: string },
): HistoryEntry {
  const { contract_id } = contract
  return {
    event: 'contract.changed',
    subject_id: contract_id,
    customer_id,
    contract_id,
    before: contractView(contract, today),
    after: contractRecord({ ...contract, customer_id, updated_at: now, changed_at: now }, today),
  }
}

/** R37: how many seats are taken, as every entry of a contact says. */
function seatNumbers(contract: Contract) {
  const { limit, used, over } = seatCount(contractSeats(contract).limit, contract.seats_used)
  return { limit, used, over }
}

function transferredAccount(account: SupportAccount | undefined, customer_id: string) {
  if (account === undefined) return {}
  return { before: supportAccountView(account), after: supportAccountView({ ...account, customer_id }) }
}

/** A contact that moves, or whose mailbox others use no longer; none where its answer stays the same (R37). */
function contactEntries(former: Contact, contact: Contact, contract_seats: object | undefined): HistoryEntry[] {
  const [before, after] = [contactView(former), contactView(contact)]
  if (before.customer_id === after.customer_id && before.mailbox_shared === after.mailbox_shared) return []
  const entry = contactEntry('contact.changed', contact)
  return [{ ...entry, before, after: { ...after, ...(contract_seats && { contract_seats }) } }]
}
