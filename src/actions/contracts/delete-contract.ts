import type { ActionContext } from '#actions/support/action-context.ts'
import { requestDeletedEntry } from '#actions/support/change-requests/change-request-record.ts'
import { deleteContract as deleteContractRow, deleteContractApps, findContract } from '#db/contracts/contracts.ts'
import { listMovingRequests, lockMovingRequests } from '#db/contracts/transfers.ts'
import { insertHistory } from '#db/history/history.ts'
import { lockContract } from '#db/rosters/roster.ts'
import { lockThings } from '#db/driver/locks.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { contractView } from '#domain/contracts/contract.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'

export type ContractDeletion = { contract_id: string; preconditions: Preconditions; caller: Caller }

/**
 * Deletes a contract that never had a contact (R36). So it has no accounts, and a job that waits for its end finds
 * nothing. Its change requests go with it. History keeps all of it. Refuses a contract that ever had a contact.
 */
export async function deleteContract(
  { database, clock }: ActionContext,
  { contract_id, preconditions, caller }: ContractDeletion,
): Promise<void> {
  await inTransaction(database, async trx => {
    const [, , , contract, requests] = await Promise.all([
      lockMovingRequests(trx, [contract_id]),
      lockThings(trx, 'contract', [contract_id]),
      lockContract(trx, contract_id),
      findContract(trx, contract_id),
      listMovingRequests(trx, [contract_id]),
    ])
    if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
    const before = contractView(contract, clock.today())
    assertPreconditions(preconditions, entityTag(before))
    const { customer_id, registered_at } = contract
    if (registered_at !== null) throw new RefusedError({ type: 'state-conflict', contract_id, registered_at })
    const occurred_at = monotonicTime(contract.changed_at, clock.now())
    await trx.commitWith(
      deleteContractApps(contract_id),
      deleteContractRow(contract_id),
      insertHistory({ ...caller, occurred_at }, [
        ...requests.map(requestDeletedEntry),
        { event: 'contract.deleted', subject_id: contract_id, contract_id, customer_id, before },
      ]),
    )
  })
}
