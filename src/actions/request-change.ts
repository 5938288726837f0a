import type { ActionContext } from '#actions/support/action-context.ts'
import { changeRequestEntry, scheduleChangeRequest } from '#actions/support/change-request-record.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { previewRoster } from '#actions/preview-roster.ts'
import { insertChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Db } from '#db/driver/database.ts'
import { readOperations, type ChangeOperation } from '#domain/change-operations.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import {
  approvalAfter,
  confirmationReasons,
  NOT_APPROVED,
  openState,
  type ChangeRequest,
  type RequestedBy,
} from '#domain/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import { parseEmailAddress } from '#domain/email-address.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Requester } from '#domain/requester.ts'
import type { Rights } from '#domain/rights.ts'
import { primaryOf, type Roster } from '#domain/roster.ts'

export type RequestedChange = Pick<ChangeRequest, 'contract_id' | 'concerns_contract' | 'effective_on'> & {
  operations: readonly ChangeOperation[]
  requested_by: Omit<RequestedBy, 'contact_id'>
  requester: Requester
  rights: Rights
  key?: IdempotencyKey | undefined
}

/**
 * Takes down what a customer asks for, and who asks (R25): it waits for the primary, for an approval and its day, or
 * for a client to apply it. Refuses what could never be applied: a contract that is unknown or has nobody to confirm, contacts that
 * are not on it, what cannot be read, a day that has passed. What only the rules forbid at this moment is taken down,
 * and its plan says so.
 */
export async function requestChange(
  context: ActionContext,
  asked: RequestedChange,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { clock, newId } = context
  assertNotPast(asked.effective_on, clock.today())
  return await withIdempotency(context, asked.key, async trx => {
    const roster = await rosterOf(trx, asked.contract_id)
    const desired = readOperations(roster, asked.operations, newId)
    assertReadable(desired.refusals)
    const requester = requesterAmong(roster.contacts, asked.requested_by.email)
    const received_at = clock.now()
    const standing = {
      effective_on: asked.effective_on,
      needs_confirmation: confirmationReasons(requester, asked.concerns_contract),
      confirmation: null,
      ...approvalAfter({ ...NOT_APPROVED, effective_on: asked.effective_on }, asked.rights, received_at),
    }
    const request: ChangeRequest = {
      change_request_id: newId(),
      contract_id: asked.contract_id,
      customer_id: roster.contract.customer_id,
      state: openState(standing),
      ...standing,
      operations: [...asked.operations],
      concerns_contract: asked.concerns_contract,
      requested_by: { ...asked.requested_by, contact_id: requester?.contact_id ?? null },
      received_at,
      closed_at: null,
      reason: null,
      refusals: [],
    }
    const view = changeRequestView(request, await previewRoster(context, trx, roster, desired))
    await scheduleChangeRequest(context, trx, request)
    const { change_request_id, received_at: occurred_at } = request
    return {
      value: view,
      statements: [
        insertChangeRequest(request),
        insertHistory({ ...asked.requester, occurred_at, change_request_id }, [
          changeRequestEntry('received', request),
        ]),
      ],
    }
  })
}

/** The contract's roster; here the request names the contract, so that one that is not there is an unknown reference. */
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

/** The contact that asks: whoever is registered with the address (R16). Of several, the primary, then the first. */
function requesterAmong(contacts: readonly Contact[], email: string | null): Contact | undefined {
  const email_key = email === null ? undefined : parseEmailAddress(email)?.email_key
  const behind = contacts.filter(contact => contact.email_key === email_key)
  return primaryOf(behind) ?? behind[0]
}

function assertNotPast(effective_on: string | null, today: string): void {
  if (effective_on === null || effective_on >= today) return
  throw new RefusedError({ type: 'invalid-request', errors: [{ pointer: '#/effective_on', code: 'in-the-past' }] })
}
