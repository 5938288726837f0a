import { isDeepStrictEqual } from 'node:util'
import type { ActionContext } from '#actions/support/action-context.ts'
import {
  assertNotPast,
  assertReadable,
  customerOf,
  namedRequester,
} from '#actions/support/change-requests/asked-change.ts'
import { requestChangedEntry } from '#actions/support/change-requests/change-request-record.ts'
import { scheduleChangeRequest, stepOf } from '#actions/support/change-requests/change-request-schedule.ts'
import { findRequestRosters, IN_NO_FIELD } from '#actions/support/change-requests/request-rosters.ts'
import { requestStanding } from '#actions/support/change-requests/request-standing.ts'
import { viewChangeRequest } from '#actions/change-requests/view-change-request.ts'
import { lockChangeRequest, updateChangeRequest as update } from '#db/change-requests/change-requests.ts'
import { insertHistory } from '#db/history/history.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { keptOperation, type ChangeOperation } from '#domain/change-requests/change-operations.ts'
import { changedRequest, type FiledChange } from '#domain/change-requests/change-request-steps.ts'
import type { ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import { isOpen, type ChangeRequest, type OpenChangeRequest } from '#domain/change-requests/change-request.ts'
import { keptPersonChange, type AskedPersonChange } from '#domain/change-requests/person-change.ts'
import { assertOneOfTags, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Asking } from '#domain/requester.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/api-clients/rights.ts'
import type { Roster } from '#domain/roster.ts'

type AskedPatch = Partial<Pick<FiledChange, 'subject' | 'effective_on' | 'concerns_contract' | 'confirm_removals'>> & {
  operations?: readonly ChangeOperation[]
  person_change?: AskedPersonChange
}

export type ChangeRequestUpdate = {
  change_request_id: string
  /** What changes; the ids are those of the request, where a client sends it back whole. */
  patch: AskedPatch & { contract_id?: string; customer_id?: string }
  /** Who asks, where that changes. */
  asking: Asking | null
  preconditions: Preconditions
  /** The entity tags that an answer with the request has, one for each language. */
  tagsOf: (view: ChangeRequestView) => readonly string[]
  caller: Caller
  rights: Rights
}

/**
 * Changes an open request (R24, R25). Where its operations, its requester, its day or what it concerns change, it is
 * filed again: confirmation and approval are void, and a client that may apply requests approves it thereby. Refuses a
 * request that came to its end, and what could never be applied.
 */
export async function updateChangeRequest(
  context: ActionContext,
  { change_request_id, patch, asking, preconditions, tagsOf, caller, rights }: ChangeRequestUpdate,
): Promise<ChangeRequestView> {
  return await inTransaction(context.database, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    const view = await viewChangeRequest(context, trx, request)
    assertOneOfTags(preconditions, tagsOf(view))
    const { state, effective_on } = request
    if (!isOpen(request)) throw new RefusedError({ type: 'state-conflict', change_request_id, state, effective_on })
    const person_change = patch.person_change ?? request.person_change
    const places = patch.person_change === undefined ? IN_NO_FIELD : undefined
    const rosters = await findRequestRosters(context, trx, { ...request, person_change }, places)
    const asked = patchedRequest(request, rosters, patch, asking)
    const changed_fields = CHANGEABLE.filter(field => !isDeepStrictEqual(request[field], asked[field]))
    if (changed_fields.length === 0) return view
    const { standing } = await readable(context, trx, rosters, asked, { patch, today: context.clock.today() })
    const is_filed_again = changed_fields.some(field => FILED_AGAIN.has(field))
    const now = context.clock.now()
    const changed = changedRequest(request, asked, { standing, rights, now, is_filed_again })
    await scheduleChangeRequest(context, trx, changed)
    const after = await viewChangeRequest(context, trx, changed)
    const change = stepOf(changed, caller, now)
    await trx.commitWith(
      update(changed),
      insertHistory(change, [requestChangedEntry(request, changed, changed_fields)]),
    )
    return after
  })
}

const CHANGEABLE = [
  'operations',
  'person_change',
  'requested_by',
  'effective_on',
  'concerns_contract',
  'confirm_removals',
  'subject',
] as const satisfies readonly (keyof ChangeRequest)[]

// What was confirmed or approved. A subject explains, and a number of removals is checked when it is applied.
const FILED_AGAIN: ReadonlySet<string> = new Set([
  'operations',
  'person_change',
  'requested_by',
  'effective_on',
  'concerns_contract',
])

/**
 * What is asked for after the change. Refuses ids of another request, and one that neither changes nor says anything.
 */
function patchedRequest(
  request: OpenChangeRequest,
  rosters: readonly Roster[],
  { operations, person_change, contract_id, customer_id, ...fields }: ChangeRequestUpdate['patch'],
  asking: Asking | null,
): FiledChange {
  const ids = { contract_id, customer_id }
  const wrong: string[] = (['contract_id', 'customer_id'] as const).filter(
    name => ids[name] !== undefined && ids[name] !== request[name],
  )
  if (request.person_change !== null && operations !== undefined && operations.length > 0) wrong.push('operations')
  if (request.person_change === null && person_change !== undefined) wrong.push('person_change')
  if (customerOf(rosters) !== request.customer_id) wrong.push('person_change/contact_id')
  const asked = {
    ...request,
    ...fields,
    ...(operations !== undefined && { operations: operations.map(keptOperation) }),
    ...(person_change !== undefined && { person_change: keptPersonChange(person_change) }),
    ...(asking !== null && !isSaidAlready(request, asking) && { requested_by: namedRequester(rosters, asking) }),
  }
  const errors = [
    ...wrong.map(name => ({ pointer: `#/${name}`, code: 'read-only' as const })),
    ...(asked.operations.length === 0 && asked.subject === null && asked.person_change === null
      ? [{ pointer: '#/subject', code: 'required' as const }]
      : []),
  ]
  if (errors.length > 0) throw new RefusedError({ type: 'invalid-request', errors })
  return asked
}

/** Whether the requester is sent back as it was answered: the contact may have gone since. */
function isSaidAlready({ requested_by }: OpenChangeRequest, asking: Asking): boolean {
  return isDeepStrictEqual(requested_by, asking.requested_by)
}

/** The standing of what is asked for. Operations and a day are judged where they are new. */
async function readable(
  context: ActionContext,
  trx: Transaction,
  rosters: readonly Roster[],
  asked: FiledChange,
  { patch, today }: { patch: AskedPatch; today: string },
) {
  if (patch.effective_on !== undefined) assertNotPast(patch.effective_on, today)
  const { operations = asked.operations, person_change = asked.person_change } = patch
  const { changes, standing } = await requestStanding(context, trx, rosters, { ...asked, operations, person_change })
  if ([patch.operations, patch.person_change, patch.confirm_removals].some(field => field !== undefined))
    assertReadable(changes.flatMap(({ desired }) => desired.refusals))
  return { standing }
}
