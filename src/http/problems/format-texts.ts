import type { Fault } from '#http/problems/field-errors.ts'
import type { Words } from '#http/problems/language.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

type FormatFault = Extract<Fault, { code: 'invalid-format' }>

// The words of every pattern. A new pattern without its words does not compile.
const PATTERN_WORDS: Record<keyof typeof PATTERNS, Words> = {
  id: {
    en: 'Use only the letters A–Z and a–z, digits, dots, underscores and hyphens.',
    ja: '半角の英数字と「.」「_」「-」だけで指定してください。',
  },
  code: {
    en: 'Use only the letters a–z, digits, and the characters "/", ".", "_", ":" and "-".',
    ja: '半角の英小文字、数字と「/」「.」「_」「:」「-」だけで指定してください。',
  },
  trimmed: {
    en:
      'Remove the spaces at the beginning and the end, and any line break. ' +
      'A full-width space (U+3000) counts as a space.',
    ja: '先頭と末尾の空白(全角の空白(U+3000)を含みます)と、改行を取り除いてください。',
  },
  notBlank: {
    en: 'Must not consist of spaces only. A full-width space (U+3000) counts as a space.',
    ja: '空白(全角の空白を含みます)だけでは登録できません。内容をご入力ください。',
  },
  visibleAscii: {
    en: 'Use only ASCII letters, digits and symbols, without spaces.',
    ja: '半角の英数字と記号だけで、空白を入れずに指定してください。',
  },
  yearAndMonth: {
    en: 'Must be a year and a month as YYYY-MM, for example 2022-10. Years: 1900 to 2999.',
    ja: '「2022-10」のように、年月(YYYY-MM、1900年から2999年まで)で指定してください。',
  },
  cursor: {
    en: 'Must be the `next_cursor` of an earlier answer, unchanged.',
    ja: '前のページの応答にある`next_cursor`の値を、そのまま指定してください。',
  },
  operationId: {
    en: 'Must be the name of an operation in the API specification (`operationId`): letters A–Z and a–z only.',
    ja: 'API仕様の操作の名前(`operationId`)を、半角の英字だけで指定してください。',
  },
  problemType: {
    en: 'Must be the last part of the `type` of a problem: only the letters a–z and hyphens.',
    ja: 'エラーの`type`の最後の部分を、半角の英小文字と「-」だけで指定してください。',
  },
  digits: { en: 'Must have digits only.', ja: '半角の数字だけで指定してください。' },
  storedYear: { en: 'The year must be from 1900 to 2999.', ja: '年は、1900年から2999年までで指定してください。' },
  momentFrom2000: {
    en:
      'Must be a date and time in the years 2000 to 2999, for example 2027-03-31T15:00:00Z: ' +
      'with capital letters T and Z, and at most 15 decimals.',
    ja: '「2027-03-31T15:00:00Z」のような形式で、2000年から2999年までの日時を指定してください。「T」と「Z」は大文字、小数は15桁以内です。',
  },
  momentOfCentury: {
    en:
      'Must be a date and time in the years 2000 to 2099, for example 2026-04-02T01:15:00Z: ' +
      'with capital letters T and Z, and at most 15 decimals.',
    ja: '「2026-04-02T01:15:00Z」のような形式で、2000年から2099年までの日時を指定してください。「T」と「Z」は大文字、小数は15桁以内です。',
  },
}

const WORDS_OF_PATTERN: ReadonlyMap<string, Words> = new Map(
  Object.entries(PATTERNS).map(([name, pattern]) => [pattern, PATTERN_WORDS[name as keyof typeof PATTERNS]]),
)

const FORMAT_WORDS: Readonly<Record<string, Words>> = {
  date: {
    en: 'Must be a day of the calendar as YYYY-MM-DD, from 1900-01-01 to 2999-12-31.',
    ja: '日付は、「2026-04-01」の形式(YYYY-MM-DD)で、1900-01-01から2999-12-31までの実在する日を指定してください。',
  },
  'date-time': {
    en:
      'Must be a date and time as in RFC 3339, with the time zone: 2026-04-01T09:00:00+09:00 (with a colon in the ' +
      'offset) or 2026-04-01T00:00:00Z. Years: 1900 to 2999.',
    ja: '日時は、「2026-04-01T09:00:00+09:00」のように、時差をコロン付きまたは「Z」で示したRFC 3339の形式で、1900年から2999年までの日時を指定してください。',
  },
  uuid: {
    en: 'Must be a UUID, for example 019d4672-7740-7c41-9d2e-3f5b8a1c7e90.',
    ja: '「019d4672-7740-7c41-9d2e-3f5b8a1c7e90」のような形式のID(UUID)を指定してください。',
  },
}

const OTHER_FORMAT: Words = {
  en: 'This value does not have the form that the API specification describes.',
  ja: '値の形式が、API仕様の説明と異なっています。',
}

/** How a value has to be written, in words: an answer shows no regular expression. */
export function formatWords(fault: FormatFault): Words {
  if ('pattern' in fault) return WORDS_OF_PATTERN.get(fault.pattern) ?? OTHER_FORMAT
  if ('entity_tags_of' in fault)
    return {
      en: `${fault.entity_tags_of} must be "*" or a list of entity tags, each in double quotes.`,
      ja: `「${fault.entity_tags_of}」には、「*」または二重引用符で囲んだエンティティタグの一覧を指定してください。`,
    }
  const words = FORMAT_WORDS[fault.format] ?? OTHER_FORMAT
  return fault.open_ended === true
    ? { en: `${words.en} For no end, send "ends_on": null.`, ja: `${words.ja}${OPEN_ENDED_JA}` }
    : words
}

const OPEN_ENDED_JA = '終了日を定めない場合は、「"ends_on": null」を指定してください。'

/** Whether a pattern has words of its own. */
export function hasPatternWords(pattern: string): boolean {
  return WORDS_OF_PATTERN.has(pattern)
}
