import type { ActionContext } from '#actions/support/action-context.ts'
import { changeRequestEntry, scheduleChangeRequest } from '#actions/support/change-request-record.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { previewRoster } from '#actions/preview-roster.ts'
import { insertChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Db } from '#db/driver/database.ts'
import { keptOperation, readOperations, type ChangeOperation } from '#domain/change-operations.ts'
import { filedRequest } from '#domain/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import type { OpenChangeRequest } from '#domain/change-request.ts'
import { confirmationReasons } from '#domain/primary-confirmation.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/rights.ts'
import { requesterIds, settledRequester, type Asking, type RequestedBy } from '#domain/requester.ts'
import { compareRoster, type Roster } from '#domain/roster.ts'

export type RequestedChange = {
  contract_id: string
  concerns_contract: boolean
  effective_on: string | null
  operations: readonly ChangeOperation[]
  confirm_removals: number | null
  asking: Asking
  caller: Caller
  rights: Rights
  key?: IdempotencyKey | undefined
}

/**
 * Records what a customer asks for, and who asks (R25): it waits for the primary, for an approval and its day, or for a
 * client to apply it. Refuses what could never be applied: an unknown contract, contacts of other contracts, names and
 * addresses that cannot be read, a day that has passed; and a requester who may be one of several people. It records
 * what only the rules forbid at this moment, and the plan says so.
 */
export async function requestChange(
  context: ActionContext,
  asked: RequestedChange,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { clock, newId } = context
  assertNotPast(asked.effective_on, clock.today())
  return await withIdempotency(context, asked.key, async trx => {
    const roster = await rosterOf(trx, asked.contract_id, clock.today())
    const desired = readOperations(roster, asked, newId)
    assertReadable(desired.refusals)
    const requested_by = requesterOf(roster, asked.asking)
    const difference = compareRoster(roster.contacts, desired.contacts)
    const needs_confirmation = confirmationReasons(roster, {
      ...asked,
      requester_ids: requesterIds(roster.contacts, requested_by),
      difference,
    })
    const origin = { change_request_id: newId(), received_at: clock.now(), requested_by, needs_confirmation }
    const request = filed(asked, roster.contract.customer_id, origin)
    const view = changeRequestView(
      request,
      await previewRoster(context, trx, roster, desired, { settled: requested_by }),
    )
    await scheduleChangeRequest(context, trx, request)
    const { change_request_id, received_at } = request
    const change = { ...asked.caller, change_request_id, requested_by, occurred_at: received_at }
    return {
      value: view,
      statements: [insertChangeRequest(request), insertHistory(change, [changeRequestEntry('received', request)])],
    }
  })
}

type Origin = Pick<OpenChangeRequest, 'change_request_id' | 'received_at' | 'requested_by' | 'needs_confirmation'>

function filed(
  { contract_id, operations, confirm_removals, concerns_contract, effective_on, rights }: RequestedChange,
  customer_id: string,
  origin: Origin,
): OpenChangeRequest {
  const asked = {
    ...origin,
    contract_id,
    customer_id,
    operations: operations.map(keptOperation),
    confirm_removals,
    concerns_contract,
    effective_on,
  }
  return filedRequest(asked, rights, origin.received_at)
}

function requesterOf({ contacts }: Roster, asking: Asking): RequestedBy {
  const requested_by = settledRequester(contacts, asking)
  if (requested_by === null) throw new RefusedError({ type: 'requester-required' })
  return requested_by
}

/** The contract's roster. The body names the contract, so that an unknown one is an unknown reference. */
async function rosterOf(db: Db, contract_id: string, today: string): Promise<Roster> {
  return await findRoster(db, contract_id, today).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error
    throw new RefusedError({
      type: 'unknown-reference',
      references: [{ pointer: '#/contract_id', resource: 'contract', id: contract_id }],
    })
  })
}

function assertReadable([first, ...others]: readonly Refusal[]): void {
  if (first !== undefined) throw new RefusedError({ pointers: [], ...first }, ...others)
}

function assertNotPast(effective_on: string | null, today: string): void {
  if (effective_on === null || effective_on >= today) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/effective_on', code: 'in-the-past' }] })
}
