import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName } from '#domain/names/known-surnames.ts'

/** The signs and words that join names. */
export const JOINING_SIGN =
  /[/／∕╱⧸、,，&＆;；＋+､]|(?<!\d)⁄|⁄(?!\d)|\s(?:and|und|et)\s|(?<=\p{Script=Han})(?:及び|および|ならびに|並びに)(?=\p{Script=Han})/iu

// What looks like the sign with which the support site joins names (R14).
const SLASH = /[/∕╱⧸]|(?<!\d)⁄|⁄(?!\d)/u

/** The refusal of a text that joins several names (R14). `/` is final, because the support site joins names with it. */
export function joinedPeople(text: string, matched: string, names: readonly string[]): Finding {
  const people = names
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(dividedName)
  return SLASH.test(text) ? finalRefusal('several-people', matched, people) : refusal('several-people', matched, people)
}
