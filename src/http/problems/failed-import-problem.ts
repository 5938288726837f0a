import { columnWordJa, IMPORT_COLUMNS } from '#domain/imports/import-columns.ts'
import type { ImportFault, ImportFaultCode } from '#domain/imports/import-line.ts'
import type { Language, Words } from '#http/problems/language.ts'
import type { ProblemDocument } from '#http/problems/problem-document.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'

/** The problem of an import that failed, in one language: where its file cannot be read, or its rows not worked off. */
export function importFaultProblem(fault: ImportFault, request_id: string, language: Language): ProblemDocument {
  return fault.code === 'batch-failed'
    ? failedBatchProblem(fault, request_id, language)
    : unreadableFileProblem(fault, request_id, language)
}

function failedBatchProblem(fault: ImportFault, request_id: string, language: Language): ProblemDocument {
  const { status, title } = PROBLEM_TYPES['internal-error']
  return {
    type: '/problems/internal-error',
    title: title[language],
    status,
    detail: wordsOf(fault)[language],
    remedy: REMEDY_OF_FAILED_BATCH[language],
    instance: request_id,
  }
}

const REMEDY_OF_FAILED_BATCH: Words = {
  en:
    'Rows that have an outcome stay done, and later imports go on. Report the `instance` to the administrator of ' +
    'this service, then send the file again without these rows: rows that are done already change nothing.',
  ja: '処理の済んだ行の登録内容はそのまま残り、ほかのインポートは続行されます。`instance`の値をこのサービスの管理者にお知らせのうえ、該当の行を除いたファイルを再度送信してください。登録済みの行は変更されません。',
}

function unreadableFileProblem(fault: ImportFault, request_id: string, language: Language): ProblemDocument {
  const { status, title } = PROBLEM_TYPES['invalid-request']
  const { code, line, column, found, nearest, same_as, expected } = fault
  const detail = wordsOf(fault)[language]
  return {
    type: '/problems/invalid-request',
    title: title[language],
    status,
    detail,
    remedy: REMEDY[language],
    instance: request_id,
    errors: [
      {
        in: 'body',
        pointer: '#',
        code,
        detail,
        line,
        column,
        ...(found !== undefined && { found }),
        ...(nearest !== undefined && { nearest }),
        ...(same_as !== undefined && { same_as }),
        ...(expected !== undefined && { expected }),
      },
    ],
  }
}

const REMEDY: Words = {
  en: 'Nothing was changed. Correct the file in this place, and send the whole file again.',
  ja: '登録内容は変更されていません。該当箇所を修正のうえ、ファイル全体をもう一度送信してください。',
}

function wordsOf(fault: ImportFault): Words {
  const { en, ja } = FAULTS[fault.code](fault)
  const { line, column, nearest } = fault
  const unit = OF_CHARACTERS.has(fault.code) ? CHARACTER : CELL
  const near = nearest === undefined ? NOTHING : { en: ` Did you mean "${nearest}"?`, ja: `「${nearest}」でしょうか。` }
  return {
    en: `Line ${line}${column === null ? '' : `, ${unit.en} ${column}`}: ${en}${near.en}`,
    ja: `${line}行目${column === null ? '' : `の${column}${unit.ja}`}: ${ja}${near.ja}`,
  }
}

// What a column counts: cells where the table is at fault, characters where the text is.
const CELL: Words = { en: 'column', ja: '列目' }
const CHARACTER: Words = { en: 'character', ja: '文字目' }
const OF_CHARACTERS: ReadonlySet<ImportFaultCode> = new Set(['malformed-json', 'undecodable', 'other-encoding'])

const NOTHING: Words = { en: '', ja: '' }

const quoted = (found: string | undefined): Words =>
  found === undefined ? NOTHING : { en: ` "${found}"`, ja: `「${found}」` }

const OTHER_FILE: Words = { en: 'a file of another kind', ja: '別の種類のファイル' }
const OTHER_FILES: Readonly<Record<string, Words>> = {
  spreadsheet: { en: 'an Excel workbook', ja: 'Excelブック' },
  pdf: { en: 'a PDF document', ja: 'PDF' },
  html: { en: 'a web page', ja: 'Webページ(HTML)' },
  json: { en: 'JSON', ja: 'JSON' },
}
const SENT_SO: Words = {
  en: 'Send UTF-8, or Shift_JIS with `text/csv; charset=shift_jis`.',
  ja: 'UTF-8のファイルか、`text/csv; charset=shift_jis`を指定したShift_JISのファイルを送信してください。',
}

const COLUMNS: Words = {
  en: ` Remove it, or use one of: ${IMPORT_COLUMNS.join(', ')}.`,
  ja: `削除するか、次の列名をお使いください: ${IMPORT_COLUMNS.map(columnWordJa).join('、')}`,
}
const HEADER_LINE: Words = {
  en: 'The first line has the names of the columns, divided by commas, semicolons or tabs.',
  ja: '1行目には、列名をカンマ、セミコロン、タブのいずれかで区切って記載してください。',
}
const ONE_SIGN: Words = {
  en: 'All rows are divided by the same sign.',
  ja: '区切り文字は、見出しとほかの行とで揃えてください。',
}

/** What each fault means. */
const FAULTS: Record<ImportFaultCode, (fault: ImportFault) => Words> = {
  'malformed-json': () => ({
    en: 'This is not JSON. A line is one JSON object; send a CSV file as `text/csv`.',
    ja: 'JSONとして読み取れません。1行に1つのJSONオブジェクトを記載してください。CSVファイルは`text/csv`で送信してください。',
  }),
  'duplicate-key': () => ({
    en: 'A field comes twice in this line.',
    ja: '1行の中に、同じ名前の項目が2回記載されています。',
  }),
  'too-deep': ({ expected }) => ({
    en: `The values of this line are nested deeper than ${expected} levels.`,
    ja: `値の入れ子が深すぎます。${expected}段以内にしてください。`,
  }),
  'too-many-fields': ({ expected }) => ({
    en: `An object in this line has more than ${expected} fields.`,
    ja: `1つのオブジェクトの項目数が${expected}を超えています。`,
  }),
  'not-an-object': () => ({
    en: 'A line must be one JSON object.',
    ja: '1行に1つのJSONオブジェクトを記載してください。',
  }),
  'unknown-type': ({ found }) => ({
    en: `The type${quoted(found).en} is unknown. A line has the type customer, contract, roster or contact.`,
    ja: `種類(type)${quoted(found).ja}は使用できません。customer、contract、roster、contactのいずれかを指定してください。`,
  }),
  'line-too-long': ({ expected }) => ({
    en: `The line is longer than ${expected} bytes.`,
    ja: `1行の長さが${expected}バイトを超えています。`,
  }),
  'other-file': ({ found = '' }) => ({
    en: `This is ${(OTHER_FILES[found] ?? OTHER_FILE).en}. Save it as CSV, and send that as \`text/csv\`.`,
    ja: `このファイルは${(OTHER_FILES[found] ?? OTHER_FILE).ja}です。CSV形式で保存し、\`text/csv\`で送信してください。`,
  }),
  undecodable: ({ found = '' }) => ({
    en: `The bytes ${found} are no character in the encoding that the Content-Type names.`,
    ja: `バイト列${found}は、Content-Typeで指定された文字コードの文字ではありません。`,
  }),
  'unclosed-quote': () => ({
    en: 'A quotation mark that opens here does not close.',
    ja: 'ここで始まる引用符(")が閉じられていません。',
  }),
  'malformed-csv': () => ({
    en: 'A quotation mark is inside a cell. Put the whole cell in quotation marks, and write those inside it twice.',
    ja: 'セルの途中に引用符(")があります。セル全体を引用符で囲み、中の引用符は2つ続けて記載してください。',
  }),
  'unknown-column': ({ found, nearest }) => {
    const others = nearest === undefined ? COLUMNS : NOTHING
    return {
      en: `The column${quoted(found).en} is unknown.${others.en}`,
      ja: `列${quoted(found).ja}は使用できません。${others.ja}`,
    }
  },
  'repeated-column': ({ found, same_as }) => ({
    en: `The column${quoted(found).en} comes twice${same_as === undefined ? '' : `, first as "${same_as}"`}.`,
    ja: `列${quoted(found).ja}が${same_as === undefined ? '' : `「${same_as}」と`}重複しています。`,
  }),
  'missing-column': ({ found }) => ({
    en: `The column${quoted(found).en} is missing. ${HEADER_LINE.en}`,
    ja: `列${quoted(found).ja}がありません。${HEADER_LINE.ja}`,
  }),
  'other-width': ({ expected }) => ({
    en: `The row has another number of cells than the header, which has ${expected}. ${ONE_SIGN.en}`,
    ja: `セルの数が、見出しの列数(${expected})と異なります。${ONE_SIGN.ja}`,
  }),
  'other-encoding': ({ found = '' }) => ({
    en: `The text is in ${found}, not in the encoding that the Content-Type names. ${SENT_SO.en}`,
    ja: `文字コードが、Content-Typeで指定されたものではなく${found}になっています。${SENT_SO.ja}`,
  }),
  'batch-failed': ({ found }) => ({
    en: `The service failed several times at the rows of${quoted(found).en}, which begin here, and has given up.`,
    ja: `ここから始まる${quoted(found).ja}の行の処理に繰り返し失敗したため、インポートを終了しました。`,
  }),
}
