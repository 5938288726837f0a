import type { Words } from '#http/problems/language.ts'

const DAY: Words = {
  en: 'Write a day such as 2026/4/1, by the Western calendar. A number such as 46113 is how Excel stores a day.',
  ja: '「2026/4/1」のような西暦の日付を記載してください。「46113」のような数値は、Excelでの日付の表し方です。',
}

/** What a cell of a CSV file may hold, in the words of its reader: the API's own words are those of JSON. */
export const CELL_WORDS: Readonly<Record<string, Words>> = {
  contract_id: {
    en: 'Write the id of the contract as billing has it: up to 64 letters, digits, and . _ - only.',
    ja: '契約番号を、半角の英数字と「.」「_」「-」のみ、64文字以内で記載してください。',
  },
  role: { en: 'Write primary or secondary.', ja: '「主担当」または「副担当」と記載してください。' },
  duties: {
    en: 'Write system, operations and contract, divided by semicolons.',
    ja: '「システム担当」「業務担当」「契約担当」を、セミコロン(;)で区切って記載してください。',
  },
  shared_mailbox: { en: 'Write yes or no.', ja: '「はい」または「いいえ」と記載してください。' },
  privacy_notice_version: {
    en: 'Write the version of the privacy notice, such as 2025-10.',
    ja: '個人情報の取り扱いの版を、「2025-10」のように半角で記載してください。',
  },
  privacy_notice_shown_at: DAY,
  registered_at: DAY,
  first_registered_at: DAY,
}

/** The faults of values that a cell cannot hold, in place of which its words are shown. */
export const CELL_FAULTS: ReadonlySet<string> = new Set([
  'invalid-format',
  'not-allowed',
  'too-long',
  'too-many',
  'too-short',
  'wrong-type',
])
