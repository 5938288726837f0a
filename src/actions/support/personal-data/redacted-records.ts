import { changeRequestEntry } from '#actions/support/change-requests/change-request-record.ts'
import { stepOf } from '#actions/support/change-requests/change-request-schedule.ts'
import { updateChangeRequest } from '#db/change-requests/change-requests.ts'
import type { Db } from '#db/driver/database.ts'
import type { Statement } from '#db/driver/statement.ts'
import { listEntriesToRedact } from '#db/personal-data/erasure-reach.ts'
import { updateHistoryRedacted, updateKeptOutcome, type RedactedEntry } from '#db/personal-data/erasures.ts'
import { insertHistory } from '#db/history/history.ts'
import { listKeptOutcomes } from '#db/personal-data/personal-data.ts'
import type { Change } from '#domain/caller.ts'
import { restoredIds } from '#domain/change-requests/change-operations.ts'
import { withdrawnRequest } from '#domain/change-requests/change-request-steps.ts'
import { isOpen, type ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { Redactor } from '#domain/personal-data/redactor.ts'

const BATCH = 500

/** An entry of history that named people, by their places in the list of people, and what is left of it. */
export type NamedEntry = { id: number; people: number[]; digest: string }

/** A change request that named people, by their places in the list of people. */
export type NamedRequest = { id: string; people: number[] }

/**
 * Takes people out of the entries of history that name them (R33). The display name of an account is of people who
 * `hadAccount`: others have the same family name.
 */
export async function redactedHistory(
  db: Db,
  history_ids: readonly number[],
  redact: Redactor,
  hadAccount: (place: number, account_id: string) => boolean = () => true,
): Promise<NamedEntry[]> {
  const found: NamedEntry[] = []
  for (let start = 0; start < history_ids.length; start += BATCH) {
    const changed: RedactedEntry[] = []
    const people = new Map<number, number[]>()
    for (const entry of await listEntriesToRedact(db, history_ids.slice(start, start + BATCH))) {
      const { history_id, account_id, requested_by, ...said } = entry
      const thing = redact(said, 'null', place => account_id === null || hadAccount(place, account_id))
      const requester = redact(requested_by, 'null')
      const named = [...new Set([...thing.named, ...requester.named])]
      if (named.length === 0) continue
      changed.push({ history_id, ...thing.value, requested_by: requester.value })
      people.set(history_id, named)
    }
    for (const { history_id, digest } of await updateHistoryRedacted(db, changed))
      found.push({ id: history_id, people: people.get(history_id) ?? [], digest })
  }
  return found
}

/**
 * Change requests that name people, without them; open ones that are about them are withdrawn, also those that only
 * bring one of these contacts back. History says so.
 */
export function redactedRequests(
  requests: readonly ChangeRequest[],
  redact: Redactor,
  change: Change,
  contact_ids: readonly string[] = [],
): { statements: Statement<unknown>[]; named: NamedRequest[] } {
  const found: ReturnType<typeof redactedRequests> = { statements: [], named: [] }
  for (const request of requests) {
    const { operations, person_change } = request
    const isRestoring = restoredIds(operations).some(contact_id => contact_ids.includes(contact_id))
    const isAbout = isRestoring || redact({ operations, person_change }, 'word').named.length > 0
    const ended = isOpen(request) && isAbout ? withdrawnRequest(request, null, change.occurred_at) : request
    const { value: left, named } = redact(ended, 'word')
    if (named.length === 0 && ended === request) continue
    if (named.length > 0) found.named.push({ id: request.change_request_id, people: named })
    found.statements.push(
      updateChangeRequest(left),
      insertHistory(stepOf(left, change, change.occurred_at), [
        ...(ended === request ? [] : [changeRequestEntry('withdrawn', left)]),
        ...(named.length === 0 ? [] : [changeRequestEntry('erased', left)]),
      ]),
    )
  }
  return found
}

/**
 * Outcomes that are kept for repeats and name people, without them: a repeat gets an answer, and registers no contact.
 */
export async function redactedOutcomes(
  db: Db,
  redact: Redactor,
  mayName: (outcome: string) => boolean,
): Promise<Statement<unknown>[]> {
  const statements: Statement<unknown>[] = []
  let after = { client: '', key: '' }
  for (;;) {
    const batch = await listKeptOutcomes(db, { after, limit: BATCH })
    for (const { client, key, outcome } of batch.filter(one => mayName(JSON.stringify(one.outcome)))) {
      const { value, named } = redact(outcome, 'word')
      if (named.length > 0) statements.push(updateKeptOutcome({ client, key, outcome: value }))
    }
    const last = batch.at(-1)
    if (last === undefined || batch.length < BATCH) return statements
    after = last
  }
}
