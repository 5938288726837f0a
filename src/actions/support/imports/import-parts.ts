import type { ActionContext } from '#actions/support/action-context.ts'
import { scopesLostNow } from '#actions/support/api-clients/rights-now.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Caller } from '#domain/caller.ts'
import type { ImportLineType } from '#domain/imports/import-line.ts'
import { refusedRow, unfitRow } from '#domain/imports/import-row-outcome.ts'
import type { Import, ImportRow, RowOutcome } from '#domain/imports/import.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'

/** What works off rows of an import: the transaction, the import, and the client as history records it. */
export type ImportWork = {
  context: ActionContext
  trx: Transaction
  entry: Import
  caller: Caller
  /** The scopes of lines that the client has lost. */
  lost: readonly Scope[]
  /** Gives way to requests between two parts of the work. */
  turn: () => Promise<void>
}

/** The scope that a line needs: that of the PUT or POST of its thing. */
const LINE_SCOPES = {
  customer: 'customers:write',
  contract: 'contracts:write',
  roster: 'contacts:write',
  contact: 'contacts:write',
} as const satisfies Record<ImportLineType, Scope>

/** The rows to judge, and those that are refused before: a field does not fit, or the client lost its scope. */
export type JudgedRows = { readable: ImportRow[]; refused: RowOutcome[] }

/** The scopes of lines that an import's client has lost; `isLocked`: it loses and gets none until `trx` ends. */
export async function lostLineScopes(
  context: ActionContext,
  trx: Transaction,
  { authority }: Import,
  { isLocked }: { isLocked: boolean },
): Promise<Scope[]> {
  const scopes = [...new Set(Object.values(LINE_SCOPES))]
  return await scopesLostNow(context, trx, authority, { scopes, isLocked })
}

/** Divides rows by what is against them already. */
export function divideRows({ lost }: ImportWork, rows: readonly ImportRow[]): JudgedRows {
  const divided: JudgedRows = { readable: [], refused: [] }
  for (const row of rows) {
    const required_scope = LINE_SCOPES[row.type]
    if (lost.includes(required_scope)) divided.refused.push(refusedRow(row, [{ type: 'forbidden', required_scope }]))
    else if (row.errors !== null) divided.refused.push(unfitRow(row, row.errors))
    else divided.readable.push(row)
  }
  return divided
}

/** The client of an import as history records what its rows change. */
export function importCaller({ authority, request_id }: Import): Caller {
  const { client: actor, on_behalf_of } = authority
  return { actor, request_id, source: 'import', ...(on_behalf_of !== null && { on_behalf_of }) }
}
