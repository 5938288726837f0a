import { refusal, type Finding } from '#domain/names/finding.ts'
import { BRAND_NAMES } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** The whole text is a company that is known by this name: Sony. */
export function latinBrand({ text, lower }: NameText<'latin'>): Finding | undefined {
  const isBrand = BRAND_NAMES.has(lower.join('')) || BRAND_NAMES.has(text.toLowerCase())
  return isBrand ? refusal('company', text) : undefined
}
