import {
  COMMON_SURNAMES,
  DOUBTFUL_SURNAMES,
  FURTHER_SURNAMES,
  ORDINARY_WORD_SURNAMES,
  ORGANISATION_LIKE_SURNAMES,
} from '#domain/names/lists.ts'
import type { PersonName } from '#domain/person-name.ts'

const COMMON = new Set(COMMON_SURNAMES)
const KNOWN = new Set([...COMMON_SURNAMES, ...FURTHER_SURNAMES, ...ORGANISATION_LIKE_SURNAMES])
const ORDINARY = new Set(ORDINARY_WORD_SURNAMES)
const DOUBTFUL = new Set(DOUBTFUL_SURNAMES)
// The longest first: 理事長 before 理事.
const FUNCTIONS = Array.from(ORDINARY)
  .filter(word => word.length > 1 && !COMMON.has(word))
  .toSorted((a, b) => b.length - a.length)
const LONGEST = 5

/**
 * Whether a text is a Japanese surname of the lists. Like all functions here it takes the form in which names are
 * compared.
 */
export function isSurname(text: string): boolean {
  return KNOWN.has(text)
}

/** Whether a text is one of the most common surnames, of two kanji or more, or begins with one and goes on. */
export function isCommonPerson(text: string): boolean {
  const { family_name } = dividedName(text)
  return family_name.length > 1 && COMMON.has(family_name)
}

/** The function's word that a text begins with, where a person's name may follow it: 経理山田太郎. */
export function functionBeforePerson(text: string): string | undefined {
  const longest = surnameAtStart(text)?.length ?? 0
  return FUNCTIONS.find(
    word => word.length >= longest && text.startsWith(word) && isCommonPerson(text.slice(word.length)),
  )
}

/** Whether a text is a surname that is also a function or a company, and not one of the most common surnames. */
export function isOrdinaryWord(text: string): boolean {
  return ORDINARY.has(text) && !COMMON.has(text)
}

/** Whether a text is a surname that is also an ordinary word or a place, and not one of the most common surnames. */
export function isDoubtfulSurname(text: string): boolean {
  return DOUBTFUL.has(text) && !COMMON.has(text)
}

/** The longest surname of the lists that a text begins with and goes on after, or undefined. */
export function surnameAtStart(text: string): string | undefined {
  for (let length = Math.min(LONGEST, text.length - 1); length > 0; length--) {
    const start = text.slice(0, length)
    if (KNOWN.has(start)) return start
  }
  return undefined
}

/**
 * A text divided into family and given name: at its first space, else after the longest surname that it begins with.
 */
export function dividedName(text: string): PersonName {
  const space = text.indexOf(' ')
  if (space !== -1) return { family_name: text.slice(0, space), given_name: text.slice(space + 1) }
  const surname = KNOWN.has(text) ? undefined : surnameAtStart(text)
  return surname === undefined
    ? { family_name: text, given_name: null }
    : { family_name: surname, given_name: text.slice(surname.length) }
}
