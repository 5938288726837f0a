import type { Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import { dividedName, isCommonPerson, isSurname } from '#domain/names/known-surnames.ts'
import { SURNAME_LIKE_GIVEN_NAMES } from '#domain/names/lists.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

/** Names with only a space between them: 山田太郎 佐藤花子, 山田 太郎 佐藤 花子, 山田 佐藤. */
export function namesSideBySide({ text }: NameFacts): Finding | undefined {
  const words = text.split(' ')
  if (words.length < 2) return undefined
  if (words.every(isName)) return joinedPeople(text, text, words)
  const [first = '', , third = ''] = words
  const areTwo = words.length > 2 && words.length < 5 && [first, third].every(isCommonSurname)
  return areTwo ? joinedPeople(text, text, [words.slice(0, 2).join(' '), words.slice(2).join(' ')]) : undefined
}

/** Whether a word is a whole name of four characters or more, or a common surname that is no given name. */
function isName(word: string): boolean {
  return isCommonSurname(word) || (word.length > 3 && !isSurname(word) && isCommonPerson(word))
}

function isCommonSurname(word: string): boolean {
  return isCommonPerson(word) && dividedName(word).given_name === null && !SURNAME_LIKE_GIVEN_NAMES.has(word)
}
