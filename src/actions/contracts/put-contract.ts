import type { ActionContext } from '#actions/support/action-context.ts'
import { writeContract } from '#actions/support/contracts/contract-write.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { Caller } from '#domain/caller.ts'
import type { ContractTerms, ContractView } from '#domain/contracts/contract.ts'
import type { Preconditions } from '#domain/precondition.ts'

export type ContractPut = {
  contract_id: string
  terms: ContractTerms
  preconditions: Preconditions
  caller: Caller
}

/**
 * Takes over what billing says of a contract. A lower limit removes no contact (R27). Where the contract ends with this
 * change, or comes back into force, the accounts of its contacts close or open again (R28). A repeat changes nothing.
 * People who got another name or address while it had ended have it on this contract too (R34).
 * A contract that never had a contact may be given its right customer (R36).
 */
export async function putContract(context: ActionContext, put: ContractPut): Promise<PutOutcome<ContractView>> {
  return await inTransaction(context.database, async trx => {
    const { value, is_new, statements } = await writeContract(context, trx, put)
    await trx.commitWith(...statements)
    return { value, is_new }
  })
}
