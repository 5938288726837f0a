import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName } from '#domain/names/known-surnames.ts'

// The sign with which the support site joins names, and signs that look like it (R14).
const SLASH = String.raw`[/∕╱⧸]|(?<!\d)⁄|⁄(?!\d)`
const SIGN = String.raw`[、,，&＆;；＋+､]|[→⇒➡⇨⇔↔➔]|[-=]+>`
// Not between particles of a surname (von und zu), and not after a comma, where Or is a given name.
const WORD = String.raw`(?<!,|\b(?:von|vom|zu|auf))\s(?:and|und|et|or|oder|ou|og|och|и|і|και|และ|vs\.?)\s`
// Between kanji only, where no name has them.
const WORD_AFTER_KANJI = String.raw`(?<=\p{Script=Han}\s?)(?:及び|および|ならびに|並びに|または|又は|もしくは|若しくは|あるいは|或いは|or|and|アンド)`
const BEFORE_KANJI = String.raw`(?=\s?\p{Script=Han})`

/** The signs and words that join names. */
export const JOINING_SIGN = new RegExp(`${SLASH}|${SIGN}|${WORD}|${WORD_AFTER_KANJI}${BEFORE_KANJI}`, 'iu')
const ANY_SLASH = new RegExp(SLASH, 'u')
// What is around a name in a list: its number or label, and its title.
const LABEL = /^(?:[\d(]{1,2}[.):]?|[\p{Script=Han}ァ-ヺー]{1,4}[:：])\s*|\s*(?:さん|様|氏|殿)$/gu

/** The refusal of a text that joins several names (R14). `/` is final, because the support site joins names with it. */
export function joinedPeople(text: string, matched: string, names: readonly string[]): Finding {
  const people = names
    .map(name => name.trim().replace(LABEL, ''))
    .filter(name => name !== '')
    .map(dividedName)
  return ANY_SLASH.test(text)
    ? finalRefusal('several-people', matched, people)
    : refusal('several-people', matched, people)
}
