import { lockChangeRequests } from '#db/change-requests/change-requests.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockImportTexts, type ImportText } from '#db/imports/import-text-redaction.ts'

/**
 * Locks what every erasure locks first, in the order of all transactions. Erasures follow each other: two of them may
 * redact one entry of history, and the last says what is left of it (R40).
 */
export async function lockErasure(trx: Transaction, change_request_ids: readonly string[]): Promise<ImportText[]> {
  await lockThings(trx, 'erasure', ['all'])
  const imports = await lockImportTexts(trx)
  await lockChangeRequests(trx, change_request_ids)
  return imports
}
