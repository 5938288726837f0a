import type { SenderReason } from '#domain/vocabulary.ts'

/** A text that the mail gateway can send back, in Japanese and English. */
export type SenderReply = { ja: string; en: string }

const CONTACT_US = {
  ja: [
    'お問い合わせは、ご登録いただいている「問い合わせご担当者」様より、',
    'ご登録のメールアドレスにてお願いいたします。',
    'ご担当者様の追加・変更をご希望の場合は、貴社の主担当の方よりサポートまでご連絡ください。',
  ].join(''),
  en: [
    'Please have a registered support contact of your company write to us from the registered address.',
    'To add or change contacts,',
    "ask your company's primary contact to get in touch with support.",
  ].join(' '),
}

// The text goes to an address that is not authorised, so it names no person and no contract.
const REPLIES: Record<Exclude<SenderReason, 'registered'>, SenderReply> = {
  never_registered: {
    ja: [
      'お送りいただいたメールアドレスは「問い合わせご担当者」としてご登録がないため、',
      'お問い合わせを受け付けることができませんでした。',
      CONTACT_US.ja,
    ].join(''),
    en: [
      'We could not accept your inquiry,',
      'because your e-mail address is not registered as a support contact.',
      CONTACT_US.en,
    ].join(' '),
  },
  removed: {
    ja: [
      'お送りいただいたメールアドレスは「問い合わせご担当者」のご登録が解除されているため、',
      'お問い合わせを受け付けることができませんでした。',
      CONTACT_US.ja,
    ].join(''),
    en: [
      'We could not accept your inquiry,',
      'because your e-mail address is no longer registered as a support contact.',
      CONTACT_US.en,
    ].join(' '),
  },
  contract_ended: {
    ja: [
      'ご契約が終了しているため、お問い合わせを受け付けることができませんでした。',
      'ご契約についてご不明な点がございましたら、弊社の営業担当までお問い合わせください。',
    ].join(''),
    en: [
      'We could not accept your inquiry,',
      'because the contract that you are registered for has ended.',
      'Please contact your sales representative with any question about the contract.',
    ].join(' '),
  },
  not_yet_in_force: {
    ja: [
      'ご契約の開始日前のため、お問い合わせを受け付けることができませんでした。',
      '恐れ入りますが、ご契約の開始日以降に改めてお問い合わせください。',
    ].join(''),
    en: [
      'We could not accept your inquiry yet,',
      'because the contract that you are registered for has not started.',
      'Please write to us again from its first day on.',
    ].join(' '),
  },
  invalid_address: {
    ja: [
      '送信元のメールアドレスを確認できないため、お問い合わせを受け付けることができませんでした。',
      'ご登録のメールアドレスより、改めてお送りください。',
    ].join(''),
    en: [
      'We could not accept your inquiry,',
      'because we could not read the address that it comes from.',
      'Please send it again from your registered address.',
    ].join(' '),
  },
}

/** The text that explains to a sender why support did not accept the inquiry (R29). */
export function senderReply(reason: Exclude<SenderReason, 'registered'>): SenderReply {
  return REPLIES[reason]
}
