import { domainToUnicode } from 'node:url'

const ENCODED_LABEL = /[@.]xn--/

/**
 * The forms in which documents write an address, unified (NFKC) and in lower case: its key, and of a domain that the
 * key encodes (IDNA) the letters too. A text that is searched for a person (R33) may hold either.
 */
export function writtenAddresses(email_keys: Iterable<string>): string[] {
  return [...email_keys].flatMap(key => (ENCODED_LABEL.test(key) ? [key, inLetters(key)] : [key]))
}

function inLetters(email_key: string): string {
  const at = email_key.lastIndexOf('@') + 1
  return `${email_key.slice(0, at)}${domainToUnicode(email_key.slice(at)).normalize('NFKC').toLowerCase()}`
}
