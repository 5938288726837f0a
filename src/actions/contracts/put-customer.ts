import type { ActionContext } from '#actions/support/action-context.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { findCustomer, upsertCustomer, type Customer } from '#db/contracts/customers.ts'
import { insertHistory } from '#db/history/history.ts'
import { lockThings } from '#db/driver/locks.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'

export type CustomerPut = {
  customer: Omit<Customer, 'updated_at'>
  preconditions: Preconditions
  caller: Caller
}

/** Takes over what the CRM says of a customer. The same again changes nothing. */
export async function putCustomer({ database, clock }: ActionContext, put: CustomerPut): Promise<PutOutcome<Customer>> {
  const { preconditions, caller } = put
  const { customer_id, name } = put.customer
  return await inTransaction(database, async trx => {
    const [, before] = await Promise.all([lockThings(trx, 'customer', [customer_id]), findCustomer(trx, customer_id)])
    assertPreconditions(preconditions, before === undefined ? null : entityTag(before))
    if (before?.name === name) return { value: before, is_new: false }
    const occurred_at = monotonicTime(before?.updated_at ?? '', clock.now())
    const customer = { customer_id, name, updated_at: occurred_at }
    await upsertCustomer(trx, customer)
    const event = before === undefined ? 'customer.created' : 'customer.changed'
    await trx.commitWith(
      insertHistory({ ...caller, occurred_at }, [
        { event, subject_id: customer_id, customer_id, before: before ?? null, after: customer },
      ]),
    )
    return { value: customer, is_new: before === undefined }
  })
}
