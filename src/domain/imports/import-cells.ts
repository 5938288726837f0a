import type { ColumnPlace, ImportColumn } from '#domain/imports/import-columns.ts'
import { momentOfCell, monthOfCell } from '#domain/imports/import-dates.ts'
import type { Duty, Role } from '#domain/vocabulary.ts'

/** What the reading of cells depends on, apart from the cells. */
export type CellContext = {
  /** Whether the file has the marks of Excel: for it, the service puts an apostrophe before what is no formula. */
  is_for_excel: boolean
  /** The moment at which a day begins in the vendor's time zone. */
  startOf: (day: string) => string
}

type Texts = Partial<Record<ImportColumn, string>>

// Words compare in one width and case. Those that no table has stay as they are, and the contract refuses them by name.
const ROLE_WORDS: Readonly<Record<string, Role>> = {
  primary: 'primary',
  主担当: 'primary',
  主担当者: 'primary',
  主: 'primary',
  正: 'primary',
  正担当: 'primary',
  secondary: 'secondary',
  副担当: 'secondary',
  副担当者: 'secondary',
  副: 'secondary',
}
const DUTY_WORDS: Readonly<Record<string, Duty>> = {
  system: 'system',
  システム: 'system',
  システム担当: 'system',
  operations: 'operations',
  業務: 'operations',
  業務担当: 'operations',
  contract: 'contract',
  契約: 'contract',
  契約担当: 'contract',
}
const TRUTH_WORDS: Readonly<Record<string, boolean>> = {
  ...asked(true, ['true', 'yes', 'y', '1', 'はい', '有', 'あり', '共有', '共有する', '○', '〇', '◯', 'o']),
  ...asked(false, ['false', 'no', 'n', '0', 'いいえ', '無', 'なし', '個人', '共有しない', '×', '✕', 'x', '-']),
}
const MOMENTS = ['privacy_notice_shown_at', 'registered_at', 'first_registered_at'] as const
const BETWEEN_DUTIES = /[;,、，；/・\n]/u
// What Excel would run as a formula: the files that the service writes for Excel put an apostrophe before it.
const ESCAPED = /^'(?='*[=+\-@\t\r＝＋－＠])/u

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
    const text = trimmed(is_for_excel ? cell.replace(ESCAPED, '') : cell)
    if (place != null && text !== '') texts[place] = text
  }
  return valuesOf(texts, startOf)
}

function valuesOf(texts: Texts, startOf: CellContext['startOf']): Record<string, unknown> {
  const values: Record<string, unknown> = { ...texts }
  const { contract_id, role, duties, shared_mailbox, privacy_notice_version } = texts
  if (contract_id !== undefined) values['contract_id'] = narrow(contract_id.replace(/^['’]/u, ''))
  if (role !== undefined) values['role'] = ROLE_WORDS[compared(role)] ?? role
  if (duties !== undefined) values['duties'] = dutiesOf(duties)
  if (shared_mailbox !== undefined) values['shared_mailbox'] = TRUTH_WORDS[compared(shared_mailbox)] ?? shared_mailbox
  if (privacy_notice_version !== undefined)
    values['privacy_notice_version'] = monthOfCell(narrow(privacy_notice_version))
  for (const field of MOMENTS) {
    const text = texts[field]
    if (text !== undefined) values[field] = momentOfCell(narrow(text.replace(/^['’]/u, '')), startOf) ?? text
  }
  return values
}

function dutiesOf(cell: string): string[] {
  const words = cell.split(BETWEEN_DUTIES).map(trimmed)
  return words.filter(word => word !== '').map(word => DUTY_WORDS[compared(word)] ?? word)
}

/** A text without white space around it, also without what Excel and web pages leave there and no letter is. */
function trimmed(text: string): string {
  return text.replace(/^[\s\u200B\uFEFF]+|[\s\u200B\uFEFF]+$/gu, '')
}

function narrow(text: string): string {
  return text.normalize('NFKC')
}

function compared(text: string): string {
  return narrow(text).toLowerCase()
}

function asked(value: boolean, words: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(words.map(word => [compared(word), value]))
}
