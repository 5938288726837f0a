import { columnOf } from '#domain/imports/import-columns.ts'

const DELIMITERS = [',', ';', '\t']
const SEPARATOR_LINE = /^"?sep=(.)"?[,;\t]*$/i

/** Where the table of a file begins, and which character divides its cells. */
export type CsvStart = { text: string; delimiter: string; line: number }

/**
 * Finds where a table begins in the lines of a file: after empty lines and the line that gives Excel the
 * delimiter (`sep=;`). Without it, the delimiter is the one among comma, semicolon and tab that divides the first line
 * into the most words of a header. Undefined while the first line is not there; `is_whole` says that no more comes.
 */
export function findCsvStart(text: string, is_whole: boolean): CsvStart | undefined {
  let [start, line, separator]: [number, number, string | undefined] = [0, 1, undefined]
  for (;;) {
    const end = text.indexOf('\n', start)
    if (end === -1 && !is_whole) return undefined
    const first = text.slice(start, end === -1 ? text.length : end)
    const named: string | undefined = separator === undefined ? SEPARATOR_LINE.exec(first.trim())?.[1] : undefined
    separator ??= named
    const isTable = named === undefined && first.trim() !== ''
    if (isTable || end === -1)
      return { text: isTable ? text.slice(start) : '', delimiter: separator ?? delimiterOf(first), line }
    start = end + 1
    line++
  }
}

function delimiterOf(first: string): string {
  const known = (delimiter: string): number =>
    first.split(delimiter).filter(word => columnOf(word.replaceAll('"', '')) !== undefined).length
  return DELIMITERS.toSorted((a, b) => known(b) - known(a))[0] ?? ','
}
