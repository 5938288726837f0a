import { doubt, type Finding } from '#domain/names/finding.ts'
import { writtenName, type NameFacts } from '#domain/names/name-facts.ts'

// UTF-8 that was read as Latin-1 (JÃ¶rg, å±±ç”°) or as Shift_JIS (螻ｱ逕ｰ).
const AFTER_LEAD = String.raw`[\u00A0-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u2010-\u203A\u20AC]`
const READ_AS_LATIN = `[ÂÃ]${AFTER_LEAD}|[\\u00C2-\\u00F4]${AFTER_LEAD}.*[\\u00C2-\\u00F4]${AFTER_LEAD}`
const READ_AS_JAPANESE = String.raw`[縺繧繝郢邵]|\p{Script=Han}[ァ-ウオ-ヌネハ-ヺー]\p{Script=Han}[ァ-ヺー]`
const SUBSTITUTES = String.raw`[〓□■▯▢○◯●△▲▽▼☆★◇◆?¿]|\p{Extended_Pictographic}`
// Variation selectors belong to kanji, and joiners to scripts that join their letters.
const INVISIBLE =
  String.raw`(?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u180B-\u180F])` +
  String.raw`(?<![\p{Script=Arabic}\p{Script=Deva}\p{Script=Beng}` +
  String.raw`\p{Script=Sinh}\p{Script=Mlym}\p{Script=Knda}\p{Script=Telu}\p{Script=Taml}\p{Script=Gujr}` +
  String.raw`\p{Script=Guru}\p{Script=Khmr}\p{Script=Thai}\p{M}][\u200C\u200D]?)\p{Default_Ignorable_Code_Point}`
const DAMAGED = new RegExp([READ_AS_LATIN, READ_AS_JAPANESE, SUBSTITUTES, INVISIBLE].join('|'), 'u')

/** Signs that a name was damaged on its way, or is not written out: mojibake, 〓, an emoji, invisible characters. */
export function damagedText({ name }: NameFacts): Finding | undefined {
  const text = writtenName(name)
  const damaged = DAMAGED.exec(text)
  return damaged === null ? undefined : doubt(damaged[0], [], 'broken-text')
}
