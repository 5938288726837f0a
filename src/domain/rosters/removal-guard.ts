import type { Refusal } from '#domain/refusal.ts'
import { compareRoster, type DesiredContact, type Roster } from '#domain/roster.ts'

// With fewer contacts an operator sees every removal. With these or more, removing over half may be an accident.
const GUARDED_FROM = 3

/**
 * R10: a list or a request that removes all contacts of a contract, or removes more than half of three or more,
 * has to say how many it removes. A number that is given has to be right, also where none is needed.
 */
export function removalRefusals(
  { contract, contacts }: Roster,
  desired: readonly DesiredContact[],
  confirmed: number | null,
): Refusal[] {
  const removals = compareRoster(contacts, desired).removed.length
  const isEmptied = desired.length === 0 && contacts.length > 0
  const isGuarded = isEmptied || (contacts.length >= GUARDED_FROM && removals * 2 > contacts.length)
  if (confirmed === null ? !isGuarded : confirmed === removals) return []
  return [
    { type: 'removals-unconfirmed', contract_id: contract.contract_id, removals, pointers: ['#/confirm_removals'] },
  ]
}
