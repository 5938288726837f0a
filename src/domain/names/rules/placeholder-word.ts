import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { PLACEHOLDER_WORDS } from '#domain/names/lists.ts'

/** The whole text is typed in place of a name that is not known: なし, 未定, test. */
export function placeholderWord({ text, bare }: NameFacts): Finding | undefined {
  const isPlaceholder = PLACEHOLDER_WORDS.has(bare) || PLACEHOLDER_WORDS.has(text.toLowerCase())
  return isPlaceholder ? finalRefusal('placeholder', text) : undefined
}
