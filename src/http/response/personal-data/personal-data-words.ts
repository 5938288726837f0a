import type { DATA_RELATIONS } from '#domain/personal-data/personal-data-report.ts'
import type { Channel } from '#domain/vocabulary.ts'
import type { Words } from '#http/problems/language.ts'

/** The words of the report of a person. */
export const DATA_WORDS = {
  title: { en: 'Personal data that we hold', ja: '保有個人データのご報告' },
  reported: { en: 'As of', ja: '基準日' },
  purposes: { en: 'Purposes of use', ja: '利用目的' },
  contacts: { en: 'Registrations', ja: 'ご登録' },
  accounts: { en: 'Support accounts', ja: 'サポートサイトのアカウント' },
  requests: { en: 'Change requests', ja: '変更依頼' },
  history: { en: 'History of changes', ja: '変更の履歴' },
  disclosures: { en: 'Lists that may have contained you', ja: 'お客様の情報が含まれた可能性のある一覧の提供記録' },
  deliveries: { en: 'Notifications of changes to other systems', ja: '変更を他のシステムに通知した記録' },
  imports: { en: 'Rows of received files', ja: '受け取ったファイルの行' },
  kept_answers: { en: 'Answers kept for repeated requests', ja: '再送に備えて一時的に保存している応答' },
  nothing: { en: 'Nothing is held.', ja: '保有している情報はありません。' },
  contract: { en: 'Contract', ja: '契約番号' },
  role: { en: 'Role', ja: '区分' },
  name: { en: 'Name', ja: 'お名前' },
  email: { en: 'Email address', ja: 'メールアドレス' },
  registered: { en: 'Registered', ja: 'ご登録日' },
  removed: { en: 'Removed', ja: '削除日' },
  notice: { en: 'Privacy notice', ja: '個人情報の取扱いの版' },
  opened: { en: 'Opened', ja: '開設日' },
  closed: { en: 'Closed', ja: '閉鎖日' },
  password: { en: 'Password set', ja: 'パスワード設定日' },
  former: { en: 'Former addresses', ja: '以前のメールアドレス' },
  received: { en: 'Received', ja: '受付日' },
  relation: { en: 'You are', ja: 'お客様の立場' },
  channel: { en: 'By', ja: '受付方法' },
  said: { en: 'What it says', ja: '内容' },
  when: { en: 'Day', ja: '日付' },
  event: { en: 'Change', ja: '変更' },
  held: { en: 'What is recorded', ja: '記録の内容' },
  client: { en: 'Client', ja: 'APIクライアント' },
  list: { en: 'List', ja: '一覧' },
  purpose: { en: 'Purpose', ja: '利用目的' },
  times: { en: 'Times', ja: '回数' },
  first: { en: 'First', ja: '初回' },
  last: { en: 'Last', ja: '最終' },
  url: { en: 'Sent to', ja: '送信先' },
  line: { en: 'Line', ja: '行' },
  file: { en: 'File', ja: 'ファイル' },
  since: { en: 'Since', ja: '保存開始日' },
} as const satisfies Record<string, Words>

/** The events that a report shows, in words. */
export const EVENT_WORDS = {
  'contact.registered': { en: 'Registered', ja: 'ご登録' },
  'contact.changed': { en: 'Changed', ja: 'ご登録内容の変更' },
  'contact.removed': { en: 'Removed', ja: 'ご登録の解除' },
  'support_account.opened': { en: 'Account opened', ja: 'アカウントの開設' },
  'support_account.closed': { en: 'Account closed', ja: 'アカウントの閉鎖' },
  'support_account.rekeyed': { en: 'Account address changed', ja: 'アカウントのメールアドレスの変更' },
  'support_account.access_left': { en: 'Access to a mailbox left', ja: 'アカウントの利用の終了' },
  'change_request.received': { en: 'Change request received', ja: '変更依頼の受付' },
  'change_request.confirmed': { en: 'Change request confirmed', ja: '変更依頼の確認' },
  'change_request.applied': { en: 'Change request applied', ja: '変更依頼の反映' },
  'change_request.rejected': { en: 'Change request rejected', ja: '変更依頼の却下' },
  'change_request.deleted': { en: 'Change request deleted', ja: '変更依頼の削除' },
  'change_request.withdrawn': { en: 'Change request withdrawn', ja: '変更依頼の取り下げ' },
} as const satisfies Record<string, Words>

export const RELATION_WORDS = {
  concerned: { en: 'concerned', ja: '対象の方' },
  requester: { en: 'requester', ja: '依頼者' },
  confirmer: { en: 'confirmer', ja: '確認した方' },
} as const satisfies Record<(typeof DATA_RELATIONS)[number], Words>

export const CHANNEL_WORDS = {
  mail: { en: 'mail', ja: 'メール' },
  web: { en: 'web', ja: 'Web' },
  chat: { en: 'chat', ja: 'チャット' },
  phone: { en: 'phone', ja: '電話' },
  form: { en: 'form', ja: '申込書' },
} as const satisfies Record<Channel, Words>
