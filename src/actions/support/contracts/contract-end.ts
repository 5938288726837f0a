import type { ActionContext } from '#actions/support/action-context.ts'
import type { HistoryEntry } from '#db/history/history.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { contractView, type Contract, type ContractView } from '#domain/contracts/contract.ts'
import { dayAfter, hasEnded, type ContractTerm } from '#domain/contracts/contract-term.ts'

/** Schedules the job that records a contract's end when the day after its last day starts. */
export async function scheduleContractEnd(
  { clock, enqueue }: ActionContext,
  trx: Transaction,
  { contract_id, ends_on }: { contract_id: string } & Pick<ContractTerm, 'ends_on'>,
): Promise<void> {
  if (ends_on !== null)
    await enqueue(trx, { queue: 'end-contract', id: contract_id, start_at: clock.startOf(dayAfter(ends_on)) })
}

type EndRecord = { end_recorded_at: string | null; entries: HistoryEntry[] }

/** The effect of billing's change on a contract's end: it ends the contract, brings it back into force, or neither. */
export function billedEnd(before: Contract | undefined, after: Contract, today: string): EndRecord {
  const wasEnded = before !== undefined && hasEnded(before, today)
  if (hasEnded(after, today) === wasEnded) return { end_recorded_at: after.end_recorded_at, entries: [] }
  if (before === undefined) return { end_recorded_at: after.changed_at, entries: [] }
  const former = contractView(before, today)
  const view = contractView(after, today)
  if (wasEnded)
    return { end_recorded_at: null, entries: [termEntry('contract.reinstated', { before: former, after: view })] }
  return { end_recorded_at: after.changed_at, entries: [endEntry(former, view, 'ended_by_billing')] }
}

/** The record of a contract's end, and why it ended: its term ran out, or billing ended it before. */
export function endEntry(
  before: ContractView,
  after: ContractView,
  reason: 'term_ended' | 'ended_by_billing',
): HistoryEntry {
  return termEntry('contract.ended', { before, after: { ...after, reason } })
}

/** The record that a contract's term begins, ends or goes on: its answer before and after (R37). */
export function termEntry(
  event: string,
  { before, after }: { before: ContractView; after: ContractView & { reason?: string } },
): HistoryEntry {
  const { contract_id, customer_id } = after
  return { event, subject_id: contract_id, contract_id, customer_id, before, after }
}
