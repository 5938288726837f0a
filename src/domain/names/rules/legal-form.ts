import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { LEGAL_FORMS } from '#domain/names/lists.ts'

const BRACKET_AND_LETTER = /^.\)$|^\(.$/u
const LEGAL_FORM = new RegExp(
  LEGAL_FORMS.filter(form => !BRACKET_AND_LETTER.test(form))
    .toSorted((a, b) => b.length - a.length)
    .map(form => form.replace(/[()]/g, '\\$&'))
    .join('|'),
  'u',
)
// The abbreviations of bank transfers. Only at an end of the text: in other places a letter and a bracket are initials.
const TRANSFER_FORM = /^(?:カ|ユ|ド)\)|\((?:カ|ユ|ド)$|^\((?:カ|ユ|ド)\)|\((?:カ|ユ|ド)\)$/u

/** A legal form of a company or a public body: no name of a person contains one (株式会社, (株), 学校法人, ｶ)). */
export function legalForm({ text }: NameFacts): Finding | undefined {
  const form = LEGAL_FORM.exec(text) ?? TRANSFER_FORM.exec(text)
  return form === null ? undefined : finalRefusal('company', form[0])
}
