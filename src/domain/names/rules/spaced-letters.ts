import { doubt, isRefusal, type Finding } from '#domain/names/finding.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { wordFinding } from '#domain/names/organisation-finding.ts'

const LETTER = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`
const SPACED = new RegExp(`^${LETTER}(?: ${LETTER})+$`, 'u')
const ENDS_ROLES = /[長員者部課室係局]$/u

/** An organisation's word with a space after each letter: 部 長, 総 務 部. 安 全 may be a surname and a given name. */
export function spacedLetters({ name, text }: NameFacts): Finding | undefined {
  if (name.given_name !== null || !SPACED.test(text)) return undefined
  const word = text.replaceAll(' ', '')
  if (isSurname(word)) return undefined
  const finding = wordFinding(word)
  if (finding === undefined || !isRefusal(finding)) return undefined
  const mayBePerson = word.length === 2 && isSurname(word.charAt(0)) && !ENDS_ROLES.test(word)
  return mayBePerson ? doubt(text) : finding
}
