import { doubt, type Finding } from '#domain/names/finding.ts'
import { dividedName, functionBeforePerson } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A function and a common name in one word: more likely a person of that department than of that surname. */
export function nameInFunctionsWord({ text }: NameText<'one-word'>): Finding | undefined {
  const word = functionBeforePerson(text)
  return word === undefined ? undefined : doubt(word, [dividedName(text.slice(word.length))])
}
