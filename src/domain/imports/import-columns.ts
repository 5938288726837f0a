/** The columns of a CSV file of contacts that an import reads, in the order in which the service writes them (R39). */
export const IMPORT_COLUMNS = [
  'contract_id',
  'role',
  'duties',
  'family_name',
  'given_name',
  'name',
  'email',
  'shared_mailbox',
  'privacy_notice_version',
  'privacy_notice_shown_at',
  'registered_at',
  'first_registered_at',
  'contact_id',
] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** The columns that a report adds: a file that is mended and sent again may have them, and no import reads them. */
export const REPORT_COLUMNS = ['import_line', 'import_outcome', 'import_reason', 'import_suggestion'] as const
export type ReportColumn = (typeof REPORT_COLUMNS)[number]

/** The words of the report's columns in a Japanese file. */
export const REPORT_COLUMNS_JA = {
  import_line: '元の行',
  import_outcome: '取り込み結果',
  import_reason: '理由',
  import_suggestion: '修正案',
} as const satisfies Record<ReportColumn, string>

/** What a column of a file is: one that is read, or null for one that an export or a report has and no import reads. */
export type ColumnPlace = ImportColumn | null

// The words of a header, the first of each language as the service writes it. They compare as `headerKey` has them.
const WORDS: Record<ImportColumn, readonly string[]> = {
  contract_id: [
    'contract_id',
    '契約番号',
    'contract',
    'contract number',
    'contract no',
    '契約',
    '契約ID',
    '契約コード',
  ],
  role: [
    'role',
    '区分',
    '担当区分',
    '担当者区分',
    '主担当・副担当',
    '主副',
    '主副区分',
    '正副',
    '正副区分',
    '種別',
    '担当種別',
  ],
  duties: ['duties', '役割', 'duty', '担当業務', '担当役割'],
  family_name: [
    'family_name',
    '姓',
    'last name',
    'surname',
    '氏',
    '苗字',
    '名字',
    'お名前(姓)',
    '氏名(姓)',
    '担当者姓',
  ],
  given_name: ['given_name', '名', 'first name', 'forename', 'お名前(名)', '氏名(名)', '担当者名(名)', '下の名前'],
  name: [
    'name',
    'お名前',
    'full name',
    '氏名',
    '姓名',
    '担当者',
    '担当者名',
    '担当者氏名',
    '問い合わせご担当者',
    '問い合わせご担当者名',
  ],
  email: [
    'email',
    'メールアドレス',
    'email address',
    'mail',
    'mail address',
    'メール',
    'Eメール',
    '電子メール',
    '電子メールアドレス',
  ],
  shared_mailbox: [
    'shared_mailbox',
    '共有',
    'shared',
    'mailbox_shared',
    '共有メール',
    '共有アドレス',
    '共有メールアドレス',
  ],
  privacy_notice_version: [
    'privacy_notice_version',
    '個人情報の取り扱いの版',
    'privacy notice',
    '個人情報の取扱いの版',
    '個人情報取扱いの版',
    '個人情報保護方針の版',
  ],
  privacy_notice_shown_at: [
    'privacy_notice_shown_at',
    '個人情報の取り扱いのご案内日時',
    '個人情報の取り扱いの案内日',
    '個人情報の取扱いのご案内日時',
  ],
  registered_at: [
    'registered_at',
    '登録日',
    'registered',
    'registered on',
    'registration date',
    '登録日時',
    '登録年月日',
  ],
  first_registered_at: ['first_registered_at', '初回登録日', '最初の登録日'],
  contact_id: ['contact_id', '問い合わせご担当者のID', '担当者ID'],
}
// Columns of the files that the service writes, which follow from the others or are about the registry at that time.
const PASSED_OVER = ['customer_id', 'account_id', 'updated_at', ...REPORT_COLUMNS, ...Object.values(REPORT_COLUMNS_JA)]

// What forms write after the word of a column that has to be filled in.
const REMARK = /[(（【[]\s*(?:必須|任意|required|optional)\s*[)）】\]]/giu
const NOT_COMPARED = /[^\p{L}\p{N}]|^[おご]/gu

const PLACES: ReadonlyMap<string, ColumnPlace> = new Map([
  ...IMPORT_COLUMNS.flatMap(column => WORDS[column].map((word): [string, ColumnPlace] => [headerKey(word), column])),
  ...PASSED_OVER.map((word): [string, ColumnPlace] => [headerKey(word), null]),
])
const SHOWN_WORDS = Object.values(WORDS).flatMap(words => words.slice(0, 2))

/** The Japanese word of a column, as the service writes it. */
export function columnWordJa(column: ImportColumn): string {
  return WORDS[column][1] ?? column
}

/** The column that a word of a header means; undefined where no column has such a word. */
export function columnOf(word: string): ColumnPlace | undefined {
  return PLACES.get(headerKey(word))
}

/** Whether a word is that of a column which only reports have. */
export function isReportColumn(word: string): boolean {
  return [...REPORT_COLUMNS, ...Object.values(REPORT_COLUMNS_JA)].some(known => headerKey(known) === headerKey(word))
}

/** The known word of a header that differs least from a word; undefined where none has half of its letters. */
export function nearestColumn(word: string): string | undefined {
  const key = headerKey(word)
  const ranked = SHOWN_WORDS.map(known => ({ known, distance: distance(key, headerKey(known)) }))
  const [nearest] = ranked.toSorted((a, b) => a.distance - b.distance)
  return nearest !== undefined && nearest.distance * 2 <= key.length ? nearest.known : undefined
}

/** The form in which words of headers compare: width and case unified, without signs, spaces and a polite beginning. */
function headerKey(word: string): string {
  return word.replace(REMARK, '').normalize('NFKC').toLowerCase().trim().replace(NOT_COMPARED, '')
}

/** How many letters have to be added, removed or changed to make one text of another (Levenshtein 1966). */
function distance(a: string, b: string): number {
  const letters = Array.from(b)
  let previous = [0, ...letters.keys()].map((_, index) => index)
  for (const letter of a) {
    const current = [(previous[0] ?? 0) + 1]
    for (const [index, other] of letters.entries()) {
      const [left, above, corner] = [current[index] ?? 0, previous[index + 1] ?? 0, previous[index] ?? 0]
      current.push(Math.min(left + 1, above + 1, corner + Number(letter !== other)))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
