import { inSavepoint } from '#db/driver/savepoint.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { RowOutcome } from '#domain/imports/import.ts'

/** Thrown to undo what several rows of one thing have written, with what becomes of them. */
export class UndoneRowsError extends Error {
  readonly outcomes: RowOutcome[]
  constructor(outcomes: RowOutcome[]) {
    super('rows of an import are undone')
    this.outcomes = outcomes
  }
}

/** Works off rows of one thing as a part of a transaction, which an UndoneRowsError undoes. */
export async function undoableRows(trx: Transaction, work: () => Promise<RowOutcome[]>): Promise<RowOutcome[]> {
  try {
    return await inSavepoint(trx, work)
  } catch (error) {
    if (error instanceof UndoneRowsError) return error.outcomes
    throw error
  }
}
