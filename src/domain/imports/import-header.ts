import { columnOf, nearestColumn, type ColumnPlace, type ImportColumn } from '#domain/imports/import-columns.ts'
import { UnreadableImportError } from '#domain/imports/import-line.ts'

const NEEDED = ['contract_id', 'email'] as const
/** How many letters of a word an answer shows, and of a word that is compared with the known ones. */
const MOST_SHOWN = 64
const NAMES: readonly ImportColumn[] = ['family_name', 'name']

/**
 * The columns of a CSV file by the words of its header, in English, Japanese or both. Empty cells at its end are no
 * columns; an empty one between them is passed over. Refuses, with the number of the cell: a word that no column has,
 * with the nearest one; a column that is there twice; a file without `contract_id`, `email` or a name.
 */
export function readHeader(cells: readonly string[], line: number): { header: string[]; places: ColumnPlace[] } {
  const header = cells.slice(0, cells.findLastIndex(cell => cell.trim() !== '') + 1)
  const columns = header.map(word => (word.trim() === '' ? null : columnOf(word)))
  // A first line without a single word is a row of people, whose cells are not repeated.
  if (!columns.some(column => column != null)) throw missing('contract_id', line)
  const places = columns.map((column, index): ColumnPlace => {
    const word = header[index] ?? ''
    if (column === undefined) throw unknown(word, line, index + 1)
    const earlier = header[columns.indexOf(column)] ?? word
    if (column !== null && columns.indexOf(column) < index) throw repeated(word, earlier, line, index + 1)
    return column
  })
  for (const column of NEEDED) if (!places.includes(column)) throw missing(column, line)
  if (!NAMES.some(column => places.includes(column))) throw missing('name', line)
  return { header, places }
}

function unknown(word: string, line: number, column: number): UnreadableImportError {
  const nearest = word.length > MOST_SHOWN ? undefined : nearestColumn(word)
  const found = word.includes('@') ? undefined : shown(word)
  return new UnreadableImportError({
    code: 'unknown-column',
    line,
    column,
    ...(found !== undefined && { found }),
    ...(nearest !== undefined && { nearest }),
  })
}

function repeated(word: string, earlier: string, line: number, column: number): UnreadableImportError {
  const same_as = earlier === word ? undefined : shown(earlier)
  return new UnreadableImportError({
    code: 'repeated-column',
    line,
    column,
    found: shown(word),
    ...(same_as !== undefined && { same_as }),
  })
}

/** The beginning of a word of a header, which may be as long as a line. */
function shown(word: string): string {
  return word.length <= MOST_SHOWN ? word : `${word.slice(0, MOST_SHOWN)}…`
}

function missing(column: ImportColumn, line: number): UnreadableImportError {
  return new UnreadableImportError({ code: 'missing-column', line, column: null, found: column })
}
