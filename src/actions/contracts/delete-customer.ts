import type { ActionContext } from '#actions/support/action-context.ts'
import { listContractIds } from '#db/contracts/contract-pages.ts'
import { deleteCustomer as deleteCustomerRow, findFormerContacts, lockCustomer } from '#db/contracts/customers.ts'
import { insertHistory } from '#db/history/history.ts'
import { lockThings } from '#db/driver/locks.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'

export type CustomerDeletion = { customer_id: string; preconditions: Preconditions; caller: Caller }

/** How many of a customer's contracts a refusal names. */
const MOST_NAMED = 10

/**
 * Deletes a customer without contracts (R36). History keeps it. Refuses a customer that has a contract, and one whose
 * removed contacts or closed accounts stayed with it when its contracts went to another customer.
 */
export async function deleteCustomer(
  { database, clock }: ActionContext,
  { customer_id, preconditions, caller }: CustomerDeletion,
): Promise<void> {
  await inTransaction(database, async trx => {
    const [, before, contract_ids, former] = await Promise.all([
      lockThings(trx, 'customer', [customer_id]),
      lockCustomer(trx, customer_id),
      listContractIds(trx, customer_id, MOST_NAMED),
      findFormerContacts(trx, customer_id),
    ])
    if (before === undefined) throw new RefusedError({ type: 'not-found', resource: 'customer' })
    assertPreconditions(preconditions, entityTag(before))
    if (contract_ids.length > 0 || former !== undefined)
      throw new RefusedError({ type: 'state-conflict', customer_id, contract_ids })
    const occurred_at = monotonicTime(before.updated_at, clock.now())
    await trx.commitWith(
      deleteCustomerRow(customer_id),
      insertHistory({ ...caller, occurred_at }, [
        { event: 'customer.deleted', subject_id: customer_id, customer_id, before },
      ]),
    )
  })
}
