import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import { comparedForm } from '#domain/names/compared-form.ts'
import { AMBIGUOUS_TITLES, COURTESY_TITLES, LATIN_TITLES } from '#domain/names/lists.ts'
import type { PersonName } from '#domain/person-name.ts'

const LATIN_TITLE = /^(\p{Script=Latin}+)\.?\s+(?=\S)/u
const HIRAGANA = /^[ぁ-ゖー]+$/u

/** A name without its title, and the title. */
type Untitled = { rest: PersonName; title: string }

/**
 * A name without its courtesy title: 様 and さん at its end, Mr. at its beginning. 殿 and 氏 are titles only after a surname
 * of the lists, where the whole is not one (鵜殿). A title is not removed where no name would be left.
 */
export function withoutTitle(name: PersonName): Untitled | { rest: PersonName; title: null } {
  return withoutLatinTitle(name) ?? withoutEnding(name) ?? { rest: name, title: null }
}

function withoutLatinTitle({ family_name, given_name }: PersonName): Untitled | undefined {
  const ofGiven = given_name === null ? undefined : latinTitleAt(given_name)
  if (ofGiven !== undefined) return { rest: { family_name, given_name: ofGiven.rest }, title: ofGiven.title }
  const ofFamily = latinTitleAt(family_name)
  if (ofFamily !== undefined) return { rest: { family_name: ofFamily.rest, given_name }, title: ofFamily.title }
  return given_name !== null && LATIN_TITLES.has(given_name.toLowerCase().replace(/\.$/u, ''))
    ? { rest: { family_name, given_name: null }, title: given_name }
    : undefined
}

/** The Latin title that a text begins with, and the rest of the text. */
function latinTitleAt(text: string): { title: string; rest: string } | undefined {
  const [prefix = '', word = ''] = LATIN_TITLE.exec(text) ?? []
  return LATIN_TITLES.has(word.toLowerCase()) ? { title: prefix.trim(), rest: text.slice(prefix.length) } : undefined
}

function withoutEnding({ family_name, given_name }: PersonName): Untitled | undefined {
  const text = given_name ?? family_name
  const compared = comparedForm(given_name === null ? family_name : `${family_name} ${given_name}`)
  const title =
    COURTESY_TITLES.find(word => text.endsWith(word)) ??
    AMBIGUOUS_TITLES.find(word => text.endsWith(word) && isTitleOf(compared, word))
  if (title === undefined || isSurname(compared)) return undefined
  const rest = text.slice(0, -title.length).trim()
  if (HIRAGANA.test(rest) && rest.length < 2) return undefined
  if (rest === '') return given_name === null ? undefined : { rest: { family_name, given_name: null }, title }
  return { rest: given_name === null ? { family_name: rest, given_name } : { family_name, given_name: rest }, title }
}

/** Whether a word that also ends names is a title here: a surname, or a name divided by a space, precedes it. */
function isTitleOf(compared: string, title: string): boolean {
  const before = compared.slice(0, -title.length)
  return (
    isSurname(before) || (title !== '君' && before.includes(' ') && isSurname(dividedName(before.trim()).family_name))
  )
}
