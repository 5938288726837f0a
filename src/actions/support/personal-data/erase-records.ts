import { redactedImportRows, redactedImportTexts } from '#actions/support/personal-data/redacted-imports.ts'
import {
  redactedHistory,
  redactedOutcomes,
  redactedRequests,
  type NamedEntry,
  type NamedRequest,
} from '#actions/support/personal-data/redacted-records.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ImportText } from '#db/imports/import-text-redaction.ts'
import type { Change } from '#domain/caller.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { Redactor } from '#domain/personal-data/redactor.ts'

/** Where an erasure looks for people, under its locks. */
export type ErasureReach = {
  history_ids: readonly number[]
  requests: readonly ChangeRequest[]
  imports: readonly ImportText[]
  /** The contacts who are erased: a request that brings one of them back is about them. */
  contact_ids: readonly string[]
  customer_ids: readonly string[]
  email_keys: readonly string[]
  /** Whether an outcome that is kept for repeats may name them. */
  mayName: (json: string) => boolean
  /** Of whom the display name of an account is: others have the same family name. */
  hadAccount?: (place: number, account_id: string) => boolean
}

/** What an erasure took away: history at once, the rest by statements that its transaction has to send. */
export type ErasedRecords = { history: NamedEntry[]; requests: NamedRequest[]; statements: Statement<unknown>[] }

/** Takes people out of every record that is no contact or account of theirs (R33). */
export async function eraseRecords(
  trx: Transaction,
  redact: Redactor,
  change: Change,
  { history_ids, requests, imports, contact_ids, mayName, hadAccount, ...rows }: ErasureReach,
): Promise<ErasedRecords> {
  const history = await redactedHistory(trx, history_ids, redact, hadAccount)
  const found = redactedRequests(requests, redact, change, contact_ids)
  const statements = [
    ...found.statements,
    ...redactedImportTexts(imports, redact),
    ...(await redactedImportRows(trx, rows, redact)),
    ...(await redactedOutcomes(trx, redact, mayName)),
  ]
  return { history, requests: found.named, statements }
}
