import type { Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import { isCommonPerson, isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

/** Whole names with only a space between them: 山田太郎 佐藤花子, 山田 太郎 佐藤 花子. */
export function namesSideBySide({ text }: NameFacts): Finding | undefined {
  const words = text.split(' ')
  if (words.length === 2 && words.every(isWholeName)) return joinedPeople(text, text, words)
  const [first = '', , second = ''] = words
  const areTwo = words.length === 4 && [first, second].every(word => isSurname(word) && isCommonPerson(word))
  return areTwo ? joinedPeople(text, text, [words.slice(0, 2).join(' '), words.slice(2).join(' ')]) : undefined
}

function isWholeName(word: string): boolean {
  return word.length > 3 && !isSurname(word) && isCommonPerson(word)
}
