import type { SenderReason } from '#domain/vocabulary.ts'

/** A text that the mail gateway can send back, in Japanese and English. */
export type SenderReply = { ja: string; en: string }

const THANKS = {
  ja: 'お問い合わせいただき、ありがとうございます。誠に恐れ入りますが、',
  en: 'Thank you for your inquiry.',
}

const CONTACT_US = {
  ja: [
    'お問い合わせは、ご登録いただいている「問い合わせご担当者」様より、',
    'ご登録のメールアドレスにてお願いいたします。',
    'ご担当者様の追加、変更、削除をご希望の場合は、ご登録の「問い合わせご担当者」様よりサポートまでご連絡ください。',
  ].join(''),
  en: [
    'Please have a registered support contact of your company write to us from the registered email address.',
    'To add, change or remove contacts, a registered support contact of your company can ask support.',
  ].join(' '),
}

// The text goes to an address that is not authorised, so it names no person and no contract.
const REPLIES: Record<Exclude<SenderReason, 'registered'>, SenderReply> = {
  never_registered: {
    ja: [
      THANKS.ja,
      '送信元のメールアドレスは「問い合わせご担当者」としてご登録いただいていないため、',
      'お問い合わせを受け付けることができませんでした。',
      CONTACT_US.ja,
    ].join(''),
    en: [
      THANKS.en,
      'We are sorry that we could not accept your inquiry,',
      'because your email address is not registered as a support contact.',
      CONTACT_US.en,
    ].join(' '),
  },
  removed: {
    ja: [
      THANKS.ja,
      '送信元のメールアドレスは「問い合わせご担当者」のご登録が削除されているため、',
      'お問い合わせを受け付けることができませんでした。',
      CONTACT_US.ja,
    ].join(''),
    en: [
      THANKS.en,
      'We are sorry that we could not accept your inquiry,',
      'because your email address is no longer registered as a support contact.',
      CONTACT_US.en,
    ].join(' '),
  },
  contract_ended: {
    ja: [
      THANKS.ja,
      'ご契約が終了しているため、お問い合わせを受け付けることができませんでした。',
      'ご契約についてご不明な点がございましたら、サポートまでご連絡ください。',
    ].join(''),
    en: [
      THANKS.en,
      'We are sorry that we could not accept your inquiry,',
      'because the contract that you are registered for has ended.',
      'If you have questions about the contract, please contact support.',
    ].join(' '),
  },
  not_yet_in_force: {
    ja: [
      THANKS.ja,
      'ご契約の開始日前のため、お問い合わせを受け付けることができませんでした。',
      'ご契約の開始日以降に、改めてお問い合わせください。',
    ].join(''),
    en: [
      THANKS.en,
      'We are sorry that we cannot accept your inquiry yet,',
      'because the contract that you are registered for has not started.',
      'Please write to us again on or after the start date of the contract.',
    ].join(' '),
  },
  invalid_address: {
    ja: [
      THANKS.ja,
      '送信元のメールアドレスを確認できないため、お問い合わせを受け付けることができませんでした。',
      'ご登録のメールアドレスより、改めてお送りください。',
    ].join(''),
    en: [
      THANKS.en,
      'We are sorry that we could not accept your inquiry,',
      'because we could not read the email address of the sender.',
      'Please send it again from your registered email address.',
    ].join(' '),
  },
}

/** The text that explains to a sender why support did not accept the inquiry (R29). */
export function senderReply(reason: Exclude<SenderReason, 'registered'>): SenderReply {
  return REPLIES[reason]
}
