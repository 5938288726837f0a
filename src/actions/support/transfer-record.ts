import type { LockedTransfer } from '#actions/support/lock-transfer.ts'
import type { HistoryEntry } from '#db/history.ts'
import type { TransferWrite } from '#db/transfers.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import { contractRecord, contractView, type Contract } from '#domain/contract.ts'

/** What a transfer writes, by ids. */
export function transferWrite(
  { contracts, contacts, plan }: LockedTransfer,
  customer_id: string,
  now: string,
): TransferWrite {
  return {
    customer_id,
    now,
    contract_ids: contracts.map(({ contract_id }) => contract_id),
    contact_ids: contacts.map(({ contact_id }) => contact_id),
    account_ids: plan.accounts.map(({ account_id }) => account_id),
    superseded: plan.superseded,
  }
}

/** The record of a transfer (R36): each contract, contact, account and open change request before and after. */
export function transferHistory(
  { contracts, contacts, plan, requests }: LockedTransfer,
  customer_id: string,
  { now, today }: { now: string; today: string },
): HistoryEntry[] {
  return [
    ...contracts.map(contract => contractEntry(contract, customer_id, { now, today })),
    ...contacts.map(contact => contactEntry(contact, customer_id, now)),
    ...plan.accounts.map(account => ({
      event: 'support_account.transferred',
      subject_id: account.account_id,
      customer_id,
      contract_id: account.contract_id,
      account_id: account.account_id,
      before: { customer_id: account.customer_id },
      after: { customer_id },
    })),
    ...requests.map(({ change_request_id, contract_id, customer_id: former, state }) => ({
      event: 'change_request.changed',
      subject_id: change_request_id,
      customer_id,
      contract_id,
      before: { state, customer_id: former },
      after: { state, customer_id, changed_fields: ['customer_id'] },
    })),
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

function contactEntry(contact: Contact, customer_id: string, now: string): HistoryEntry {
  const { contact_id, contract_id, account_id } = contact
  return {
    event: 'contact.changed',
    subject_id: contact_id,
    customer_id,
    contract_id,
    contact_id,
    account_id,
    before: contactView(contact),
    after: contactView({ ...contact, customer_id, updated_at: now }),
  }
}
