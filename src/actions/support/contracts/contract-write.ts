import type { ActionContext } from '#actions/support/action-context.ts'
import { requestMovedEntry } from '#actions/support/change-requests/change-request-record.ts'
import { lockBilledContract, type BilledContract } from '#actions/support/contracts/billed-contract.ts'
import { billedEnd, scheduleContractEnd } from '#actions/support/contracts/contract-end.ts'
import { scheduleContractStart } from '#actions/support/contracts/contract-start.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { peopleAsNow } from '#actions/support/rosters/people-as-now.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { limitEntries } from '#actions/support/rosters/roster-history.ts'
import { updateContractApps, upsertContract } from '#db/contracts/contracts.ts'
import { lockMovingRequests } from '#db/contracts/transfers.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { insertHistory, type HistoryEntry } from '#db/history/history.ts'
import { listRoster } from '#db/rosters/roster.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import {
  contractRecord,
  contractView,
  type Contract,
  type ContractTerms,
  type ContractView,
} from '#domain/contracts/contract.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import { NOBODY_ASKED } from '#domain/requester.ts'

type ContractWriting = { contract_id: string; terms: ContractTerms; preconditions: Preconditions; caller: Caller }

/** A contract as it was written, and the last statements of its transaction: none where nothing changes. */
type WrittenContract = PutOutcome<ContractView> & { is_changed: boolean; statements: Statement<unknown>[] }

/** Writes what billing says of a contract, but for the statements that are left to send. */
export async function writeContract(
  context: ActionContext,
  trx: Transaction,
  { contract_id, terms, preconditions, caller }: ContractWriting,
): Promise<WrittenContract> {
  assertTermInOrder(terms)
  const billed = await lockBilledContract(context, trx, contract_id, terms)
  const { before, after, seat_limit } = billed
  const today = context.clock.today()
  const former = before === undefined ? null : contractView(before, today)
  const view = contractView(after, today)
  assertPreconditions(preconditions, former === null ? null : entityTag(former))
  assertSameCustomer(before, terms)
  if (former !== null && isUnchanged(former, view))
    return { value: former, is_new: false, is_changed: false, statements: [] }
  const { end_recorded_at, entries } = billedEnd(before, after, today)
  const { app_ids, updated_at, changed_at, over_since, awaits_start } = after
  const moved = await movedRequests(trx, before, after)
  const times = { updated_at, changed_at, over_since, end_recorded_at, awaits_start }
  await Promise.all([
    upsertContract(trx, { ...terms, contract_id, seat_limit, ...times }),
    updateContractApps(trx, contract_id, app_ids),
  ])
  if (before?.ends_on !== after.ends_on && !hasEnded(after, today)) await scheduleContractEnd(context, trx, after)
  if (before?.starts_on !== after.starts_on) await scheduleContractStart(context, trx, after)
  const accountChanges = await planAccountChanges(context, trx, billed, caller)
  const record = insertHistory({ ...caller, occurred_at: changed_at }, [
    contractEntry(former, after, today),
    ...entries,
    ...(before === undefined ? [] : limitEntries(before, after, today)),
    ...moved,
  ])
  return { value: view, is_new: before === undefined, is_changed: true, statements: [record, ...accountChanges] }
}

/** The record of the change requests of a contract that gets its right customer: they go along (R36). */
async function movedRequests(trx: Transaction, before: Contract | undefined, after: Contract): Promise<HistoryEntry[]> {
  const { contract_id, customer_id } = after
  if (before === undefined || before.customer_id === customer_id) return []
  const requests = await lockMovingRequests(trx, [contract_id])
  return requests.map(request => requestMovedEntry(request, customer_id))
}

/** The record of a contract's terms. */
export function contractEntry(former: ContractView | null, after: Contract, today: string): HistoryEntry {
  const { contract_id, customer_id } = after
  return {
    event: former === null ? 'contract.created' : 'contract.changed',
    subject_id: contract_id,
    contract_id,
    customer_id,
    before: former,
    after: contractRecord(after, today),
  }
}

/** Refuses an end before the start. */
export function assertTermInOrder({ starts_on, ends_on }: ContractTerms): void {
  if (ends_on !== null && ends_on < starts_on) {
    throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/ends_on', code: 'before-start' }] })
  }
}

/**
 * Refuses another customer for a contract that ever had a contact: contacts and accounts are their customer's (R36).
 */
function assertSameCustomer(before: Contract | undefined, { customer_id }: ContractTerms): void {
  if (before === undefined || before.registered_at === null || before.customer_id === customer_id) return
  throw new RefusedError({ type: 'customer-fixed', contract_id: before.contract_id })
}

/** Whether an answer says the same as before, but for the time of its change. */
export function isUnchanged(former: ContractView, view: ContractView): boolean {
  return entityTag(former) === entityTag({ ...view, updated_at: former.updated_at })
}

/** The changes of the contacts' accounts where the contract ends, or comes back into force (R28). */
async function planAccountChanges(
  context: ActionContext,
  trx: Transaction,
  { before, after, seat_limit, customer_name }: BilledContract,
  caller: Caller,
): Promise<Statement<unknown>[]> {
  const today = context.clock.today()
  if (before === undefined || before.seats_used === 0 || hasEnded(before, today) === hasEnded(after, today)) return []
  const contacts = await listRoster(trx, after.contract_id, today)
  const change = {
    roster: { contract: { ...after, seat_limit, customer_name }, contacts },
    desired: desiredRoster(
      hasEnded(before, today) ? (await peopleAsNow(context, trx, before, contacts)).people : contacts,
    ),
    caller,
    asking: NOBODY_ASKED,
    formerTerm: before,
  }
  return (await planRosterChange(context, trx, change)).statements
}
