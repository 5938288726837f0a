import type { DATA_RELATIONS } from '#domain/personal-data/personal-data-report.ts'
import type { Channel } from '#domain/vocabulary.ts'
import type { Words } from '#http/problems/language.ts'

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
