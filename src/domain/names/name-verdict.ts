import type { PersonName } from '#domain/person-name.ts'

/** Why a name is refused, or what leaves a doubt about it (R13, R14). */
export const NAME_CODES = [
  'empty',
  'contact-data',
  'placeholder',
  'company',
  'department',
  'role',
  'organisation-and-person',
  'title',
  'several-people',
  'equals-customer',
  'broken-text',
  'doubtful',
] as const
export type NameCode = (typeof NAME_CODES)[number]

/** The evidence against a name: its part, the matched words in that part, and the people that the name may mean. */
export type NameFinding = {
  code: NameCode
  part: 'family_name' | 'given_name'
  matched: string
  suggestions: PersonName[]
}

/**
 * The decision on a name. Accepted: a person's name, perhaps with a doubt, and without the courtesy title that it had.
 * Refused: no person's name; where `is_final`, an operator cannot override the refusal.
 */
export type NameVerdict =
  | { outcome: 'accepted'; name: PersonName; doubt: NameFinding | null; removed_title: string | null }
  | { outcome: 'refused'; finding: NameFinding; is_final: boolean }
