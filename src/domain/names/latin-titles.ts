import { LATIN_SURNAMES, LATIN_TITLES } from '#domain/names/lists.ts'
import type { Titled } from '#domain/names/titled.ts'
import type { PersonName } from '#domain/person-name.ts'

const BEFORE_NAME = /^(\p{Script=Latin}+)(\.?)\s+(?=\S)/u
const AFTER_NAME = /^(\S.*?)([-‐‑ ](?:san|sama|kun|chan|sensei|dono))$/iu
const CAPITALS = /^[^\p{Ll}]+$/u
// Senior is a part of the name; Herr, Miss and the like are also surnames.
const OF_GIVEN_NAMES: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'dr', 'mx'])
const SYLLABLE = '(?:(?:[kgsztdnhbpmr]y?|[jwyf]|sh|ch|ts)?[aiueoāīūēō]|n(?![aiueoy])|[kstpm](?=[kstcpbm]))'
const JAPANESE = new RegExp(`^(?!n[^aiueoy])${SYLLABLE}+$`, 'iu')
const VOWEL = /[aiueoāīūēō]/giu

/** The title of a name in Latin script: Mr. before it, -san after it. */
export function latinTitleOf({ family_name, given_name }: PersonName): Titled | undefined {
  if (given_name === null) {
    const whole = titleBefore(family_name) ?? titleAfter(family_name)
    return (
      whole && {
        ...whole,
        rest: { family_name: whole.rest, given_name: null },
        is_certain: hasListedSurname(whole.rest),
      }
    )
  }
  const is_certain = hasListedSurname(family_name)
  const bareGiven = given_name.toLowerCase().replace(/\.$/u, '')
  if (OF_GIVEN_NAMES.has(bareGiven) && !CAPITALS.test(given_name))
    return { rest: { family_name, given_name: null }, title: given_name, is_certain }
  const ofGiven = titleBefore(given_name)
  if (ofGiven !== undefined)
    return { title: ofGiven.title, rest: { family_name, given_name: ofGiven.rest }, is_certain }
  const ofFamily = titleBefore(family_name) ?? titleAfter(family_name)
  if (ofFamily === undefined) return undefined
  const rest = { family_name: ofFamily.rest, given_name }
  return { title: ofFamily.title, rest, is_certain: hasListedSurname(ofFamily.rest) }
}

/** The title that a text begins with. In capitals and without a dot it may be initials: MS Dhoni. */
function titleBefore(text: string): { title: string; rest: string } | undefined {
  const [prefix = '', word = '', dot = ''] = BEFORE_NAME.exec(text) ?? []
  const rest = text.slice(prefix.length)
  if (!LATIN_TITLES.has(word.toLowerCase())) return undefined
  const areInitials = dot === '' && CAPITALS.test(word) && !(CAPITALS.test(rest) && hasListedSurname(rest))
  return areInitials ? undefined : { title: prefix.trim(), rest }
}

/** The Japanese title after a name of Japanese syllables. Korean and Chinese names end so too: Yu-san, Aung San. */
function titleAfter(text: string): { title: string; rest: string } | undefined {
  const [, rest = '', title = ''] = AFTER_NAME.exec(text) ?? []
  const last = rest.split(' ').at(-1) ?? ''
  const isName = JAPANESE.test(last) && (last.match(VOWEL) ?? []).length > 1
  if (!isName || (title.startsWith(' ') && !hasListedSurname(rest))) return undefined
  return { title: title.replace(/^[-‐‑ ]/u, ''), rest }
}

function hasListedSurname(text: string): boolean {
  return text
    .toLowerCase()
    .split(/[\s,]+/u)
    .some(word => LATIN_SURNAMES.has(word))
}
