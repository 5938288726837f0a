import { parseSender } from '#domain/senders/sender-address.ts'

/** The headers of a mail that a sender check looks at, each as its text; `from` decides who the sender is. */
export type MailHeaders = {
  from: string
  reply_to?: string | undefined
  sender?: string | undefined
  return_path?: string | undefined
  auto_submitted?: string | undefined
}

// Mailboxes that programs send from (RFC 2142, RFC 3834 §2). An answer to them reaches no person.
const MACHINE =
  /^(?:mailer-daemon|postmaster|bounces?|auto-?(?:reply|responder)|(?:no|do[-._]?not|don-?t)[-._]?reply)(?:[-+._=].*)?$/
const DAEMON = 'mailer-daemon'

/**
 * Whether a program sent a mail (R29): a bounce (an empty `Return-Path`, RFC 5321 §4.5.5), `Auto-Submitted` with
 * another word than `no` (RFC 3834 §5), or a mailbox that no person writes from. Such mail is not to be answered.
 */
export function isAutomaticMail({ from, sender, return_path, auto_submitted }: MailHeaders): boolean {
  if (return_path !== undefined && /^(?:<\s*>)?$/.test(return_path.trim())) return true
  if (auto_submitted !== undefined && isSaidToBeAutomatic(auto_submitted)) return true
  return MACHINE.test(mailboxOf(from)) || [sender, return_path].some(text => mailboxOf(text ?? '') === DAEMON)
}

function isSaidToBeAutomatic(auto_submitted: string): boolean {
  const [keyword = ''] = /^[a-z-]+/.exec(auto_submitted.trim().toLowerCase()) ?? []
  return keyword !== '' && keyword !== 'no'
}

/** The local part of the address in a header, in lower case, also where the rest of it is no address. */
function mailboxOf(header: string): string {
  const key = parseSender(header)?.email_key
  if (key !== undefined) return key.slice(0, key.lastIndexOf('@'))
  const start = header.lastIndexOf('<') + 1
  const at = header.indexOf('@', start)
  const end = at === -1 ? header.indexOf('>', start) : at
  return header
    .slice(start, end === -1 ? header.length : end)
    .trim()
    .toLowerCase()
}
