import { comparedForm } from '#domain/names/compared-form.ts'
import { dividedName } from '#domain/names/known-surnames.ts'
import { isSpelledOut, readingOf } from '#domain/names/reading.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'

const MARKS = /\p{M}/gu
const UNSPOKEN = /[ '.,・‐-]/gu

/**
 * Whether two names at one address may be one person's in two spellings (R17): one has no given name, kanji are
 * variants (髙橋, 高橋), parts are divided otherwise or swapped, kana or Latin letters spell the same, marks are left
 * out, or a given name is an initial. Also true of two names that are the same.
 */
export function mayBeSamePerson(one: PersonName, other: PersonName): boolean {
  const names = [spelledParts(one), spelledParts(other)].toSorted((a, b) => a.length - b.length)
  const [[family = '', given], [otherFamily = '', otherGiven]] = names as [string[], string[]]
  if (squeezed(family, given) === squeezed(otherFamily, otherGiven)) return true
  if (squeezed(family, given) === squeezed(otherGiven, otherFamily)) return true
  if (given === undefined) return [otherFamily, otherGiven].some(part => squeezed(part) === squeezed(family))
  return squeezed(family) === squeezed(otherFamily) && isShorterGivenName(given, otherGiven ?? '')
}

/** The family name and, if there is one, the given name, in the form in which they are compared. */
function spelledParts({ family_name, given_name }: PersonName): string[] {
  const family = comparedForm(family_name)
  const parts =
    given_name === null ? dividedName(family) : { family_name: family, given_name: comparedForm(given_name) }
  return [parts.family_name, parts.given_name ?? ''].filter(part => part !== '').map(spelled)
}

/** A part of a name in lower case and without marks. What only spells a sound becomes its reading, word by word. */
function spelled(part: string): string {
  const plain = (isLatin(part) ? part.normalize('NFD').replace(MARKS, '') : part).toLowerCase()
  return plain
    .split(' ')
    .map(word => (isSpelledOut(word) ? readingOf(word) : word))
    .join(' ')
}

function squeezed(...parts: (string | undefined)[]): string {
  return parts.join('').replace(UNSPOKEN, '')
}

/** Whether each word of the shorter given name is the other's word or its initial: J. and John, John and John Q. */
function isShorterGivenName(one: string, other: string): boolean {
  const [shorter, longer] = [one, other].map(given => given.split(' ')).toSorted((a, b) => a.length - b.length)
  return (shorter ?? []).every((word, index) => isSameOrInitial(squeezed(word), squeezed(longer?.[index])))
}

function isSameOrInitial(one: string, other: string): boolean {
  if (one === other) return true
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one]
  return shorter.length === 1 && isLatin(shorter) && longer.startsWith(shorter)
}
