import { judgeName } from '#domain/names/judge-name.ts'
import type { PersonName } from '#domain/person-name.ts'

/** A name as a test writes it: a bar divides family and given name. */
export function nameOf(written: string): PersonName {
  const [family_name = '', given_name = null] = written.includes('|') ? written.split('|') : [written]
  return { family_name, given_name }
}

/** What comes of a name in one word, with the code and the part that it is for. */
export function outcomeOf(written: string, customer_name: string | null = null): string {
  const verdict = judgeName(nameOf(written), customer_name)
  if (verdict.outcome === 'refused') return `${verdict.finding.code}: ${verdict.finding.matched}`
  return verdict.doubt === null ? 'accepted' : `doubtful: ${verdict.doubt.matched}`
}

export function isFinal(written: string): boolean {
  const verdict = judgeName(nameOf(written), null)
  return verdict.outcome === 'refused' && verdict.is_final
}

export function suggestionsOf(written: string): string[] {
  const verdict = judgeName(nameOf(written), null)
  const finding = verdict.outcome === 'refused' ? verdict.finding : verdict.doubt
  return (
    finding?.suggestions.map(({ family_name, given_name }) =>
      given_name === null ? family_name : `${family_name}|${given_name}`,
    ) ?? []
  )
}
