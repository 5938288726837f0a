import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

const PLACEHOLDERS: ReadonlySet<string> = new Set(['test', 'dummy', 'sample'])

/** A placeholder before a name: Test Anna. */
export function latinPlaceholder({ lower: [first = ''] }: NameText<'latin'>): Finding | undefined {
  return PLACEHOLDERS.has(first) ? refusal('placeholder', first) : undefined
}
