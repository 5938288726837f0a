import { isRefusal, type Ruling } from '#domain/names/finding.ts'
import { isDoubtfulSurname, isOrdinaryWord, isSurname } from '#domain/names/known-surnames.ts'
import { classesOf, JAPANESE, OTHER } from '#domain/names/letter-classes.ts'
import { isLatinText, latinWords } from '#domain/names/latin-text.ts'
import { ORGANISATION_LIKE_GIVEN_NAMES } from '#domain/names/lists.ts'
import { wordFinding } from '#domain/names/organisation-finding.ts'

/** How the rules judge a text that is part of another. */
export type JudgeText = (text: string) => Ruling

type Forms = {
  /** Words in Latin script; `lower` are the same in lower case, `isDivided`: the parts are separate. */
  latin: { words: readonly string[]; lower: readonly string[]; isDivided: boolean }
  /** A text in brackets, and the text around it. */
  bracketed: { inner: string; outside: string; judgeText: JudgeText }
  /** A name in katakana, its words divided by ・. */
  katakana: { isDivided: boolean }
  'one-word': object
  /** A surname or a function with more words after it, joined as `rest`. */
  'surname-first': { first: string; rest: string; restRuling: Ruling }
  /** Other words. `organisations` are those that alone would be refused; `isDivided`: the parts are separate. */
  'several-words': {
    first: string
    rest: string
    words: readonly string[]
    organisations: readonly string[]
    isDivided: boolean
  }
}

export type TextForm = keyof Forms
/** A text in the form in which names are compared; its words are joined where it is in no foreign script. */
export type NameText<Form extends TextForm = TextForm> = { [F in Form]: { form: F; text: string } & Forms[F] }[Form]

const KATAKANA_NAME = /^[ァ-ヺー・ =.]+$/u
const SPACES_AND_COLONS = /[ :]+/u
const BRACKETED = /[([「『]([^)\]」』]*)[)\]」』]/u

/** The form of a text decides which rules it is judged by. */
export function nameText(text: string, isDivided: boolean, judgeText: JudgeText): NameText {
  const classes = classesOf(text)
  const isPlain = (classes & OTHER) === 0
  const brackets = isPlain ? null : BRACKETED.exec(text)
  const inner = brackets?.[1] ?? ''
  const isLatin = isPlain ? (classes & JAPANESE) === 0 && isLatinText(text) : isLatinText(text)
  if (isLatin && !(inner !== '' && isRefusal(judgeText(inner)))) {
    const words = latinWords(text)
    return { form: 'latin', text, words, lower: words.map(word => word.toLowerCase()), isDivided }
  }
  if (brackets !== null) {
    const outside = text.replace(brackets[0], ' ').trim().replace(/\s+/gu, ' ')
    return { form: 'bracketed', text, inner, outside, judgeText }
  }
  if (KATAKANA_NAME.test(text)) return { form: 'katakana', text: text.replaceAll(' ', '・'), isDivided }
  const words = text.split(SPACES_AND_COLONS).filter(word => word !== '')
  return words.length === 1 ? { form: 'one-word', text } : wordsText(words, isDivided)
}

function wordsText(words: readonly string[], isDivided: boolean): NameText {
  const [first = '', ...others] = words
  const rest = others.join('')
  const text = words.join('')
  if (isSurname(first) || isOrdinaryWord(first) || isDoubtfulSurname(first))
    return { form: 'surname-first', text, first, rest, restRuling: wordFinding(rest) }
  const organisations = words.filter(
    (word, index) => isRefusal(wordFinding(word)) && (index === 0 || !isOrganisationLikeGivenName(word)),
  )
  return { form: 'several-words', text, first, rest, words, organisations, isDivided }
}

/** Whether a word after a family name is a given name, although it is also an organisation's word (博士, 平和). */
export function isOrganisationLikeGivenName(word: string): boolean {
  return word.length === 1 || ORGANISATION_LIKE_GIVEN_NAMES.has(word)
}
