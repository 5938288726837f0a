import type { Ruling } from '#domain/names/finding.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A surname of the lists is a person's, whatever it ends like: 服部, 田所. */
export function listedSurname({ text }: NameText<'one-word'>): Ruling {
  return isSurname(text) ? 'person' : undefined
}
