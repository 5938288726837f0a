import type { ImportRow, RowOutcome, RowProblem } from '#domain/imports/import.ts'
import type { Refusal } from '#domain/refusal.ts'

/** The field of a row by which each rule's refusal is put right. */
const PLACES: { readonly [Type in Refusal['type']]?: string } = {
  'seat-limit-reached': '#/contract_id',
  'contract-not-in-force': '#/contract_id',
  'customer-fixed': '#/customer_id',
  'primary-required': '#/role',
  'primary-exists': '#/role',
  'duplicate-contact': '#/email',
  'email-in-use': '#/email',
  'email-taken': '#/email',
  'person-elsewhere': '#/email',
}

const NOTHING_SAID = { contact_id: null, problems: [], warnings: [], duplicates: [] } as const

/** What became of a row that was taken. */
export function doneRow(
  { line }: Pick<ImportRow, 'line'>,
  outcome: 'created' | 'changed' | 'unchanged',
  said: Partial<Pick<RowOutcome, 'contact_id' | 'warnings' | 'duplicates'>> = {},
): RowOutcome {
  return { ...NOTHING_SAID, line, outcome, ...said }
}

/** A row that rules refuse, with all that they say against it. */
export function refusedRow({ line }: Pick<ImportRow, 'line'>, refusals: readonly Refusal[]): RowOutcome {
  return { ...NOTHING_SAID, line, outcome: 'refused', problems: refusals.map(placedProblem) }
}

/** A row with fields that do not fit the contract. */
export function unfitRow({ line }: Pick<ImportRow, 'line'>, errors: NonNullable<ImportRow['errors']>): RowOutcome {
  return { ...NOTHING_SAID, line, outcome: 'refused', problems: [{ type: 'invalid-request', errors }] }
}

/** A row that is left out because of other rows of its contract. */
export function skippedRow({ line }: Pick<ImportRow, 'line'>, refusals: readonly Refusal[] = []): RowOutcome {
  return { ...NOTHING_SAID, line, outcome: 'skipped', problems: refusals.map(placedProblem) }
}

/** A row that was taken, and changed nothing in the end; `ids` are those of the contacts that are there. */
export function unchangedRow(row: RowOutcome, ids?: ReadonlyMap<string, string>): RowOutcome {
  if (row.outcome !== 'created' && row.outcome !== 'changed') return row
  return { ...row, outcome: 'unchanged', contact_id: ids?.get(row.contact_id ?? '') ?? null }
}

/** A refusal with the field that it is about, and without ids of contacts that were never written. */
function placedProblem({ about: _about, ...refusal }: Refusal): RowProblem {
  const place = PLACES[refusal.type]
  return place === undefined || refusal.pointers !== undefined ? refusal : { ...refusal, pointers: [place] }
}
