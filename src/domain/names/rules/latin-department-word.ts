import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

const NEVER_IN_NAMES: ReadonlySet<string> = new Set(['department', 'dept', 'division', 'helpdesk', 'gmbh'])

/** A word of departments that no name of a person contains, at any place: Department of Finance. */
export function latinDepartmentWord({ lower }: NameText<'latin'>): Finding | undefined {
  const word = lower.find(each => NEVER_IN_NAMES.has(each))
  return word === undefined ? undefined : refusal('department', word)
}
