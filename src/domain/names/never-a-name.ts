import { findingOf, firstRuling, type Finding, type Rule } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { brokenText } from '#domain/names/rules/broken-text.ts'
import { contactData } from '#domain/names/rules/contact-data.ts'
import { legalForm } from '#domain/names/rules/legal-form.ts'
import { mailboxName } from '#domain/names/rules/mailbox-name.ts'
import { markup } from '#domain/names/rules/markup.ts'
import { noLetter } from '#domain/names/rules/no-letter.ts'
import { placeholderBeginning } from '#domain/names/rules/placeholder-beginning.ts'
import { placeholderWord } from '#domain/names/rules/placeholder-word.ts'
import { placeholderWords } from '#domain/names/rules/placeholder-words.ts'
import { repeatedLetters } from '#domain/names/rules/repeated-letters.ts'
import { singleLetter } from '#domain/names/rules/single-letter.ts'

/** Texts that are never a person's name: an operator cannot override these refusals. The first match wins. */
export const NEVER_A_NAME: readonly Rule<NameFacts>[] = [
  brokenText,
  contactData,
  placeholderWord,
  placeholderBeginning,
  noLetter,
  markup,
  repeatedLetters,
  singleLetter,
  placeholderWords,
  mailboxName,
  legalForm,
]

/** Why a text is never a person's name, or undefined. */
export function neverNameIn(facts: NameFacts): Finding | undefined {
  return findingOf(firstRuling(NEVER_A_NAME, facts))
}
