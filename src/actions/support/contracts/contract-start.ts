import type { ActionContext } from '#actions/support/action-context.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { RosterContract } from '#domain/roster.ts'

/** Schedules the job that records a contract's start when its first day begins; not where that has come already. */
export async function scheduleContractStart(
  { clock, enqueue }: ActionContext,
  trx: Transaction,
  { contract_id, starts_on, awaits_start }: Pick<RosterContract, 'contract_id' | 'starts_on' | 'awaits_start'>,
): Promise<void> {
  if (awaits_start) await enqueue(trx, { queue: 'start-contract', id: contract_id, start_at: clock.startOf(starts_on) })
}
