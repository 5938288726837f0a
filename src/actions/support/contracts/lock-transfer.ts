import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRosters } from '#actions/support/rosters/lock-roster.ts'
import { assertTransferable, placesOf, type TransferMatter } from '#actions/support/contracts/transfer-matter.ts'
import { listContractsByIds } from '#db/contracts/contracts.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import {
  listMovingRequests,
  listTransferAccounts,
  lockCustomerInPlace,
  lockMovingRequests,
} from '#db/contracts/transfers.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import type { Contract } from '#domain/contracts/contract.ts'
import { settledRequester, type RequestedBy } from '#domain/requester.ts'
import type { Roster } from '#domain/roster.ts'
import { planTransfer, type TransferPlan } from '#domain/contracts/transfer.ts'

/** What a transfer is about, under its locks: as it is before, and what becomes of the accounts. */
export type LockedTransfer = {
  rosters: readonly Roster[]
  contracts: readonly Contract[]
  contacts: readonly Contact[]
  requests: readonly ChangeRequest[]
  plan: TransferPlan
  requested_by: RequestedBy | null
}

/**
 * Locks the change requests, then contracts in the order of their ids, then the addresses of their contacts, as every
 * change does; and plans the transfer (R36). Refuses unknown ids, and contracts that the customer has already.
 */
export async function lockTransfer(
  context: ActionContext,
  trx: Transaction,
  matter: TransferMatter,
): Promise<LockedTransfer> {
  const { to_customer_id: customer_id } = matter
  const contract_ids = [...new Set(matter.contract_ids)]
  const [, rosters, contracts, customer, requests] = await Promise.all([
    lockMovingRequests(trx, contract_ids),
    lockRosters(context, trx, contract_ids),
    listContractsByIds(trx, contract_ids),
    lockCustomerInPlace(trx, customer_id),
    listMovingRequests(trx, contract_ids),
  ])
  assertTransferable(rosters, customer, matter)
  const contacts = rosters.flatMap(roster => roster.contacts)
  const requested_by = settledRequester(contacts, matter.asking)
  const places = placesOf(rosters)
  const [, known] = await Promise.all([
    lockThings(trx, 'address', places.addresses),
    listTransferAccounts(trx, { ...places, contract_ids, customer_id }),
  ])
  const plan = planTransfer(rosters, known, customer_id, context.clock.today())
  return { rosters, contracts, contacts, requests, plan, requested_by }
}
