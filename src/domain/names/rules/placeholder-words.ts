import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { NAME_LIKE_PLACEHOLDERS, PLACEHOLDER_WORDS } from '#domain/names/lists.ts'

/** Several words that are all placeholders or numbers: test user. Words of one or two letters may be a name: Na Na. */
export function placeholderWords({ name, text }: NameFacts): Finding | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s・.\-_]+/u)
    .filter(word => word !== '')
  const arePlaceholders =
    words.length > 1 &&
    words.every(word => PLACEHOLDER_WORDS.has(word) || /^\d{1,2}$/.test(word)) &&
    !words.every(word => word.length < 3) &&
    (name.given_name === null || !words.every(word => NAME_LIKE_PLACEHOLDERS.has(word) && word !== 'test'))
  return arePlaceholders ? finalRefusal('placeholder', text) : undefined
}
