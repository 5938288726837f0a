import { isJapaneseSpelling } from '#domain/names/directory-order.ts'
import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

const LIKELY_FORM = /^\S+\s(?:s\.a|b\.v)\.$|\sco\.$/iu
const FORM_LIKE_SURNAME = /^\S+\sco$/iu
const JAPANESE_FORM = /^(\S+)\s(?:k\.k|g\.k)\.?$/iu

/**
 * After one word a legal form may be initials: an operator can override it (Aozora S.A.). Co is also a surname. K.K.
 * after a word that may be Japanese leaves a doubt (Hokuto K.K.), after others it is initials (Venugopal K.K.).
 */
export function likelyLatinLegalForm({ text }: NameText<'latin'>): Finding | undefined {
  if (LIKELY_FORM.test(text)) return refusal('company', text)
  const [, word = ''] = JAPANESE_FORM.exec(text) ?? []
  return FORM_LIKE_SURNAME.test(text) || isJapaneseSpelling(word) ? doubt(text) : undefined
}
