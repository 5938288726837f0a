import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

const IT_BEFORE_NAME = /^IT\s.*\p{Ll}/u

/** The department IT before a name that is not in capitals: IT Yamada. */
export function itBeforeName({ text }: NameText<'latin'>): Finding | undefined {
  return IT_BEFORE_NAME.test(text) ? refusal('department', 'IT') : undefined
}
