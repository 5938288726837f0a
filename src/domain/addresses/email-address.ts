import { addressFault, type AddressFault } from '#domain/addresses/address-fault.ts'
import { asciiHost, dottedDomain } from '#domain/addresses/address-host.ts'

export type EmailAddress = {
  /** The address as the request has it, for sending: with its case and its spelling of an internationalised domain. */
  email: string
  /** The key by which the service compares addresses (R16). */
  email_key: string
}

// RFC 5321 §4.5.3.1 counts octets.
const LOCAL_PART_OCTETS = 64
const ADDRESS_OCTETS = 254

// RFC 5322 atext with dots anywhere: carriers once handed out `a..b@` and `a.@`, and they still receive mail (R16).
// Letters, marks and digits of other scripts are RFC 6531.
const LOCAL_PART = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u
const QUOTED_LOCAL_PART = /^"(.+)"$/u
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u
const IGNORABLE_IN_DOMAIN = /(?![\u200C\u200D])\p{Default_Ignorable_Code_Point}/u

/**
 * Reads one e-mail address (R16): trimmed, width unified (NFKC), compared in lower case with its domain in ASCII
 * form (IDNA). Nothing else is folded: `a+b@` and dots count. Quotes around a local part that only its dots made
 * necessary are dropped.
 *
 * `hostOf` says which domains are taken. Refuses, by `undefined`, all else: no or several `@`, white space, invisible
 * characters, display names, comments, address literals, a domain without a dot or with labels no host may have, and
 * what RFC 5321 holds too long.
 */
export function parseEmailAddress(given: string, hostOf = asciiHost): EmailAddress | undefined {
  const { local, domain } = partsOf(given)
  if (IGNORABLE.test(local) || IGNORABLE_IN_DOMAIN.test(domain)) return undefined
  const host = hostOf(domain)
  if (!LOCAL_PART.test(local) || octets(local) > LOCAL_PART_OCTETS || host === undefined) return undefined
  const email = `${local}@${domain}`
  const email_key = `${lowerCase(local).normalize('NFC')}@${host}`
  return Math.max(octets(email), octets(email_key)) > ADDRESS_OCTETS ? undefined : { email, email_key }
}

/** The address, or why a text is none. */
export function readEmailAddress(given: string): EmailAddress | AddressFault {
  return parseEmailAddress(given) ?? addressFault({ given, ...partsOf(given) })
}

/** A text divided at its last `@`, in the form in which it is read. */
function partsOf(given: string): { address: string; local: string; domain: string } {
  const address = given.trim().normalize('NFKC')
  const at = address.lastIndexOf('@')
  const written = address.slice(0, Math.max(at, 0))
  const local = QUOTED_LOCAL_PART.exec(written)?.[1] ?? written
  return { address, local, domain: dottedDomain(address.slice(at + 1)) }
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
