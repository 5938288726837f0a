import type { Ruling } from '#domain/names/finding.ts'
import { isOrganisationLikeGivenName, type NameText } from '#domain/names/name-text.ts'

/** After a surname, some words of organisations are given names: 山田 博士, 阿部 長. */
export function organisationLikeGivenName({ rest }: NameText<'surname-first'>): Ruling {
  return isOrganisationLikeGivenName(rest) ? 'person' : undefined
}
