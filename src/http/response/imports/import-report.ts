import { columnOf, isReportColumn, REPORT_COLUMNS_JA, type ReportColumn } from '#domain/imports/import-columns.ts'
import type { Import, ReportedRow } from '#domain/imports/import.ts'
import { fullName } from '#domain/person-name.ts'
import type { ImportOutcome } from '#domain/vocabulary.ts'
import type { Language, Words } from '#http/problems/language.ts'
import type { ListedProblem } from '#http/problems/problem-document.ts'
import { CELL_FAULTS, CELL_WORDS } from '#http/response/imports/import-cell-words.ts'
import { shownRow } from '#http/response/imports/import-rows-page.ts'
import type { Column } from '#http/response/list-formats.ts'

/** A row of a report: as it was received, and as it is answered. */
type ReportItem = ReturnType<typeof reportItem>

const OUTCOME_WORDS: Record<ImportOutcome, Words> = {
  created: { en: 'created', ja: '登録' },
  changed: { en: 'changed', ja: '変更' },
  unchanged: { en: 'unchanged', ja: '変更なし' },
  refused: { en: 'refused', ja: '登録不可' },
  skipped: { en: 'skipped', ja: '見送り' },
}
const SKIPPED: Words = {
  en: 'Another row of this contract was refused.',
  ja: '同じ契約の別の行が登録できないため、この行の登録も見送りました。',
}

/** A row with its problems in one language. */
export function reportItem(row: ReportedRow, language: Language) {
  return { row, shown: shownRow(row, language) }
}

/**
 * The columns of a report: those of the CSV file as it was received, without what an earlier report added, then the
 * line, the outcome, the reasons and what is suggested. An import reads the file again without these.
 */
export function reportColumns({ header }: Pick<Import, 'header'>, language: Language): Column<ReportItem>[] {
  const own = (header ?? []).flatMap((word, index): Column<ReportItem>[] =>
    isReportColumn(word) ? [] : [[word, ({ row }) => row.cells?.[index] ?? '']],
  )
  const word = (column: ReportColumn): string => (language === 'ja' ? REPORT_COLUMNS_JA[column] : column)
  return [
    ...(header === null ? OF_LINES : own),
    [word('import_line'), ({ row }) => row.line],
    [word('import_outcome'), ({ row }) => (row.outcome === null ? '' : OUTCOME_WORDS[row.outcome][language])],
    [word('import_reason'), item => reasonsOf(item, header ?? [], language).join('\n')],
    [word('import_suggestion'), ({ row }) => suggestionsOf(row, language).join('\n')],
  ]
}

const OF_LINES: readonly Column<ReportItem>[] = [
  ['type', ({ row }) => row.type],
  ['customer_id', ({ row }) => row.customer_id],
  ['contract_id', ({ row }) => row.contract_id],
]

function reasonsOf({ row, shown }: ReportItem, header: readonly string[], language: Language): string[] {
  const reasons = shown.problems.flatMap(problem => sentencesOf(problem, header, language))
  if (row.outcome === 'skipped' && reasons.length === 0) reasons.push(SKIPPED[language])
  const doubts = shown.warnings.map(({ detail }) => detail)
  const duplicates = shown.possible_duplicates.map(duplicate => DUPLICATE(duplicate)[language])
  return [...reasons, ...doubts, ...duplicates]
}

type Duplicate = ReportedRow['duplicates'][number]

const DUPLICATE = ({ name, line }: Duplicate): Words =>
  line === null
    ? {
        en: `May be the same person as ${name} on this contract.`,
        ja: `この契約の${name}様と同じ方の可能性があります。`,
      }
    : { en: `May be the same person as in line ${line}.`, ja: `${line}行目と同じ方の可能性があります。` }

/** What a problem says, of each field once, with the word that its column has in the file. */
function sentencesOf({ detail, errors }: ListedProblem, header: readonly string[], language: Language): string[] {
  if (!Array.isArray(errors) || errors.length === 0) return [detail]
  const sentences = (errors as FieldFault[]).map(error => {
    const field = error.pointer.split('/')[1]
    if (field === undefined) return error.detail
    const column = header.find(word => columnOf(word) === field)
    const words = column !== undefined && CELL_FAULTS.has(error.code) ? CELL_WORDS[field]?.[language] : undefined
    return `${column ?? field}: ${words ?? error.detail}`
  })
  return [...new Set(sentences)]
}

type FieldFault = { pointer: string; code: string; detail: string }

/** The names to send in place of one that was refused: several people are as many rows. */
function suggestionsOf({ problems }: ReportedRow, language: Language): string[] {
  return problems.flatMap(problem => {
    if (problem.type !== 'name-not-personal' || problem.suggestions.length === 0) return []
    const names = problem.suggestions.map(fullName)
    if (problem.code !== 'several-people') return names
    const rows = names.join(language === 'ja' ? '、' : '; ')
    return [language === 'ja' ? `${names.length}行に分けて登録: ${rows}` : `${names.length} rows: ${rows}`]
  })
}
