import { domainToASCII } from 'node:url'

export type EmailAddress = {
  /** As it was given, for sending: case and the spelling of an internationalised domain are kept. */
  email: string
  /** What addresses are compared by (R16). */
  email_key: string
}

// RFC 5321 §4.5.3.1 counts octets.
const LOCAL_PART_OCTETS = 64
const ADDRESS_OCTETS = 254

// RFC 5322 atext with dots anywhere: carriers once handed out `a..b@` and `a.@`, and they still receive mail (R16).
// Letters, marks and digits of other scripts are RFC 6531.
const LOCAL_PART = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u
const QUOTED_LOCAL_PART = /^"(.+)"$/u
const HOST_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
const TOP_LABEL = /[a-z]/
// What domainToASCII could only lower-case, as nearly every domain is: no label of it is encoded, none is a number.
const PLAIN_HOST = /^(?:(?!xn--|[0-9-])[a-z0-9-]{1,63}(?<!-)\.)+(?!xn--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/**
 * Reads one e-mail address (R16): trimmed, width unified (NFKC), compared in lower case with its domain in ASCII
 * form (IDNA). Nothing else is folded: `a+b@` and dots count. Quotes around a local part that only its dots made
 * necessary are dropped.
 *
 * Refuses, by `undefined`, whatever is not one address: no or several `@`, white space, display names, comments,
 * address literals, a domain without a dot or with labels no host may have, and what RFC 5321 holds too long.
 */
export function parseEmailAddress(given: string): EmailAddress | undefined {
  const address = given.trim().normalize('NFKC')
  const at = address.lastIndexOf('@')
  const written = address.slice(0, Math.max(at, 0))
  const local = QUOTED_LOCAL_PART.exec(written)?.[1] ?? written
  const domain = address.slice(at + 1)
  const host = asciiHost(domain)
  if (!LOCAL_PART.test(local) || octets(local) > LOCAL_PART_OCTETS || host === undefined) return undefined
  const email = `${local}@${domain}`
  const email_key = `${lowerCase(local).normalize('NFC')}@${host}`
  return Math.max(octets(email), octets(email_key)) > ADDRESS_OCTETS ? undefined : { email, email_key }
}

/** The domain as DNS knows it, or undefined where no host can be called so. */
function asciiHost(domain: string): string | undefined {
  if (PLAIN_HOST.test(domain)) return domain.toLowerCase()
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(domain)) return undefined // what domainToASCII would decode, strip or read as a port
  const host = domainToASCII(domain)
  const labels = host.split('.')
  const isHost =
    labels.length >= 2 && labels.every(label => HOST_LABEL.test(label)) && TOP_LABEL.test(labels.at(-1) ?? '')
  return isHost ? host : undefined
}

const ASCII = /^[!-~]*$/

/** Letter by letter, because a whole word's last Σ would become another letter than one inside it. */
function lowerCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  return Array.from(text, letter => letter.toLowerCase()).join('')
}

function octets(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
