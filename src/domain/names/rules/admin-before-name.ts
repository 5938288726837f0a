import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** An administrator's account before a name: Admin Ann. */
export function adminBeforeName({ lower: [first = ''] }: NameText<'latin'>): Finding | undefined {
  return first === 'admin' ? refusal('role', first) : undefined
}
