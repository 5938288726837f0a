import type { ImportFault, ImportLineType } from '#domain/imports/import-line.ts'
import type { ContactWarning } from '#domain/name-note.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Authority } from '#domain/api-clients/rights.ts'
import type { ImportOutcome, ImportState, OnProblem } from '#domain/vocabulary.ts'

/** How an import is to be made, as its client says. */
export type ImportOptions = {
  /** Whether nothing is to change: the report is the same. */
  dry_run: boolean
  /** Whether a row that breaks a rule keeps the other rows of its contract out. */
  on_problem: OnProblem
  /** Whether a contract that never had a contact may get more of them than it has seats (R27). */
  accept_over_limit: boolean
  /** The privacy notice of the rows that name none. Only here it may be unknown (R32). */
  privacy_notice_version: string | null
}

/** How many rows an import has, and what became of those that are done. */
export type ImportCounts = { rows_total: number } & { [Outcome in ImportOutcome as `rows_${Outcome}`]: number }

/** An import as the registry keeps it. */
export type Import = ImportOptions &
  ImportCounts & {
    import_id: string
    state: ImportState
    media_type: string
    /** The cells of a CSV file's header; null for NDJSON. */
    header: string[] | null
    /** The client that sent it: the scopes that it has are looked up again while rows are worked off. */
    authority: Authority
    request_id: string
    received_at: string
    started_at: string | null
    touched_at: string
    ended_at: string | null
    /** Why it failed; null where it has not. */
    fault: ImportFault | null
  }

/** Fields of a row that do not fit the contract: where, and what is wrong there, with the facts that its words need. */
type UnfitField = { pointer: string; code: string }

/** What is wrong with a row that waited when an erasure took a person out of it (R33). */
export const PERSON_ERASED = 'person-erased'

/** What is wrong with a row: what a rule says, or fields that do not fit. */
export type RowProblem = Refusal | { type: 'invalid-request'; errors: readonly UnfitField[] }

/** A row of an import as it is worked off. */
export type ImportRow = {
  line: number
  type: ImportLineType
  customer_id: string | null
  contract_id: string | null
  fields: Readonly<Record<string, unknown>>
  /** The fields that do not fit the contract; null where all do. */
  errors: readonly UnfitField[] | null
}

/** What became of a row. */
export type RowOutcome = {
  line: number
  outcome: ImportOutcome
  contact_id: string | null
  problems: readonly RowProblem[]
  /** What an operator should know of a row that was taken. */
  warnings: readonly ContactWarning[]
  duplicates: readonly PossibleDuplicate[]
}

/**
 * Who may be the same person as a row's: that of an earlier row, or a namesake on the contract. `line` is the first
 * about that contact; null where the file has none.
 */
export type PossibleDuplicate = { contact_id: string; name: string; line: number | null }

/** A row with what became of it; `outcome` is null while it waits. */
export type ReportedRow = Omit<ImportRow, 'errors'> &
  Omit<RowOutcome, 'outcome'> & { cells: string[] | null; outcome: ImportOutcome | null }

/** Whether an import is not over: it waits or runs. */
export function isOpen({ state }: Pick<Import, 'state'>): boolean {
  return state === 'received' || state === 'running'
}

const SECOND = 1000

/** An import as it is answered. `now` is the present moment: how fast it goes is counted until then. */
export function importView(entry: Import, now: string) {
  const { rows_total: total, rows_created: created, rows_changed: changed } = entry
  const { rows_unchanged: unchanged, rows_refused: refused, rows_skipped: skipped } = entry
  const done = created + changed + unchanged + refused + skipped
  const until = Date.parse(entry.ended_at ?? now)
  const seconds = entry.started_at === null ? 0 : Math.max(0, until - Date.parse(entry.started_at)) / SECOND
  const rows_per_second = seconds === 0 ? null : Math.round(done / seconds)
  return {
    import_id: entry.import_id,
    state: entry.state,
    media_type: entry.media_type,
    dry_run: entry.dry_run,
    on_problem: entry.on_problem,
    accept_over_limit: entry.accept_over_limit,
    privacy_notice_version: entry.privacy_notice_version,
    rows: { total, done, created, changed, unchanged, refused, skipped },
    rows_per_second,
    seconds_left: isOpen(entry) && rows_per_second ? Math.ceil((total - done) / rows_per_second) : null,
    received_at: entry.received_at,
    started_at: entry.started_at,
    ended_at: entry.ended_at,
    fault: entry.fault,
    request_id: entry.request_id,
  }
}

export type ImportView = ReturnType<typeof importView>

/** The part of an import that its entity tag covers: how fast it goes changes all the time. */
export function importTagged({ rows_per_second: _speed, seconds_left: _left, ...view }: ImportView): object {
  return view
}
