import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

const LIKELY_FORM = /^\S+\s(?:s\.a|b\.v|co)\.$/iu
const FORM_LIKE_SURNAME = /^\S+\sco$/iu

/** After one word a legal form may be initials: an operator can override it (Aozora S.A.). Co is also a surname. */
export function likelyLatinLegalForm({ text }: NameText<'latin'>): Finding | undefined {
  if (LIKELY_FORM.test(text)) return refusal('company', text)
  return FORM_LIKE_SURNAME.test(text) ? doubt(text) : undefined
}
