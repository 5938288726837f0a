import type { Erased } from '#actions/personal-data/erase-personal-data.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { addressHashKey, erasedAddress } from '#actions/support/personal-data/erased-address.ts'
import { lockErasure } from '#actions/support/personal-data/erasure-work.ts'
import { eraseRecords } from '#actions/support/personal-data/erase-records.ts'
import { searchHistory } from '#actions/support/personal-data/erasure-scope.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import { listRequestsOfPeople } from '#db/change-requests/change-requests.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Db } from '#db/driver/database.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listHistoryOfRequest } from '#db/personal-data/request-erasure.ts'
import { findStrangerErasure } from '#db/personal-data/erasure-reach.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { listContactsEverAt, listContactsOfPeople } from '#db/personal-data/personal-data.ts'
import type { Caller } from '#domain/caller.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import { redactionRecord } from '#domain/history/history-chain.ts'
import { namesAtAddress } from '#domain/personal-data/known-traces.ts'
import { redactorOf, type Redactor } from '#domain/personal-data/redactor.ts'
import { namesAddress, personTraces } from '#domain/personal-data/person-traces.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { ErasureReason } from '#domain/vocabulary.ts'

export type StrangerErasure = {
  email_key: string
  reason: ErasureReason
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** What is found before anything is locked: the requests to lock, and the entries of history that name the address. */
type Found = { change_request_ids: string[]; mentioning: { ids: number[]; looked_to: number } }

/**
 * Erases a person who never was a contact (R33), and whose address requests give as the requester's or another's.
 * Refuses the address of contacts, who are erased by their ids, and one of which the registry holds nothing. A repeated
 * erasure gets the answer of the first.
 */
export async function eraseStranger(
  context: ActionContext,
  erasure: StrangerErasure,
): Promise<IdempotentOutcome<Erased>> {
  const { database } = context
  const requests = await requestsNaming(database, erasure.email_key)
  const found = {
    change_request_ids: requests.map(({ change_request_id }) => change_request_id),
    mentioning: await searchHistory(database, [erasure.email_key], 0),
  }
  return await withIdempotency(context, erasure.key, async trx => await eraseOnce(context, trx, erasure, found))
}

async function eraseOnce(
  context: ActionContext,
  trx: Transaction,
  { email_key, reason, caller }: StrangerErasure,
  found: Found,
): Promise<UncommittedWrite<Erased>> {
  const imports = await lockErasure(trx, found.change_request_ids)
  await lockThings(trx, 'address', [email_key])
  await assertNoContact(context, trx, email_key)
  const change = { ...caller, occurred_at: context.clock.now() }
  const hash = erasedAddress(email_key, await addressHashKey(trx))
  const before = await findStrangerErasure(trx, hash)
  const requests = await requestsNaming(trx, email_key)
  const reach = {
    history_ids: await entriesNaming(trx, requests, email_key, found),
    requests,
    imports,
    contact_ids: [],
    customer_ids: [],
    email_keys: [email_key],
    mayName: (json: string) => namesAddress(json.normalize('NFKC').toLowerCase(), new Set([email_key])),
  }
  const erased = await eraseRecords(trx, redactorAt(email_key, requests), change, reach)
  if (erased.history.length + erased.statements.length === 0) return { value: answered(before), statements: [] }
  const ids = erased.requests.map(({ id }) => id)
  const change_request_ids = [...new Set([...(before?.change_request_ids ?? []), ...ids])].toSorted()
  const after = {
    erased_at: change.occurred_at,
    reason,
    change_request_ids,
    ...redactionRecord(erased.history),
  }
  const entry = { event: 'history.redacted', subject_id: hash, after }
  return {
    value: { erased: [], change_request_ids },
    statements: [...erased.statements, insertHistory(change, [entry])],
  }
}

function answered(before: { change_request_ids: string[] } | undefined): Erased {
  if (before === undefined) throw new RefusedError({ type: 'not-found', resource: 'person' })
  return { erased: [], change_request_ids: before.change_request_ids }
}

async function assertNoContact({ clock }: ActionContext, trx: Transaction, email_key: string): Promise<void> {
  const contact_ids = await listContactsEverAt(trx, email_key)
  const contacts = (await listContactsOfPeople(trx, contact_ids, clock.today())).filter(one => one.erased_at == null)
  const registered = contacts.find(({ removed_at }) => removed_at === null)
  if (registered !== undefined) {
    const { contact_id, contract_id } = registered
    throw new RefusedError({ type: 'still-registered', contact_id, contract_id })
  }
  if (contacts.length > 0)
    throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/contact_ids', code: 'required' }] })
}

async function requestsNaming(db: Db, email_key: string): Promise<ChangeRequest[]> {
  return await listRequestsOfPeople(db, { customer_ids: [], contract_ids: [], email_keys: [email_key] })
}

/** Takes the person out of what names the address: known by it, and by the names that requests give with it. */
function redactorAt(email_key: string, requests: readonly ChangeRequest[]): Redactor {
  const names = namesAtAddress(requests, email_key).map(name => ({ name, email_key }))
  const traces = personTraces([], [{ name: null, email_key }, ...names])
  return redactorOf([{ traces, own_keys: new Set([email_key]), external_ids: new Set() }])
}

/** The entries of history of these requests, and all others that name the address. */
async function entriesNaming(
  trx: Transaction,
  requests: readonly ChangeRequest[],
  email_key: string,
  { mentioning }: Found,
): Promise<number[]> {
  const own = await Promise.all(requests.map(async request => await listHistoryOfRequest(trx, request)))
  const since = await searchHistory(trx, [email_key], mentioning.looked_to)
  const ids = [...own.flat().map(({ history_id }) => history_id), ...mentioning.ids, ...since.ids]
  return [...new Set(ids)].toSorted((one, other) => one - other)
}
