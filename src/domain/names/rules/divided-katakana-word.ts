import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { isOrganisationWord } from '#domain/names/organisation-names.ts'

/** An organisation's word in katakana that a space divides: ヘルプ デスク. */
export function dividedKatakanaWord({ text }: NameText<'katakana'>): Finding | undefined {
  const word = text.replaceAll('・', '')
  return word !== text && isOrganisationWord(word) ? refusal('department', word) : undefined
}
