import { parseEmailAddress, type EmailAddress } from '#domain/email-address.ts'

export type Sender = EmailAddress & {
  /** The name before the address; null if there is none. */
  display_name: string | null
}

// RFC 5322 §2.1.1: what a header line holds at most.
const LONGEST = 998

// RFC 5322 §2.2.3: a long header field goes on in the next line, after white space.
const FOLD = /\r?\n(?=[ \t])/g
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\p{Surrogate}]/u

// A name of quoted strings and words, then the one address in angle brackets; full-width forms of `<`, `>` too (R16).
const NAMED_ADDRESS = /^((?:"(?:[^"\\]|\\.)*"|[^"<>＜＞(),:;\\[\]])*)[<＜]([^<>＜＞]*)[>＞]$/u
const QUOTED = /"((?:[^"\\]|\\.)*)"/gu

/**
 * Reads the one address of what a `From:` header holds (RFC 5322 §3.4): `a@b.jp`, `<a@b.jp>`, `名前 <a@b.jp>`, folded
 * or not. A name that is itself an address has to be the same one, because mail readers would disagree on the sender.
 *
 * Refuses, by `undefined`, every text that leaves a doubt: several addresses, groups, comments, control characters,
 * text longer than a header line, and what `parseEmailAddress` refuses (R16).
 */
export function parseSender(given: string): Sender | undefined {
  if (given.length > LONGEST) return undefined
  const text = given.replace(FOLD, '').trim()
  if (CONTROLS.test(text)) return undefined
  const [, phrase, inner] = NAMED_ADDRESS.exec(text) ?? []
  const address = parseEmailAddress(inner ?? text)
  if (address === undefined) return undefined
  const name = (phrase ?? '').replace(QUOTED, (_, quoted: string) => quoted.replace(/\\(.)/gu, '$1')).trim()
  if (isAnotherAddress(phrase ?? '', address)) return undefined
  return { ...address, display_name: name === '' ? null : name }
}

/** Whether a name outside quotes claims to be an address that the mail is not from. */
function isAnotherAddress(phrase: string, { email_key }: EmailAddress): boolean {
  const unquoted = phrase.replace(QUOTED, '')
  return /[@＠]/u.test(unquoted) && parseEmailAddress(unquoted)?.email_key !== email_key
}

/** The domain of an address, in the form in which addresses are compared (R16). */
export function domainOf(email_key: string): string {
  return email_key.slice(email_key.lastIndexOf('@') + 1)
}
