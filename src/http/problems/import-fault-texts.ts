import type { ImportFault, ImportFaultCode } from '#domain/import-line.ts'
import type { Language, Words } from '#http/problems/language.ts'
import type { ProblemDocument } from '#http/problems/problem-document.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'

/** The problem of an import whose file cannot be read, in one language, with line and column. */
export function importFaultProblem(fault: ImportFault, request_id: string, language: Language): ProblemDocument {
  const { status, title } = PROBLEM_TYPES['invalid-request']
  const { code, line, column, found, nearest, expected } = fault
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
  const near = nearest === undefined ? NOTHING : { en: ` Did you mean "${nearest}"?`, ja: `「${nearest}」でしょうか。` }
  return {
    en: `Line ${line}${column === null ? '' : `, column ${column}`}: ${en}${near.en}`,
    ja: `${line}行目${column === null ? '' : `の${column}列目`}: ${ja}${near.ja}`,
  }
}

const NOTHING: Words = { en: '', ja: '' }

const quoted = (found: string | undefined): Words =>
  found === undefined ? NOTHING : { en: ` "${found}"`, ja: `「${found}」` }

/** What each fault means. */
const FAULTS: Record<ImportFaultCode, (fault: ImportFault) => Words> = {
  'malformed-json': () => ({ en: 'This is not JSON.', ja: 'JSONとして読み取れません。' }),
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
  'text-not-allowed': () => ({
    en: 'A text has a character that nobody sees, such as a control character.',
    ja: '制御文字など、目に見えない文字が含まれています。',
  }),
  'nothing-in-file': () => ({ en: 'The file has no row.', ja: 'ファイルにデータの行がありません。' }),
  'other-file': () => ({
    en: 'This is a file of another kind, such as an Excel workbook. Save it as CSV.',
    ja: 'Excelブックなど、別の種類のファイルです。CSV形式で保存してください。',
  }),
  undecodable: () => ({
    en: 'A character cannot be read in the encoding of the file.',
    ja: 'ファイルの文字コードでは読み取れない文字があります。',
  }),
  'unclosed-quote': () => ({
    en: 'A quotation mark that opens here does not close.',
    ja: 'ここで始まる引用符(")が閉じられていません。',
  }),
  'malformed-csv': () => ({ en: 'This is not CSV.', ja: 'CSVとして読み取れません。' }),
  'unknown-column': ({ found }) => ({
    en: `The column${quoted(found).en} is unknown.`,
    ja: `列${quoted(found).ja}は使用できません。`,
  }),
  'repeated-column': ({ found }) => ({
    en: `The column${quoted(found).en} comes twice.`,
    ja: `列${quoted(found).ja}が重複しています。`,
  }),
  'missing-column': ({ found }) => ({
    en: `The column${quoted(found).en} is missing.`,
    ja: `列${quoted(found).ja}がありません。`,
  }),
  'other-width': ({ expected }) => ({
    en: `The row has another number of cells than the header, which has ${expected}.`,
    ja: `セルの数が、見出しの列数(${expected})と異なります。`,
  }),
  'other-encoding': () => ({
    en: 'This text is not in the encoding that the Content-Type names.',
    ja: 'Content-Typeで指定された文字コードとして読み取れません。',
  }),
}
