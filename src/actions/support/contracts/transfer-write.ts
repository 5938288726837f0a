import type { LockedTransfer } from '#actions/support/contracts/lock-transfer.ts'
import type { TransferWrite } from '#db/contracts/transfers.ts'

/** What a transfer writes, by ids. */
export function transferWrite(
  { contracts, contacts, requests, plan }: LockedTransfer,
  customer_id: string,
  now: string,
): TransferWrite {
  return {
    customer_id,
    now,
    contract_ids: contracts.map(({ contract_id }) => contract_id),
    contact_ids: contacts.map(({ contact_id }) => contact_id),
    change_request_ids: requests.map(({ change_request_id }) => change_request_id),
    account_ids: plan.accounts.map(({ account_id }) => account_id),
    superseded: plan.superseded,
  }
}
