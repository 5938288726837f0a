export type PersonName = { family_name: string; given_name: string | null }

const LATIN = /^[\p{Script=Latin}\p{M}\s.'’\-‐]+$/u

/** The name of a person: 山田 太郎 in Japanese order, John Smith where both parts are in Latin script (R15). */
export function fullName({ family_name, given_name }: PersonName): string {
  if (given_name === null) return family_name
  return isLatin(family_name) && isLatin(given_name) ? `${given_name} ${family_name}` : `${family_name} ${given_name}`
}

/** Whether a name, or a part of a name, is in Latin script, where the given name comes first (R15). */
export function isLatin(name: string): boolean {
  return LATIN.test(name)
}
