export type PersonName = { family_name: string, given_name: string | null }

// NFKC would rewrite compatibility ideographs (U+FA19 神 becomes U+795E): people write their names with them (R15).
const COMPATIBILITY_IDEOGRAPHS = /([\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+)/u
const LATIN = /^[\p{Script=Latin}\p{M}\s.'’\-‐]+$/u
const NAME_SEPARATOR = /[/／]/u

/**
 * A part of a name as it is kept (R15): trimmed, inner spaces one, full-width and half-width forms unified (NFKC).
 * Variant kanji stay as people write them (髙, 﨑, 𠮷, 神). Applying it twice changes nothing more.
 */
export function normalizeNamePart (given: string): string {
  return given.split(COMPATIBILITY_IDEOGRAPHS)
    .map(run => COMPATIBILITY_IDEOGRAPHS.test(run) ? run : run.normalize('NFKC'))
    .join('').trim().replace(/\s+/gu, ' ')
}

/** The name of a person: 山田 太郎 in Japanese order, John Smith where both parts are in Latin script (R15). */
export function fullName ({ family_name, given_name }: PersonName): string {
  if (given_name === null) return family_name
  return isLatin(family_name) && isLatin(given_name) ? `${given_name} ${family_name}` : `${family_name} ${given_name}`
}

/** Whether a name, or a part of one, is in Latin script, where the given name comes first (R15). */
export function isLatin (name: string): boolean {
  return LATIN.test(name)
}

/** What persons at one address are told apart by (R17, R19): their whole name, whatever its spaces, case and parts, and what nobody sees. */
export function nameKey (name: PersonName): string {
  return `${name.family_name}${name.given_name ?? ''}`.toLowerCase().replace(/\s+|\p{Default_Ignorable_Code_Point}/gu, '')
}

/** R14: `/` joins names on the support site, so a name may not hold one. The people it seems to name, or undefined. */
export function peopleJoinedIn (name_part: string): string[] | undefined {
  if (!NAME_SEPARATOR.test(name_part)) return undefined
  return name_part.split(NAME_SEPARATOR).map(normalizeNamePart).filter(part => part !== '')
}
