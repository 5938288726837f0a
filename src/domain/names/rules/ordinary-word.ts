import type { Finding } from '#domain/names/finding.ts'
import { isOrdinaryWord } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { ordinaryWordFinding } from '#domain/names/organisation-finding.ts'

/** A rare surname that is also a function or a company (本部): alone it is read as the word. */
export function ordinaryWord({ text }: NameText<'one-word'>): Finding | undefined {
  return isOrdinaryWord(text) ? ordinaryWordFinding(text) : undefined
}
