export type PersonName = { family_name: string; given_name: string | null }

const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/u
// Letters that Latin spellings write an apostrophe with: Lanaʻi, OʼBrien.
const LETTER_APOSTROPHES = /[\u02B0-\u02FF\uA78B\uA78C]/gu
const LATIN_LETTER = /\p{Script=Latin}/u

/** The name of a person: 山田 太郎 in Japanese order, John Smith where both parts are in Latin script (R15). */
export function fullName({ family_name, given_name }: PersonName): string {
  if (given_name === null) return family_name
  return isLatin(family_name) && isLatin(given_name) ? `${given_name} ${family_name}` : `${family_name} ${given_name}`
}

/**
 * Whether a name, or a part of a name, is in Latin script, where the given name comes first (R15). Only its letters
 * decide: signs, quotes and digits are of every script.
 */
export function isLatin(name: string): boolean {
  const letters = name.replace(LETTER_APOSTROPHES, '')
  return LATIN_LETTER.test(letters) && !OTHER_LETTER.test(letters)
}
