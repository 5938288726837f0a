import { isCommonPerson, isSurname } from '#domain/names/known-surnames.ts'

const SEPARATOR =
  /[/／、,，&＆;；＋+､]|\s(?:and|und|et)\s|(?<=\p{Script=Han})(?:及び|および|ならびに|並びに)(?=\p{Script=Han})/iu
const OTHERS =
  /(?:[ 、,]*(?:他|ほか|外)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2}|数)(?:名|人)様?|(?:他|ほか)一同|[ 、,](?:他|ほか))$/u
// After a comma: what belongs to the one name before it.
const LATIN_SUFFIX = /,?\s+(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq|mba|cpa)\.?$/iu
const BETWEEN_KANJI =
  /^(\p{Script=Han}[\p{Script=Han}\p{Script=Hiragana}]*)([・と])(\p{Script=Han}[\p{Script=Han}\p{Script=Hiragana}]*)$/u

/** The people that a text joins (R14), and what joins them; undefined where it names one. Takes the form in which names are compared. */
export function peopleIn(text: string): { matched: string; names: string[] } | undefined {
  const others = OTHERS.exec(text)
  if (others !== null) return { matched: others[0].trim(), names: named(text.slice(0, others.index).split(SEPARATOR)) }
  const single = text.replace(LATIN_SUFFIX, '')
  const separator = SEPARATOR.exec(single)
  if (separator !== null) return { matched: separator[0].trim(), names: named(single.split(SEPARATOR)) }
  const pair = BETWEEN_KANJI.exec(text)
  if (pair === null) return sideBySide(text.split(' '))
  const [, first = '', joint = '', second = ''] = pair
  return joint === '・' || (isSurname(first) && isSurname(second))
    ? { matched: joint, names: [first, second] }
    : undefined
}

/** Whole names that a space alone joins: 山田太郎 佐藤花子, 山田 太郎 佐藤 花子. */
function sideBySide(words: readonly string[]): { matched: string; names: string[] } | undefined {
  if (words.length === 2 && words.every(word => word.length > 3 && !isSurname(word) && isCommonPerson(word)))
    return { matched: words.join(' '), names: [...words] }
  const [first = '', , second = ''] = words
  const isTwo = words.length === 4 && [first, second].every(word => isSurname(word) && isCommonPerson(word))
  return isTwo
    ? { matched: words.join(' '), names: [words.slice(0, 2).join(' '), words.slice(2).join(' ')] }
    : undefined
}

function named(parts: readonly string[]): string[] {
  return parts.map(part => part.trim()).filter(part => part !== '')
}
