import type { SenderReason } from '#domain/vocabulary.ts'

/** The SMTP answer that a mail gateway may give a sender, once it has the header of the mail. */
export type SmtpAnswer = { code: number; enhanced_code: string; text: string }

const ASK = 'To add, change or remove contacts, a registered support contact of your company can ask support.'

// 550 is what RFC 5321 §4.3.2 lets a server refuse a mail with for its policy, after DATA too. RFC 3463: X.7.1 is
// "delivery not authorized", X.1.7 the syntax of the sender's address. The codes of RFC 7372 are about SPF and DKIM.
const ANSWERS: Record<SenderReason, SmtpAnswer> = {
  registered: { code: 250, enhanced_code: '2.0.0', text: 'The sender is a registered support contact.' },
  never_registered: refused(`The sender's email address is not registered as a support contact. ${ASK}`),
  removed: refused(`The sender's email address is no longer registered as a support contact. ${ASK}`),
  contract_ended: refused('The contract that the sender was registered for has ended.'),
  not_yet_in_force: refused('The contract that the sender is registered for has not started yet.'),
  invalid_address: {
    code: 550,
    enhanced_code: '5.1.7',
    text:
      'The From header does not hold exactly one email address. Send the mail again from the registered ' +
      'email address.',
  },
}

/** The SMTP answer for a decision (R29): ASCII, at most 500 octets, without any person or contract. */
export function smtpAnswer(reason: SenderReason): SmtpAnswer {
  return ANSWERS[reason]
}

function refused(text: string): SmtpAnswer {
  return { code: 550, enhanced_code: '5.7.1', text }
}
