import type { ActionContext } from '#actions/support/action-context.ts'
import { termEntry } from '#actions/support/contracts/contract-end.ts'
import { scheduleContractStart } from '#actions/support/contracts/contract-start.ts'
import { findContract, updateContractStart } from '#db/contracts/contracts.ts'
import { insertHistory } from '#db/history/history.ts'
import { lockContract } from '#db/rosters/roster.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { contractView } from '#domain/contracts/contract.ts'
import { contractState } from '#domain/contracts/contract-term.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import type { Caller } from '#domain/caller.ts'

/**
 * Records that a contract's first day has come (R37). May run again, and in several processes at once: a recorded start
 * is not recorded again. Where billing has set a later day, another job waits for that.
 */
export async function startContract(context: ActionContext, contract_id: string, caller: Caller): Promise<void> {
  await inTransaction(context.database, async trx => {
    const [contract, whole] = await Promise.all([lockContract(trx, contract_id), findContract(trx, contract_id)])
    if (contract === undefined || whole === undefined || !contract.awaits_start) return
    const today = context.clock.today()
    if (contractState(contract, today) === 'not_yet_in_force')
      return await scheduleContractStart(context, trx, contract)
    const occurred_at = monotonicTime(contract.changed_at, context.clock.now())
    const after = contractView(whole, today)
    const before = { ...after, state: 'not_yet_in_force' } as const
    await trx.commitWith(
      updateContractStart(contract_id, occurred_at),
      insertHistory({ ...caller, occurred_at }, [termEntry('contract.started', { before, after })]),
    )
  })
}
