import { comparedForm } from '#domain/names/compared-form.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import { LATIN } from '#domain/names/letter-classes.ts'
import { nameFacts, type NameFacts } from '#domain/names/name-facts.ts'
import { latinTitleOf } from '#domain/names/latin-titles.ts'
import { AMBIGUOUS_TITLES, COURTESY_TITLES, LATIN_SURNAMES } from '#domain/names/lists.ts'
import { organisationIn } from '#domain/names/organisation-names.ts'
import type { Titled } from '#domain/names/titled.ts'
import type { PersonName } from '#domain/person-name.ts'

const KATAKANA_TITLES: ReadonlySet<string> = new Set(['サン', 'サマ', 'クン'])
const ENDINGS = [...COURTESY_TITLES, ...AMBIGUOUS_TITLES]
const LAST_LETTERS: ReadonlySet<string> = new Set(ENDINGS.map(word => word.slice(-1)))
const HIRAGANA = /^[ぁ-ゖー]+$/u
const KANJI_END = /\p{Script=Han}$/u

/**
 * The title that a name has: 様, さん at its end, Mr. at its beginning. Nothing is a title where the whole is a name (鵜殿,
 * 坂本 宏氏, 松平 主殿), and no ending in katakana is one in a given name of its own (ハッサン).
 */
export function titleOf(name: PersonName): Titled | undefined {
  return titleIn(nameFacts(name, null))
}

/** The title of a name whose facts are known, as `titleOf`. */
export function titleIn({ name, family, given, classes }: NameFacts): Titled | undefined {
  if (isSurname(given ?? family)) return undefined
  const isLatin = (classes & LATIN) !== 0
  return (isLatin ? latinTitleOf(name) : undefined) ?? titleOfGiven(name) ?? titleOfFamily(name)
}

function titleOfGiven({ family_name, given_name }: PersonName): Titled | undefined {
  if (given_name === null) return undefined
  const title = endingOf(given_name)
  if (title === undefined || KATAKANA_TITLES.has(title)) return undefined
  const rest = given_name.slice(0, -title.length).trim()
  const is_certain = isListed(family_name)
  if (rest === '') return title === '君' ? undefined : { rest: { family_name, given_name: null }, title, is_certain }
  // One character and 氏, 殿 or 君 are a given name: 尊氏, 主殿, 怡君.
  if (AMBIGUOUS_TITLES.includes(title) && (Array.from(rest).length < 2 || !is_certain)) return undefined
  return { rest: { family_name, given_name: rest }, title, is_certain }
}

/** The title at the end of the family name, which may be a whole name. */
function titleOfFamily({ family_name, given_name }: PersonName): Titled | undefined {
  const title = endingOf(family_name)
  if (title === undefined || isSurname(comparedForm(family_name))) return undefined
  const rest = family_name.slice(0, -title.length).trim()
  if (rest === '' || (HIRAGANA.test(rest) && rest.length < 2)) return undefined
  const titled = (is_certain: boolean): Titled => ({ rest: { family_name: rest, given_name }, title, is_certain })
  const is_certain = isListed(rest)
  if (KATAKANA_TITLES.has(title)) return KANJI_END.test(rest) ? titled(is_certain) : undefined
  if (given_name !== null) return is_certain ? titled(true) : undefined
  if (!AMBIGUOUS_TITLES.includes(title)) return titled(is_certain || isDivided(rest, 1))
  if (title === '君' && Array.from(rest).length === 1) return undefined
  // After an unknown word only the reader of an organisation is one: 総務部殿.
  const is_sure = is_certain || isDivided(rest, 2)
  return is_sure || organisationIn(comparedForm(rest))?.is_certain === true ? titled(is_sure) : undefined
}

/** The title that a part of a name ends with. */
function endingOf(part: string): string | undefined {
  return LAST_LETTERS.has(part.slice(-1)) ? ENDINGS.find(word => part.endsWith(word)) : undefined
}

function isListed(family_name: string): boolean {
  const compared = comparedForm(family_name)
  return isSurname(compared) || LATIN_SURNAMES.has(compared.toLowerCase())
}

/** Whether a text is a surname of the lists and a given name of at least some characters. */
function isDivided(text: string, least: number): boolean {
  const { family_name, given_name } = dividedName(comparedForm(text))
  return given_name !== null && Array.from(given_name).length >= least && isListed(family_name)
}
