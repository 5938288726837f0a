/** The kinds of lines that an import takes: each has the fields of the PUT or POST of that thing, with its id (R39). */
export const IMPORT_LINE_TYPES = ['customer', 'contract', 'roster', 'contact'] as const
export type ImportLineType = (typeof IMPORT_LINE_TYPES)[number]

/**
 * A line of a file that is imported, read and not yet judged. `fields` has the names and values of the contract: of
 * NDJSON those of the line without `type`. The reader of CSV puts words into the contract's own (a role, a list of
 * duties, a boolean, a moment) and leaves a cell as text that it cannot; an empty cell is a field that is left out.
 */
export type ImportLine = {
  /** The number of its first line in the file, from 1; a CSV file's header is line 1. */
  line: number
  type: ImportLineType
  fields: Readonly<Record<string, unknown>>
  /** The cells of a CSV row as the file has them, in the order of the header: the report gives them back. */
  cells?: readonly string[]
}

/** Why a file cannot be read; `batch-failed` where it was read, and rows of it cannot be worked off. */
const IMPORT_FAULT_CODES = [
  'malformed-json',
  'not-an-object',
  'duplicate-key',
  'too-deep',
  'too-many-fields',
  'unknown-type',
  'line-too-long',
  'other-file',
  'undecodable',
  'malformed-csv',
  'unclosed-quote',
  'unknown-column',
  'repeated-column',
  'missing-column',
  'other-width',
  'other-encoding',
  'batch-failed',
] as const
export type ImportFaultCode = (typeof IMPORT_FAULT_CODES)[number]

/** The first thing for which an import fails. Lines and columns from 1. */
export type ImportFault = {
  code: ImportFaultCode
  line: number
  /**
   * Of CSV the number of the cell, of NDJSON and of bytes that cannot be read that of the character; null where the
   * whole line is at fault.
   */
  column: number | null
  /**
   * The word that is not known or missing; absent where it could be a person's data. The id of the customer or contract
   * whose rows cannot be worked off.
   */
  found?: string
  /** The known word that is nearest to it. */
  nearest?: string
  /** The earlier word of the header that means the same column. */
  same_as?: string
  /** How many there should be: cells of a row, or bytes of a line. */
  expected?: number
}

/** Thrown by a reader where the file cannot be read. */
export class UnreadableImportError extends Error {
  readonly fault: ImportFault

  constructor(fault: ImportFault) {
    super(fault.code)
    this.name = 'UnreadableImportError'
    this.fault = fault
  }
}

/** A file whose header, if it has one, is read; its lines are read as they are asked for, in batches. */
export type ImportFile = {
  /** The cells of a CSV file's header as it has them; null for NDJSON. */
  header: readonly string[] | null
  lines: AsyncIterable<readonly ImportLine[]>
}

/**
 * Reads a file of one media type from its bytes, never whole in memory. Throws UnreadableImportError, also while the
 * lines are read. `charset` is that of the `Content-Type`, in lower case; null where it names none.
 */
export type ImportReader = (bytes: AsyncIterable<Uint8Array>, charset: string | null) => Promise<ImportFile>
