import { surnameAtStart } from '#domain/names/known-surnames.ts'
import type { OrganisationWord } from '#domain/names/organisation-word.ts'

const REGIONS = /^(?:[全大東西中北新]?日本|全国|国際|国立|市立|県立|都立|府立|公立|私立)/u
// Capitals before or after kanji without a space: JR東日本, 執行役員CIO.
const CAPITALS_AND_KANJI = /^[A-Z0-9&]{2,5}[\p{Script=Han}\p{Script=Katakana}]|[\p{Script=Han}ァ-ヺー][A-Z]{2,4}$/u

/** A country at the beginning, with more after it than a surname has; or capitals next to kanji. */
export function nationalIn(text: string): OrganisationWord | undefined {
  const [region] = REGIONS.exec(text) ?? []
  if (region === undefined)
    return CAPITALS_AND_KANJI.test(text) ? { code: 'company', start: 0, end: text.length, is_certain: true } : undefined
  if (text.length - region.length < 2 || (surnameAtStart(text)?.length ?? 0) >= region.length) return undefined
  return { code: 'company', start: 0, end: region.length, is_certain: true }
}

/** Whether a text is a country or a region that begins the names of companies. */
export function isRegion(text: string): boolean {
  return REGIONS.exec(text)?.[0] === text
}
