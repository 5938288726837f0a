import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const SIGNED = String.raw`^#\S|^@\S|^[\w.-]+\\[\w.-]+$|〒|\[at\]|\(at\)|\sat\s\S+\.\p{L}{2,}|\d-\d+-\d`
const LABELLED = String.raw`^mailto:|^(?:name|from|to|cc|attn|line|slack|skype|teams)\s?(?:id)?\s?[:：]`
const NUMBERED = String.raw`^(?:tel|fax|line|slack|内線|携帯|電話|ext\.?)\s?(?:id)?\s?[:.：]?\s?[\d@]`
const CHANNEL = new RegExp(`${SIGNED}|${LABELLED}|${NUMBERED}`, 'iu')
const CAPITALS = String.raw`^(?=.*\d)[A-Z][A-Z\d]*(?:[-_][A-Z\d]+)+$|^[A-Z]{2,}(?:[-_][A-Z]+)+$`
const MACHINE = '^(?:sv|srv|svc|db|web|ap|pc|nas|dc|vm|ad|fs|mx|ns|proxy|host|node|prod|stg|dev)'
const ACCOUNT = String.raw`^[a-z]+(?:[._-][a-z]+)*[._-]?\d+$|^[a-z]+[._][a-z.]+\d*$`
const HOST = new RegExp(String.raw`${CAPITALS}|${MACHINE}[-_]?\w*[-_\d]\w*$|${ACCOUNT}`, 'u')
const DOTTED_NUMBER = /^[a-z]+[-_.][a-z]+[-_.]?\d+$/u

/** An account, a channel, a host or contact data written out: #it-support, SV-DB-01, 内線 12, yamada at example.jp. */
export function accountName({ text, name }: NameFacts): Finding | undefined {
  if (name.given_name !== null) return undefined
  const channel = CHANNEL.exec(text)
  if (channel !== null) return finalRefusal('contact-data', channel[0].trim())
  return HOST.test(text) || DOTTED_NUMBER.test(text) ? refusal('contact-data', text) : undefined
}
