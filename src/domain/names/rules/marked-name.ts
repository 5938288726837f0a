import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const MARK_BEFORE = /^(?:[・･‐–—•‣◦]|-\s|[(]?\d{1,2}[.):、]?)\s?(?=\p{L})/u
const MARK_AFTER = /(?:\s?\d{1,2}号?|\s?[A-Z]|\s?#\d{1,2}|\s?家|\s?[(][〜~\-ー]?\d{1,2}月?[〜~]?[)])$/u
const SIGN_AFTER = /\s?[!…。:;〜~※#*]+$|\s?\.{2,}$/u
const PARTS = /^姓\s?[:：]\s?(\S+)\s名\s?[:：]\s?(\S+)$/u

/** A surname with the number, the letter or the sign of a list: ・山田, 1. 山田, 山田A, 山田(本人). The person is offered. */
export function markedName({ name, text }: NameFacts): Finding | undefined {
  if (name.given_name !== null) return undefined
  const [, family_name = '', given_name = ''] = PARTS.exec(text) ?? []
  if (family_name !== '') return refusal('placeholder', text, [{ family_name, given_name }])
  const before = MARK_BEFORE.exec(text)?.[0] ?? ''
  const person = dividedName(text.slice(before.length))
  if (before !== '' && isLongSurname(person.family_name)) return refusal('placeholder', before.trim(), [person])
  const after = MARK_AFTER.exec(text)?.[0] ?? ''
  const surname = text.slice(0, text.length - after.length)
  if (after !== '' && isLongSurname(surname))
    return refusal('placeholder', after.trim(), [{ family_name: surname, given_name: null }])
  const sign = SIGN_AFTER.exec(text)?.[0] ?? ''
  return sign !== '' && isLongSurname(dividedName(text.slice(0, -sign.length)).family_name)
    ? doubt(sign.trim(), [dividedName(text.slice(0, -sign.length))])
    : undefined
}

function isLongSurname(text: string): boolean {
  return text.length > 1 && isSurname(text)
}
