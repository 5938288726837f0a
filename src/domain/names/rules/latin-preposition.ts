import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

// In lower case. Particles of surnames are not among them: Sophie in 't Veld, Jan op den Kamp.
const PREPOSITION = /\S\s(of|for|from|via|with|the)\s(?=\S)/u

/** An English preposition between the words of a sentence or of an organisation: City of York, John via Acme. */
export function latinPreposition({ text }: NameText<'latin'>): Finding | undefined {
  const [, word] = PREPOSITION.exec(text) ?? []
  if (word === undefined) return undefined
  return refusal(word === 'of' ? 'company' : 'organisation-and-person', word)
}
