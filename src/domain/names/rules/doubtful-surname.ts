import { doubt, type Finding } from '#domain/names/finding.ts'
import { isDoubtfulSurname } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A rare surname that is also an ordinary word or a place, alone: 東京, 中部. */
export function doubtfulSurname({ text }: NameText<'one-word'>): Finding | undefined {
  return isDoubtfulSurname(text) ? doubt(text) : undefined
}
