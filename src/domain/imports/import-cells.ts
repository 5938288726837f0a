import type { ColumnPlace, ImportColumn } from '#domain/imports/import-columns.ts'
import { momentOfCell, monthOfCell } from '#domain/imports/import-dates.ts'
import { comparedWord, roleAndDuties, trimmedCell } from '#domain/imports/import-words.ts'

/** What the reading of cells depends on, apart from the cells. */
export type CellContext = {
  /** Whether the file has the marks of Excel: for it, the service puts an apostrophe before what is no formula. */
  is_for_excel: boolean
  /** The moment at which a day begins in the vendor's time zone. */
  startOf: (day: string) => string
}

type Texts = Partial<Record<ImportColumn, string>>

// Words compare in one width and case. Those that the table lacks stay as they are, and the contract refuses them.
const TRUTH_WORDS: ReadonlyMap<string, boolean> = new Map([
  ...asked(true, ['true', 'yes', 'y', '1', 'はい', '有', 'あり', '共有', '共有する', '○', '〇', '◯', 'o']),
  ...asked(false, ['false', 'no', 'n', '0', 'いいえ', '無', 'なし', '個人', '共有しない', '×', '✕', 'x', '-']),
])
const MOMENTS = ['privacy_notice_shown_at', 'registered_at', 'first_registered_at'] as const
// What Excel would run as a formula: the files that the service writes for Excel put an apostrophe before it.
const ESCAPED = /^'(?='*[=+\-@\t\r＝＋－＠])/u
// The mark that a cell of Excel is text: no Japanese word begins so, as a name in Latin letters may ('t Hooft).
const MARK_OF_TEXT = /^['’](?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u
// How a text such as 0123 is kept one: ="0123".
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/u

/**
 * The fields of a contact in a row, by the column of each cell. Words for roles, duties and truth, days as Excel writes
 * them and full-width letters of ids become the contract's own values; what cannot be read stays as the file has it, so
 * that the contract's refusal shows it. An empty cell is a field left out.
 */
export function fieldsOfCells(
  places: readonly ColumnPlace[],
  cells: readonly string[],
  { is_for_excel, startOf }: CellContext,
): Record<string, unknown> {
  const texts: Texts = {}
  for (const [index, cell] of cells.entries()) {
    const place = places[index]
    const text = textOfCell(cell, is_for_excel)
    if (place != null && text !== '') texts[place] = text
  }
  return valuesOf(texts, places, startOf)
}

/** The text of a cell, without what keeps Excel from changing it: an apostrophe, or a formula that is a text. */
function textOfCell(cell: string, is_for_excel: boolean): string {
  const text = trimmedCell(is_for_excel ? cell.replace(ESCAPED, '') : cell)
  return trimmedCell(TEXT_FORMULA.exec(text)?.[1]?.replaceAll('""', '"') ?? text).replace(MARK_OF_TEXT, '')
}

function valuesOf(
  { role, duties, ...texts }: Texts,
  places: readonly ColumnPlace[],
  startOf: CellContext['startOf'],
): Record<string, unknown> {
  const has_both = places.includes('role') && places.includes('duties')
  const values: Record<string, unknown> = { ...texts, ...roleAndDuties({ role, duties }, has_both) }
  const { contract_id, shared_mailbox, privacy_notice_version } = texts
  if (contract_id !== undefined) values['contract_id'] = narrow(contract_id.replace(/^['’]/u, ''))
  if (shared_mailbox !== undefined)
    values['shared_mailbox'] = TRUTH_WORDS.get(comparedWord(shared_mailbox)) ?? shared_mailbox
  if (privacy_notice_version !== undefined)
    values['privacy_notice_version'] = monthOfCell(narrow(privacy_notice_version))
  for (const field of MOMENTS) {
    const text = texts[field]
    if (text !== undefined) values[field] = momentOfCell(narrow(text.replace(/^['’]/u, '')), startOf) ?? text
  }
  return values
}

function narrow(text: string): string {
  return text.normalize('NFKC')
}

function asked(value: boolean, words: readonly string[]): [string, boolean][] {
  return words.map(word => [comparedWord(word), value])
}
