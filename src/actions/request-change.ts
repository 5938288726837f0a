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
import { confirmationReasons, filedRequest } from '#domain/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import type { OpenChangeRequest, RequestedBy } from '#domain/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import { parseEmailAddress } from '#domain/email-address.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/rights.ts'
import { primaryOf, type Roster } from '#domain/roster.ts'

export type RequestedChange = {
  contract_id: string
  concerns_contract: boolean
  effective_on: string | null

  operations: readonly ChangeOperation[]
  confirm_removals: number | null
  requested_by: Omit<RequestedBy, 'contact_id'>
  caller: Caller
  rights: Rights
  key?: IdempotencyKey | undefined
}

/**
 * Records what a customer asks for, and who asks (R25): it waits for the primary, for an approval and its day, or for a
 * client to apply it. Refuses what could never be applied: an unknown contract, one without a primary to confirm,
 * contacts of other contracts, names and addresses that cannot be read, a day that has passed. It records what only
 * the rules forbid at this moment, and the plan says so.
 */
export async function requestChange(
  context: ActionContext,
  asked: RequestedChange,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { clock, newId } = context
  assertNotPast(asked.effective_on, clock.today())
  return await withIdempotency(context, asked.key, async trx => {
    const roster = await rosterOf(trx, asked.contract_id)
    const desired = readOperations(roster, asked, newId)
    assertReadable(desired.refusals)
    const request = filed(asked, roster, { change_request_id: newId(), received_at: clock.now() })
    const view = changeRequestView(request, await previewRoster(context, trx, roster, desired))
    await scheduleChangeRequest(context, trx, request)
    const { change_request_id, received_at } = request
    const change = { ...asked.caller, change_request_id, occurred_at: received_at }
    return {
      value: view,
      statements: [insertChangeRequest(request), insertHistory(change, [changeRequestEntry('received', request)])],
    }
  })
}

function filed(
  { contract_id, operations, confirm_removals, concerns_contract, requested_by, effective_on, rights }: RequestedChange,
  { contract, contacts }: Roster,
  { change_request_id, received_at }: { change_request_id: string; received_at: string },
): OpenChangeRequest {
  const requester = requesterAmong(contacts, requested_by.email)
  const asked = {
    change_request_id,
    contract_id,
    customer_id: contract.customer_id,
    operations: operations.map(keptOperation),
    confirm_removals,
    concerns_contract,
    requested_by: { ...requested_by, contact_id: requester?.contact_id ?? null },
    needs_confirmation: confirmationReasons(requester, concerns_contract),
    received_at,
    effective_on,
  }
  return filedRequest(asked, rights, received_at)
}

/** The contract's roster. The body names the contract, so that an unknown one is an unknown reference. */
async function rosterOf(db: Db, contract_id: string): Promise<Roster> {
  const roster = await findRoster(db, contract_id).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error
    throw new RefusedError({
      type: 'unknown-reference',
      references: [{ pointer: '#/contract_id', resource: 'contract', id: contract_id }],
    })
  })
  if (roster.contacts.length === 0) throw new RefusedError({ type: 'primary-required', contract_id })
  return roster
}

function assertReadable([first, ...others]: readonly Refusal[]): void {
  if (first !== undefined) throw new RefusedError({ pointers: [], ...first }, ...others)
}

/** The contact that asks: the one with the address (R16). Of several, the primary, then the first. */
function requesterAmong(contacts: readonly Contact[], email: string | null): Contact | undefined {
  const email_key = email === null ? undefined : parseEmailAddress(email)?.email_key
  const behind = contacts.filter(contact => contact.email_key === email_key)
  return primaryOf(behind) ?? behind[0]
}

function assertNotPast(effective_on: string | null, today: string): void {
  if (effective_on === null || effective_on >= today) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/effective_on', code: 'in-the-past' }] })
}
