import type { ActionContext } from '#actions/support/action-context.ts'
import { planRosterChange } from '#actions/support/plan-roster-change.ts'
import { updateContractEnd } from '#db/contracts.ts'
import { insertHistory, type HistoryEntry } from '#db/history.ts'
import { listRoster, lockContract } from '#db/roster.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import type { Contract } from '#domain/contract.ts'
import { dayAfter, hasEnded, type ContractTerm } from '#domain/contract-term.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import type { Requester } from '#domain/requester.ts'
import type { RosterContract } from '#domain/roster.ts'

/**
 * Records the end of a contract whose last day has passed (R28): accounts with no other contract in force close, and
 * history says why. May be run again and by several at once: an end that is recorded is left alone, and a contract
 * on its last day waits for its end. Where billing has moved the end further, another job waits for that.
 */
export async function endContract(context: ActionContext, contract_id: string, requester: Requester): Promise<void> {
  await inTransaction(context.database, async trx => {
    const contract = await lockContract(trx, contract_id)
    if (contract === undefined || contract.end_recorded_at !== null) return
    const today = context.clock.today()
    if (contract.ends_on === today) return await scheduleContractEnd(context, trx, contract) // its job came early
    if (!hasEnded(contract, today)) return
    const contacts = await listRoster(trx, contract_id)
    const occurred_at = monotonicTime(contract.changed_at, context.clock.now())
    const { statements } = await planRosterChange(context, trx, {
      roster: { contract: { ...contract, changed_at: occurred_at }, contacts },
      desired: desiredRoster(contacts),
      requester,
      formerTerm: { ...contract, ends_on: null },
    })
    await trx.commitWith(
      updateContractEnd(contract_id, occurred_at),
      insertHistory({ ...requester, occurred_at }, [endEntry(contract, 'term_ended')]),
      ...statements,
    )
  })
}

/** Sees to it that the end of a contract is recorded when the day after its last starts. */
export async function scheduleContractEnd(
  { clock, enqueue }: ActionContext,
  trx: Transaction,
  { contract_id, ends_on }: { contract_id: string } & Pick<ContractTerm, 'ends_on'>,
): Promise<void> {
  if (ends_on !== null)
    await enqueue(trx, { queue: 'end-contract', id: contract_id, start_at: clock.startOf(dayAfter(ends_on)) })
}

type EndRecord = { end_recorded_at: string | null; entries: HistoryEntry[] }

/** What billing's change does to the end of a contract: it ends the contract early, brings it back, or leaves that as it is. */
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
          after: { ends_on: after.ends_on },
        },
      ],
    }
  return {
    end_recorded_at: after.changed_at,
    entries: before === undefined ? [] : [endEntry(after, 'ended_by_billing')],
  }
}

/** The record of a contract's end, and of why it ended: its term ran out, or billing ended it before. */
function endEntry(
  { contract_id, customer_id, ends_on }: Pick<RosterContract, 'contract_id' | 'customer_id' | 'ends_on'>,
  reason: 'term_ended' | 'ended_by_billing',
): HistoryEntry {
  return { event: 'contract.ended', subject_id: contract_id, contract_id, customer_id, after: { ends_on, reason } }
}
