import { isDirectoryOrder } from '#domain/names/directory-order.ts'
import { JOINING_SIGN } from '#domain/names/joined-people.ts'
import { LATIN_SURNAMES } from '#domain/names/lists.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'

const CAPITALS = /^\p{Lu}{2,}$/u
const SUFFIX = /^(?:jr|sr|esq|ph\.?d|m\.?d|i{1,3}|iv)\b/iu

/**
 * The parts of a name that a file has in one field, divided at its space: the family name comes first, in Latin script
 * last, unless it is in capitals (YAMADA Taro) or the only listed surname of the two (R15). Nothing is divided without
 * a space, and nothing that names several people: the rules of names then refuse it with a suggestion (R14).
 */
export function partsOfName(whole: string): PersonName {
  const name = normalizeNamePart(whole)
  const [before = '', after = ''] = name.split(',').map(side => side.trim())
  if (name.includes(',')) {
    const isDivided = isDirectoryOrder(name) && !before.includes(' ') && after !== '' && !SUFFIX.test(after)
    return isDivided ? { family_name: before, given_name: after } : { family_name: name, given_name: null }
  }
  const words = name.split(' ')
  if (words.length === 1 || JOINING_SIGN.test(name)) return { family_name: name, given_name: null }
  const familyFirst = { family_name: words[0] ?? '', given_name: words.slice(1).join(' ') }
  const familyLast = { family_name: words.at(-1) ?? '', given_name: words.slice(0, -1).join(' ') }
  return isLatin(name) && !isFamilyFirst(words) ? familyLast : familyFirst
}

/** Whether a name in Latin script begins with the family name. */
function isFamilyFirst(words: readonly string[]): boolean {
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (CAPITALS.test(first) !== CAPITALS.test(last)) return CAPITALS.test(first)
  return LATIN_SURNAMES.has(first.toLowerCase()) && !LATIN_SURNAMES.has(last.toLowerCase())
}

/** Whether a whole name next to its parts says the same, in whichever order and with whichever spaces. */
export function isNameOf({ family_name, given_name }: PersonName, whole: string): boolean {
  const [family, given] = [family_name, given_name ?? ''].map(lettersOf)
  return [`${family}${given}`, `${given}${family}`].includes(lettersOf(whole))
}

function lettersOf(name: string): string {
  return normalizeNamePart(name).replaceAll(/[\s,]/gu, '').toLowerCase()
}
