import { type Ruling } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A word in Latin script that no list contains is a name. The rules after this one read several words. */
export function singleLatinWord({ lower }: NameText<'latin'>): Ruling {
  return lower.length < 2 ? 'person' : undefined
}
