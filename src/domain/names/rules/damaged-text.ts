import { doubt, type Finding } from '#domain/names/finding.ts'
import { surnameAtStart } from '#domain/names/known-surnames.ts'
import { ACCENTED, JAPANESE, OTHER } from '#domain/names/letter-classes.ts'
import { isMisread } from '#domain/names/misread-text.ts'
import { writtenName, type NameFacts } from '#domain/names/name-facts.ts'

// UTF-8 that was read as Latin-1 (JÃ¶rg, å±±ç”°): an accented letter, and what its following bytes are shown as. After
// other letters than Â and Ã, names have some of those too: KNÍŽE, Ó’Brien.
const LETTERS = String.raw`\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u03BC`
const FOLLOWING = String.raw`[\u0080-\u00BF${LETTERS}\u2010-\u203A\u20AC\u2122]`
const OF_NAMES = String.raw`[\u0160\u0161\u017D\u017E\u2013\u2014\u2019\u00AA\u00B4\u00B7\u00B8\u00BA]`
const READ_AS_LATIN =
  `[ÂÃ](?:${FOLLOWING}|\\d|TM|[.]{3})|[\\u00C4-\\u00DF](?!${OF_NAMES})${FOLLOWING}` +
  `|[\\u00E0-\\u00EF]${FOLLOWING}{2}|[\\u00F0-\\u00F4]${FOLLOWING}{3}`
// Another charset that was read as Latin-1 (ÊÓÀî, ŽR“c): signs inside a word, or a word of accented letters alone.
const LATIN_1_SIGNS = String.raw`\u00A1-\u00A9\u00AB\u00AC\u00AE\u00B0-\u00B3\u00B6\u00B9\u00BB-\u00BE\u00D7\u00F7`
const SIGNS = String.raw`[${LATIN_1_SIGNS}\u2020-\u2022\u2030\u2039\u203A]`
const ACCENTED_LETTER = String.raw`[\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]`
const READ_AS_OTHER_LATIN = String.raw`${SIGNS}|\p{L}[“”„]\p{L}|(?<!\p{L})${ACCENTED_LETTER}{4,}(?!\p{L})`
// UTF-8 that was read as Shift_JIS (螻ｱ逕ｰ).
const READ_AS_JAPANESE = String.raw`[縺繧繝郢邵]|\p{Script=Han}[ァ-ウオ-ヌネハ-ヺー]\p{Script=Han}[ァ-ヺー]|锟斤拷`
const SUBSTITUTES = String.raw`[?¿]|[\p{So}\p{Sc}]|\p{Extended_Pictographic}`
const UNASSIGNED = String.raw`(?!\p{Default_Ignorable_Code_Point})\p{Cn}`
const LONE_MARK = String.raw`(?:^|\s)[\p{M}\u309B\u309C]`
// Letters that look alike in two scripts do not occur in one word: Јоhn.
const GREEK_OR_CYRILLIC = String.raw`[\p{Script=Cyrillic}\p{Script=Greek}]`
const MIXED_SCRIPTS = String.raw`\p{Script=Latin}${GREEK_OR_CYRILLIC}|${GREEK_OR_CYRILLIC}\p{Script=Latin}`
// Variation selectors belong to kanji, and joiners to scripts that join their letters.
const OF_KANJI = String.raw`(?<=[\p{Script=Han}\p{Script=Myanmar}])[\uFE00-\uFE02\u{E0100}-\u{E01EF}]`
const OF_MONGOLIAN = String.raw`(?<=\p{Script=Mong})[\u180B-\u180F]`
const INVISIBLE =
  `(?!${OF_KANJI}|${OF_MONGOLIAN})` +
  String.raw`(?<![\p{Script=Arabic}\p{Script=Deva}\p{Script=Beng}` +
  String.raw`\p{Script=Sinh}\p{Script=Mlym}\p{Script=Knda}\p{Script=Telu}\p{Script=Taml}\p{Script=Gujr}` +
  String.raw`\p{Script=Guru}\p{Script=Khmr}\p{Script=Thai}\p{M}][\u200C\u200D]?)\p{Default_Ignorable_Code_Point}`
const DAMAGED = new RegExp(
  [
    READ_AS_LATIN,
    READ_AS_OTHER_LATIN,
    READ_AS_JAPANESE,
    SUBSTITUTES,
    UNASSIGNED,
    LONE_MARK,
    MIXED_SCRIPTS,
    INVISIBLE,
  ].join('|'),
  'u',
)
const DAMAGED_JAPANESE = new RegExp(READ_AS_JAPANESE, 'u')

/** Signs that a name was damaged on its way, or is not written out: mojibake, 〓, an emoji, invisible characters. */
export function damagedText({ name, classes }: NameFacts): Finding | undefined {
  if ((classes & (JAPANESE | ACCENTED | OTHER)) === 0) return undefined
  const text = writtenName(name)
  const signs = (classes & (ACCENTED | OTHER)) === 0 ? DAMAGED_JAPANESE : DAMAGED
  const damaged = signs.exec(text)?.[0] ?? text.split(' ').find(word => isMisread(word) && !beginsWithSurname(word))
  return damaged === undefined ? undefined : doubt(damaged, [], 'broken-text')
}

function beginsWithSurname(word: string): boolean {
  return (surnameAtStart(word)?.length ?? 0) > 1
}
