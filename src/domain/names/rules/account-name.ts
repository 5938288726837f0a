import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import { LATIN_FUNCTION_WORDS, LATIN_SURNAME_WORDS } from '#domain/names/lists.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const SIGNED = String.raw`^#\S|^@\S|^[\w.-]+\\[\w.-]+$|〒|\[at\]|\(at\)|\sat\s\S+\.\p{L}{2,}|\d-\d+-\d`
const LABELLED = String.raw`^mailto:|^(?:name|from|to|cc|attn|line|slack|skype|teams)\s?(?:id)?\s?[:：]`
const NUMBERED = String.raw`^(?:tel|fax|line|slack|内線|携帯|電話|ext\.?)\s?(?:id)?\s?[:.：]?\s?[\d@]`
const CHANNEL = new RegExp(`${SIGNED}|${LABELLED}|${NUMBERED}`, 'iu')
const CAPITALS = String.raw`^(?=.*\d)[A-Z][A-Z\d]*(?:[-_][A-Z\d]+)+$|^[A-Z]+(?:_[A-Z]+)+$`
// A prefix of machines, with a number: web01, SRV-DB-2. Without one it begins names too: Weber-Smith.
const PREFIX = '(?:sv|srv|svc|db|web|app?|pc|nas|dc|vm|ad|fs|mx|ns|proxy|host|node|prod|stg|dev)'
const PART = `(?:${PREFIX}|[a-z]|master|main|primary|replica|backup|test|old|new)`
const MACHINE = String.raw`^${PREFIX}(?:\d[\w-]*|[-_][\w-]*\d[\w-]*|[-_]${PART}(?:[-_]\w+)*)$`
const DOMAIN_OF_MACHINE = String.raw`^[a-z][\w-]*\d[\w-]*(?:\.[a-z][\w-]*)+$`
const ACCOUNT = String.raw`^[a-z]+(?:[._-][a-z]+)*[._-]?\d+$|^[a-z]+[._][a-z.]+\d*$`
const HOST = new RegExp(`${CAPITALS}|${ACCOUNT}`, 'u')
const MACHINE_NAME = new RegExp(`${MACHINE}|${DOMAIN_OF_MACHINE}`, 'iu')
const DOTTED_NUMBER = /^[a-z]+[-_.][a-z]+[-_.]?\d+$/u
const LOWER_OR_CAPITALS = /^(?:[a-z]+(?:[-_.][a-z]+)+|[A-Z]+(?:-[A-Z]+)+)$/u
const SHORTEST = 3

/** An account, a channel, a host or contact data written out: #it-support, SV-DB-01, 内線 12, yamada at example.jp. */
export function accountName({ text, name }: NameFacts): Finding | undefined {
  if (name.given_name !== null) return undefined
  const channel = CHANNEL.exec(text)
  if (channel !== null) return finalRefusal('contact-data', channel[0].trim())
  if (LOWER_OR_CAPITALS.test(text) && text.toLowerCase().split(/[-_.]/u).some(isPartOfAccount))
    return refusal('contact-data', text)
  return HOST.test(text) || MACHINE_NAME.test(text) || DOTTED_NUMBER.test(text)
    ? refusal('contact-data', text)
    : undefined
}

/** Whether a word is a function's and no name's: info-jp, MAIL-SERVER, but not in-a and SMITH-JONES. */
function isPartOfAccount(word: string): boolean {
  return word.length >= SHORTEST && LATIN_FUNCTION_WORDS.has(word) && !LATIN_SURNAME_WORDS.has(word)
}
