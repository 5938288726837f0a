import { domainToASCII, domainToUnicode } from 'node:url'

// What domainToASCII could only lower-case, as nearly every domain is: no label of it is encoded, none is a number.
const PLAIN_HOST = /^(?:(?!xn--|[0-9-])[a-z0-9-]{1,63}(?<!-)\.)+(?!xn--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const HOST_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
const SERVICE_LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/ // below what a registry gives out, `_` occurs
const TOP_LABEL = /[a-z]/
const REGISTERED_LABELS = 2

/** The full stops of Japanese text, which input methods type in place of a dot (RFC 5895 §2). */
const FULL_STOPS = /[。｡．]/gu

// What domainToASCII would decode, strip or read as a port stays out; signs that IDNA allows in context stay in.
const OTHER_CHARACTER = /[^\p{L}\p{M}\p{N}._\-\u00B7\u0375\u05F3\u05F4\u30FB\u200C\u200D]/u
// RFC 5892 appendix A.3–A.7: a middle dot between two l, a Greek keraia before Greek, geresh and gershayim after
// Hebrew, a katakana middle dot in a label with kana or kanji. domainToASCII judges joiners itself (A.1, A.2).
const OUT_OF_CONTEXT = new RegExp(
  '(?<!l)\\u00B7|\\u00B7(?!l)|\\u0375(?!\\p{Script=Greek})|(?<!\\p{Script=Hebrew})[\\u05F3\\u05F4]',
  'iu',
)
const JAPANESE_LETTER = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

/** A domain with the full stops of Japanese text as dots. */
export function dottedDomain(domain: string): string {
  return domain.replace(FULL_STOPS, '.')
}

/** The first character of a domain that no host has; undefined where there is none. */
export function foreignCharacter(domain: string): string | undefined {
  return OTHER_CHARACTER.exec(domain)?.[0]
}

/**
 * The domain as DNS knows it (R16): in ASCII (UTS 46), in lower case. Undefined where no host can be called so: fewer
 * than two labels, a label that is too long or empty, a numeric top level, and characters out of their context.
 */
export function asciiHost(domain: string): string | undefined {
  return hostIn(domain, isLabelOfHost)
}

/** The domain of a mail that has come: in practice, `_` occurs in every label. Else as `asciiHost`. */
export function mailHost(domain: string): string | undefined {
  return hostIn(domain, label => SERVICE_LABEL.test(label))
}

type IsLabel = (label: string, index: number, labels: readonly string[]) => boolean

function hostIn(domain: string, isLabel: IsLabel): string | undefined {
  if (PLAIN_HOST.test(domain)) return domain.toLowerCase()
  if (foreignCharacter(domain) !== undefined) return undefined
  const host = domainToASCII(domain)
  const labels = host.split('.')
  const isHost = labels.length >= REGISTERED_LABELS && labels.every(isLabel) && TOP_LABEL.test(labels.at(-1) ?? '')
  return isHost && isWrittenForm(host) ? host : undefined
}

function isLabelOfHost(label: string, index: number, labels: readonly string[]): boolean {
  return (index < labels.length - REGISTERED_LABELS ? SERVICE_LABEL : HOST_LABEL).test(label)
}

/** Whether the encoded labels decode to text that a domain registry could give out, and encode it as IDNA does. */
function isWrittenForm(host: string): boolean {
  if (!host.includes('xn--')) return true
  const written = domainToUnicode(host)
  return (
    domainToASCII(written) === host &&
    foreignCharacter(written) === undefined &&
    !OUT_OF_CONTEXT.test(written) &&
    written.split('.').every(isWrittenLabel)
  )
}

/** A label that is no encoding of anything stays as it is. */
function isWrittenLabel(label: string): boolean {
  return !label.startsWith('xn--') && (!label.includes('・') || JAPANESE_LETTER.test(label))
}
