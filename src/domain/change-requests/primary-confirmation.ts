import type { Refusal } from '#domain/refusal.ts'
import { requestInPlaceOf } from '#domain/change-requests/request-in-place.ts'
import type { Asking, Settled } from '#domain/requester.ts'
import {
  compareRoster,
  isPrimary,
  primaryOf,
  type DesiredContact,
  type Roster,
  type RosterDifference,
} from '#domain/roster.ts'
import type { ConfirmationReason } from '#domain/vocabulary.ts'

/** A matter as far as it decides whether the primary has to confirm it. */
export type Matter = {
  /** The contacts that the requester is: none for a stranger, null where no person at the customer asked. */
  requester_ids: ReadonlySet<string> | null
  concerns_contract: boolean
  difference: RosterDifference
}

/**
 * R25: why the primary has to confirm a matter; empty where no confirmation is needed: no person at the customer asked,
 * the primary did, or the contract has no contacts and so no primary.
 */
export function confirmationReasons(
  { contacts }: Pick<Roster, 'contacts'>,
  { requester_ids, concerns_contract, difference }: Matter,
): ConfirmationReason[] {
  const primary = primaryOf(contacts)
  if (requester_ids === null || primary === undefined || requester_ids.has(primary.contact_id)) return []
  return [
    ...(requester_ids.size === 0 ? ['requester_not_registered' as const] : []),
    ...(concerns_contract ? ['concerns_contract' as const] : []),
    ...(touchesPrimary(difference) ? ['concerns_primary' as const] : []),
  ]
}

const OF_THE_PRIMARY = ['role', 'family_name', 'given_name', 'email'] as const

/** Whether a change removes or replaces the primary, or changes the primary's name or address. */
function touchesPrimary({ changed, removed }: RosterDifference): boolean {
  return (
    removed.some(isPrimary) ||
    changed.some(
      ({ before, after }) => isPrimary(before) && OF_THE_PRIMARY.some(field => before[field] !== after[field]),
    )
  )
}

type Asked = {
  asking: Asking | Settled
  requester_ids: Matter['requester_ids']
  person_change?: object | undefined
}

/**
 * R25: the refusals of a write that the primary has to confirm: the client files it as a change request instead, of the
 * contract or of the person change that it is. A requester who was settled before has passed this, and a write
 * that changes nothing needs no confirmation.
 */
export function confirmationRefusals(
  { contract, contacts }: Roster,
  desired: readonly DesiredContact[],
  { asking, requester_ids, person_change }: Asked,
): Refusal[] {
  if ('settled' in asking || asking.requested_by === null) return []
  const difference = compareRoster(contacts, desired)
  const { added, changed, removed } = difference
  const needs_confirmation = confirmationReasons({ contacts }, { requester_ids, concerns_contract: false, difference })
  if (needs_confirmation.length === 0 || added.length + changed.length + removed.length === 0) return []
  const primary = primaryOf(contacts)
  return [
    {
      type: 'confirmation-required',
      contract_id: contract.contract_id,
      ...(primary && { primary_contact_id: primary.contact_id }),
      needs_confirmation,
      request_in_place:
        person_change === undefined
          ? requestInPlaceOf(contract.contract_id, difference, asking.requested_by)
          : { person_change, requested_by: asking.requested_by },
    },
  ]
}
