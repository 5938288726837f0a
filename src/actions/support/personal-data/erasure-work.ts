import { lockChangeRequests } from '#db/change-requests/change-requests.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockImportTexts, type ImportText } from '#db/imports/import-text-redaction.ts'

/**
 * Locks what every erasure locks first, in the order of all transactions. Erasures follow each other: two of them may
 * redact one entry of history, and the last says what is left of it (R40). They wait for the batches of imports that
 * are at work, and no other begins until this transaction ends.
 */
export async function lockErasure(trx: Transaction, change_request_ids: readonly string[]): Promise<ImportText[]> {
  await lockThings(trx, 'erasure', ['all'])
  await lockThings(trx, 'imports', ['all'])
  const imports = await lockImportTexts(trx)
  await lockChangeRequests(trx, change_request_ids)
  return imports
}
