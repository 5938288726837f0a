import type { ActionContext } from '#actions/support/action-context.ts'
import type { HistoryEntry } from '#db/history.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Contract } from '#domain/contract.ts'
import { contractState, dayAfter, hasEnded, type ContractTerm } from '#domain/contract-term.ts'
import type { RosterContract } from '#domain/roster.ts'

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
  if (wasEnded)
    return {
      end_recorded_at: null,
      entries: [
        {
          event: 'contract.reinstated',
          subject_id: after.contract_id,
          contract_id: after.contract_id,
          customer_id: after.customer_id,
          after: { ends_on: after.ends_on, state: contractState(after, today) },
        },
      ],
    }
  return {
    end_recorded_at: after.changed_at,
    entries: before === undefined ? [] : [endEntry(after, 'ended_by_billing')],
  }
}

/** The record of a contract's end, and why it ended: its term ran out, or billing ended it before. */
export function endEntry(
  { contract_id, customer_id, ends_on }: Pick<RosterContract, 'contract_id' | 'customer_id' | 'ends_on'>,
  reason: 'term_ended' | 'ended_by_billing',
): HistoryEntry {
  return {
    event: 'contract.ended',
    subject_id: contract_id,
    contract_id,
    customer_id,
    after: { ends_on, state: 'ended', reason },
  }
}
