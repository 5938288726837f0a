import { doubt, type Finding } from '#domain/names/finding.ts'
import { DOUBTFUL_GIVEN_NAMES } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A department or a rank in place of the given name: some people are called so, but more belong to one (山田 経理). */
export function doubtfulGivenName({ first, rest }: NameText<'surname-first' | 'several-words'>): Finding | undefined {
  return DOUBTFUL_GIVEN_NAMES.has(rest) ? doubt(rest, [{ family_name: first, given_name: null }]) : undefined
}
