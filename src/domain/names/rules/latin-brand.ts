import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { BRAND_LIKE_NAMES, BRAND_NAMES } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/**
 * The whole text is a company that is known by this name: Sony. A name that people have too leaves a doubt: Mitsui. The
 * parts of a name are not joined to one word.
 */
export function latinBrand({ text, lower, isDivided }: NameText<'latin'>): Finding | undefined {
  const brand = [lower.join(''), text.toLowerCase()].find(word => BRAND_NAMES.has(word))
  if (brand === undefined || (isDivided && lower.length > 1)) return undefined
  return BRAND_LIKE_NAMES.has(brand) && lower.length === 1 ? doubt(text) : refusal('company', text)
}
