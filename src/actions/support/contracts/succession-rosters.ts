import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import type { RosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import type { PeopleNow } from '#actions/support/rosters/people-as-now.ts'
import { settledRequester, type Asking, type Settled } from '#domain/requester.ts'
import type { Roster } from '#domain/roster.ts'
import { FROM_CONTRACT, readSuccession, TO_CONTRACT, type SuccessionRosters } from '#domain/contracts/succession.ts'

/** A contract, its successor, and who asked (R35). */
export type SuccessionMatter = { from_contract_id: string; to_contract_id: string; asking: Asking }

/** The contracts of a succession, and the contacts that go on, as their people are now. */
export type FoundSuccession = SuccessionRosters & { now: PeopleNow }

/** The contract and its successor among rosters that were read. Refuses ids that the registry does not hold. */
export function successionAmong(
  rosters: readonly Roster[],
  { from_contract_id, to_contract_id }: Pick<SuccessionMatter, 'from_contract_id' | 'to_contract_id'>,
): SuccessionRosters {
  const [from, to] = [from_contract_id, to_contract_id].map(id =>
    rosters.find(({ contract }) => contract.contract_id === id),
  )
  assertKnown(
    foundAs({ resource: 'contract', pointer: FROM_CONTRACT, id: from_contract_id }, from),
    foundAs({ resource: 'contract', pointer: TO_CONTRACT, id: to_contract_id }, to),
  )
  if (from === undefined || to === undefined) throw new Error('both contracts were found')
  return { from, to }
}

/**
 * The changes of the successor and of the contract that it goes on from; and who asked, found among the contacts of the
 * latter. The successor is the first, so that accounts are recorded with it.
 */
export function successionChanges(
  { from, to, now }: FoundSuccession,
  asking: Asking,
  { today, newId }: { today: string; newId: () => string },
): { changes: [RosterChange, RosterChange]; asking: Settled } {
  const settled = settledRequester(from.contacts, asking)
  const desired = readSuccession({ from, to }, now, today, newId)
  return {
    changes: [
      { roster: to, desired: desired.to, may_exceed_limit: true },
      { roster: from, desired: desired.from },
    ],
    asking: { settled },
  }
}
