import type { Words } from '#http/problems/language.ts'
import type { ContractState, Duty, Purpose, Role } from '#domain/vocabulary.ts'

/** The words of the registration sheet, as the vendor's article has them. */
export const SHEET_WORDS = {
  title: { en: 'Registered support contacts', ja: '問い合わせご担当者 ご登録状況' },
  customer: { en: 'Customer', ja: 'お客様企業' },
  customer_id: { en: 'Customer ID', ja: 'お客様番号' },
  as_of: { en: 'As of', ja: '基準日' },
  purpose: { en: 'Purpose', ja: '利用目的' },
  contract: { en: 'Contract', ja: '契約番号' },
  term: { en: 'Term', ja: 'ご契約期間' },
  seats: { en: 'Seats in use', ja: 'ご登録人数' },
  seats_of: { en: 'of', ja: '／ ご登録可能人数' },
  over: { en: 'over the limit by', ja: 'ご登録可能人数の超過' },
  role: { en: 'Role', ja: '区分' },
  duties: { en: 'Duties', ja: '役割' },
  name: { en: 'Name', ja: 'お名前' },
  email: { en: 'Email address', ja: 'メールアドレス' },
  registered_on: { en: 'Registered', ja: 'ご登録日' },
  none: { en: 'No contact is registered.', ja: '問い合わせご担当者は登録されていません。' },
  no_contracts: { en: 'The customer has no contract.', ja: 'ご契約はありません。' },
  open_end: { en: 'no end', ja: '終了日なし' },
} as const satisfies Record<string, Words>

export const ROLE_WORDS = {
  primary: { en: 'Primary', ja: '主担当' },
  secondary: { en: 'Secondary', ja: '副担当' },
} as const satisfies Record<Role, Words>

export const DUTY_WORDS = {
  system: { en: 'system', ja: 'システム担当' },
  operations: { en: 'operations', ja: '業務担当' },
  contract: { en: 'contract', ja: '契約担当' },
} as const satisfies Record<Duty, Words>

export const STATE_WORDS = {
  not_yet_in_force: { en: 'not yet in force', ja: 'ご契約開始前' },
  in_force: { en: 'in force', ja: 'ご契約中' },
  ended: { en: 'ended', ja: 'ご契約終了' },
} as const satisfies Record<ContractState, Words>

export const PURPOSE_WORDS = {
  product_information: {
    en: 'information about products and services',
    ja: '製品・サービスに関する情報のご案内',
  },
  inquiries: { en: 'answering inquiries', ja: 'お問い合わせへの回答' },
  surveys: { en: 'surveys', ja: 'アンケートの実施・分析' },
} as const satisfies Record<Purpose, Words>
