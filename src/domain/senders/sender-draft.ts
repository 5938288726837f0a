import { judgeName } from '#domain/names/judge-name.ts'
import { dividedName } from '#domain/names/known-surnames.ts'
import type { NameCode, NameVerdict } from '#domain/names/name-verdict.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'
import type { Sender } from '#domain/senders/sender-address.ts'

const LONGEST_PART = 64
// Such a name does not identify the requester.
const NOT_IDENTIFYING: ReadonlySet<NameCode> = new Set([
  'several-people',
  'contact-data',
  'empty',
  'placeholder',
  'broken-text',
])

/** A change request that would register a refused sender. Staff has to ask for what it lacks. */
export type ChangeRequestDraft = {
  contract_id: string
  operations: [{ op: 'add'; contact: { email: string } & Partial<PersonName> }]
  requested_by: { name?: string; email: string; channel: 'mail' }
}

/** The draft for one contract (R24), with the name that the header has before the address. */
export function changeRequestDraft({ email, display_name }: Sender, contract_id: string): ChangeRequestDraft {
  const shown = display_name === null ? '' : withoutQuotes(normalizeNamePart(display_name))
  const name = isReadable(shown) ? shown : ''
  const directory = directoryName(name)
  const judged = name === '' || directory !== undefined ? undefined : judgeName(asWhole(oneSpelling(name)), null)
  const isDamaged = judged?.outcome === 'accepted' && judged.doubt?.code === 'broken-text'
  const verdict = isDamaged ? undefined : judged
  const isOne = verdict !== undefined && !(verdict.outcome === 'refused' && NOT_IDENTIFYING.has(verdict.finding.code))
  return {
    contract_id,
    operations: [{ op: 'add', contact: { ...(directory ?? (verdict && personIn(verdict))), email } }],
    requested_by: { ...((isOne || directory !== undefined) && { name }), email, channel: 'mail' },
  }
}

function asWhole(family_name: string): PersonName {
  return { family_name, given_name: null }
}

const QUOTED = /^(?:'(.+)'|‘(.+)’|“(.+)”|「(.+)」|『(.+)』|`(.+)`)$/u

/** Some mail programs put quotes into the name itself. */
function withoutQuotes(name: string): string {
  return (
    QUOTED.exec(name)
      ?.slice(1)
      .find(inner => inner !== undefined) ?? name
  )
}

function isReadable(name: string): boolean {
  return name !== '' && name.length <= 2 * LONGEST_PART && !/[@<>"\p{C}]/u.test(name)
}

const SUFFIX = String.raw`(?:Jr|Sr|I{2,3}|IV|Ph\.?D|M\.?D|Esq)\.?`
const DIRECTORY_ORDER = new RegExp(`^([^,()]+), ?([^,()]+?)(, ?${SUFFIX})?$`, 'iu')

/** A name in Latin script as directories write it: Smith, Jane and Smith, Jane, Jr. Undefined for any other. */
function directoryName(name: string): PersonName | undefined {
  const [, family = '', given = '', suffix = ''] = DIRECTORY_ORDER.exec(name) ?? []
  if (family === '' || !isLatin(`${family} ${given}`) || new RegExp(`^${SUFFIX}$`, 'iu').test(given)) return undefined
  const person = { family_name: `${family}${suffix}`, given_name: given }
  return isPerson({ family_name: family, given_name: given }) ? person : undefined
}

const SPELT_TWICE = /^([^()]+?) ?\(([^()]+)\)$/u

/** Of a name in Japanese and in Latin letters, one of them in brackets, the Japanese: 山田花子(Hanako Yamada). */
function oneSpelling(name: string): string {
  const [, outside = '', inside = ''] = SPELT_TWICE.exec(name) ?? []
  if (outside === '' || isLatin(outside) === isLatin(inside)) return name
  const [japanese, latin] = isLatin(outside) ? [inside, outside] : [outside, inside]
  return isPerson(asWhole(japanese)) && isPerson(asWhole(latin)) ? japanese : name
}

function isPerson(name: PersonName): boolean {
  const verdict = judgeName(name, null)
  return verdict.outcome === 'accepted' && verdict.doubt === null
}

/** The person of a name, also where an organisation is part of it (R13); empty where that is not certain. */
function personIn(verdict: NameVerdict): Partial<PersonName> {
  if (verdict.outcome === 'accepted') return nameParts(verdict.name.family_name)
  const [person, ...others] = verdict.finding.suggestions
  return person === undefined || others.length > 0 ? {} : person
}

// A note on a name is no part of it: Jane Smith (via Docs), 山田 (太郎).
const IN_BRACKETS = /(?<=[^\s(])\s*\([^()]*\)/gu
const IN_BRACKETS_LAST = /(?<=[^\s(])\s*\([^()]*\)$/u

/** A whole name in parts: 山田 太郎 in Japanese order, John Smith in Latin script (R15). A guess, for staff to check. */
function nameParts(name: string): Partial<PersonName> {
  const parts = isLatin(name)
    ? latinParts(name.replace(IN_BRACKETS, ''))
    : dividedName(name.replace(IN_BRACKETS_LAST, ''))
  const { family_name, given_name } = parts
  return family_name.length > LONGEST_PART || (given_name ?? '').length > LONGEST_PART ? {} : parts
}

/** A suffix after a comma goes with the family name: King, Jr. */
function latinParts(name: string): PersonName {
  const comma = name.indexOf(',')
  const [before, suffix] = comma < 0 ? [name, ''] : [name.slice(0, comma), name.slice(comma)]
  const parts = latinWordsInParts(before)
  return { ...parts, family_name: `${parts.family_name}${suffix}` }
}

const CAPITALS = /^[\p{Lu}'’-]{2,}$/u

/** The family name last, or the word in capitals where only one word is: YAMADA Taro. */
function latinWordsInParts(name: string): PersonName {
  const words = name.split(' ')
  const [first = '', ...rest] = words
  const capitals = words.filter(word => CAPITALS.test(word))
  if (rest.length === 0) return asWhole(name)
  if (capitals.length === 1 && capitals[0] === first) return { family_name: first, given_name: rest.join(' ') }
  return { family_name: words.at(-1) ?? '', given_name: words.slice(0, -1).join(' ') }
}
