import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import { comparedForm } from '#domain/names/compared-form.ts'
import { AMBIGUOUS_TITLES, COURTESY_TITLES, LATIN_TITLES } from '#domain/names/lists.ts'
import type { PersonName } from '#domain/person-name.ts'

const LATIN_TITLE = /^(\p{Script=Latin}+)\.?\s+(?=\S)/u
const HIRAGANA = /^[ぁ-ゖー]+$/u

/**
 * A name without the title that it is addressed with: 様 and さん after it, Mr. before it. 殿 and 氏 are titles only after
 * a surname of the lists, where the whole is none (鵜殿). Nothing is cut of a name that would not be one without it.
 */
export function withoutTitle(name: PersonName): { rest: PersonName; title: string | null } {
  return withoutLatinTitle(name) ?? withoutEnding(name) ?? { rest: name, title: null }
}

function withoutLatinTitle({ family_name, given_name }: PersonName): { rest: PersonName; title: string } | undefined {
  for (const [part, text] of Object.entries({ given_name, family_name })) {
    const [prefix = '', word = ''] = LATIN_TITLE.exec(text ?? '') ?? []
    if (LATIN_TITLES.has(word.toLowerCase()))
      return { rest: { family_name, given_name, [part]: text!.slice(prefix.length) }, title: prefix.trim() }
  }
  if (given_name !== null && LATIN_TITLES.has(given_name.toLowerCase().replace(/\.$/u, '')))
    return { rest: { family_name, given_name: null }, title: given_name }
  return undefined
}

function withoutEnding({ family_name, given_name }: PersonName): { rest: PersonName; title: string } | undefined {
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

/** Whether what stands before a word that names end with as well is a surname, or a name divided by a space. */
function isTitleOf(compared: string, title: string): boolean {
  const before = compared.slice(0, -title.length)
  return (
    isSurname(before) || (title !== '君' && before.includes(' ') && isSurname(dividedName(before.trim()).family_name))
  )
}
