import type { ActionContext } from '#actions/support/action-context.ts'
import { endEntry, scheduleContractEnd } from '#actions/support/contracts/contract-end.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { findContract, updateContractEnd } from '#db/contracts/contracts.ts'
import { insertHistory } from '#db/history/history.ts'
import { listRoster, lockContract } from '#db/rosters/roster.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { contractView } from '#domain/contracts/contract.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import type { Caller } from '#domain/caller.ts'
import { NOBODY_ASKED } from '#domain/requester.ts'

/**
 * Records the end of a contract whose last day has passed (R28): accounts with no other contract in force close, and
 * history says why. May run again, and in several processes at once: a recorded end is not recorded again. A contract
 * on its last day waits for its end; where billing has set a later end, another job waits for that.
 */
export async function endContract(context: ActionContext, contract_id: string, caller: Caller): Promise<void> {
  await inTransaction(context.database, async trx => {
    const [contract, whole] = await Promise.all([lockContract(trx, contract_id), findContract(trx, contract_id)])
    if (contract === undefined || whole === undefined || contract.end_recorded_at !== null) return
    const today = context.clock.today()
    if (contract.ends_on === today) return await scheduleContractEnd(context, trx, contract) // its job came early
    if (!hasEnded(contract, today)) return
    const contacts = await listRoster(trx, contract_id, today)
    const view = contractView(whole, today)
    const occurred_at = monotonicTime(contract.changed_at, context.clock.now())
    const { statements } = await planRosterChange(context, trx, {
      roster: { contract: { ...contract, changed_at: occurred_at }, contacts },
      desired: desiredRoster(contacts),
      caller,
      asking: NOBODY_ASKED,
      formerTerm: { ...contract, ends_on: null },
    })
    await trx.commitWith(
      updateContractEnd(contract_id, occurred_at),
      insertHistory({ ...caller, occurred_at }, [endEntry({ ...view, state: 'in_force' }, view, 'term_ended')]),
      ...statements,
    )
  })
}
