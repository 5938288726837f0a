import { finalRefusal, type Finding } from '#domain/names/finding.ts'

const AFTER_KANJI = String.raw`(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][\s,]*)`
const WORDS = 'inc|incorporated|corp|corporation|co|ltd|limited|llc|llp|plc|gmbh'
const DOTTED = String.raw`co\.,?\s?ltd|s\.a|b\.v|k\.k|g\.k`
const FORM_AFTER_KANJI = new RegExp(String.raw`${AFTER_KANJI}(?:${WORDS}|${DOTTED})\.?$`, 'iu')

/** A legal form in Latin script after kanji or kana, where no initials occur: 青空 Inc. */
export function legalFormAfterKanji({ text }: { text: string }): Finding | undefined {
  const form = FORM_AFTER_KANJI.exec(text)
  return form === null ? undefined : finalRefusal('company', form[0])
}
