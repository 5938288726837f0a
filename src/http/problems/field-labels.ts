import type { Words } from '#http/problems/language.ts'

// The names by which support operators call the fields that they fill in.
const LABELS_JA: Readonly<Record<string, string>> = {
  app_ids: '利用アプリ',
  change_request_id: '変更依頼のID',
  channel: '受付方法',
  connections: '接続数',
  contact_id: '問い合わせご担当者のID',
  contacts: '問い合わせご担当者',
  contract_id: '契約のID',
  customer_id: 'お客様企業のID',
  duties: '役割',
  effective_on: '適用日',
  email: 'メールアドレス',
  ends_on: '契約終了日',
  expires_at: '有効期限',
  family_name: 'お名前(姓)',
  form_version: 'サービス利用申込書の版',
  given_name: 'お名前(名)',
  name: '名称',
  operations: '依頼内容',
  privacy_notice_shown_at: '個人情報の取り扱いのご案内日時',
  privacy_notice_version: '個人情報の取り扱いの版',
  product_id: '製品のID',
  purpose: '利用目的',
  reason: '理由',
  received_on: '受領日',
  requested_by: '依頼者',
  'requested_by/email': '依頼者のメールアドレス',
  'requested_by/name': '依頼者のお名前',
  role: '主担当・副担当',
  shared_mailbox: '共有メールアドレス',
  starts_on: '契約開始日',
  ticket_number: 'お問い合わせ番号',
}

/** What is wrong at one place, after the name of the place; the words alone where they are about a whole part. */
export function placedWords(pointer: string, words: Words): Words {
  const place = pointer.replace(/^#\/?/, '').replaceAll('~1', '/').replaceAll('~0', '~')
  if (place === '') return words
  const steps = place.split('/')
  const label = LABELS_JA[steps.slice(-2).join('/')] ?? LABELS_JA[steps.at(-1) ?? '']
  return { en: `${place}: ${words.en}`, ja: `「${label === undefined ? place : `${label}(${place})`}」: ${words.ja}` }
}
