import { isRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { organisationFinding, wordFinding } from '#domain/names/organisation-finding.ts'

/** A word that alone is an organisation's: the whole is one, or at least that word (経理部 総務部). */
export function organisationInWords({ text, organisations: [word] }: NameText<'several-words'>): Finding | undefined {
  if (word === undefined) return undefined
  const whole = organisationFinding(text)
  const finding = whole !== undefined && isRefusal(whole) ? whole : wordFinding(word)
  return finding && { ...finding, suggestions: [] }
}
