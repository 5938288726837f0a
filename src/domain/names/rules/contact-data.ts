import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

// An address or a domain is looked for at the start of words alone, so that the time is linear in the length of the
// name.
const ADDRESS = String.raw`(?<!\S)\S*@\S*|https?:\S*|www\.\S*`
const DOMAIN = String.raw`(?<!\S)\S+\.(?:com|net|org|info|biz|co\.jp|ne\.jp|or\.jp|ac\.jp|go\.jp|jp|io)(?=$|[\s/])`
const THREE_DIGITS = String.raw`(?:\p{Nd}[\s\-ー‐().]*){3,}`
const CONTACT_DATA = new RegExp(`${ADDRESS}|${DOMAIN}|${THREE_DIGITS}`, 'iu')

/** An address, a URL or three digits in a row: the value of another field. */
export function contactData({ text }: NameFacts): Finding | undefined {
  const contact = CONTACT_DATA.exec(text)
  return contact === null ? undefined : finalRefusal('contact-data', contact[0].trim())
}
