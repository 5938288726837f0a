import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import type { RosterChange } from '#actions/support/plan-roster-change.ts'
import { settledRequester, type Asking, type Settled } from '#domain/requester.ts'
import type { Roster } from '#domain/roster.ts'
import { FROM_CONTRACT, readSuccession, TO_CONTRACT } from '#domain/succession.ts'

/** A contract, its successor, and who asked (R35). */
export type SuccessionMatter = { from_contract_id: string; to_contract_id: string; asking: Asking }

/**
 * The changes of the successor and of the contract that it goes on from, among rosters that were read; and who asked,
 * found among the contacts of the latter. The successor is the first, so that accounts are recorded with it. Refuses
 * ids that the registry does not hold.
 */
export function successionChanges(
  rosters: readonly Roster[],
  { from_contract_id, to_contract_id, asking }: SuccessionMatter,
  { today, newId }: { today: string; newId: () => string },
): { changes: [RosterChange, RosterChange]; asking: Settled } {
  const [from, to] = [from_contract_id, to_contract_id].map(id =>
    rosters.find(({ contract }) => contract.contract_id === id),
  )
  assertKnown(
    foundAs({ resource: 'contract', pointer: FROM_CONTRACT, id: from_contract_id }, from),
    foundAs({ resource: 'contract', pointer: TO_CONTRACT, id: to_contract_id }, to),
  )
  if (from === undefined || to === undefined) throw new Error('both contracts were found')
  const settled = settledRequester(from.contacts, asking)
  const desired = readSuccession({ from, to }, today, newId)
  return {
    changes: [
      { roster: to, desired: desired.to, may_exceed_limit: true },
      { roster: from, desired: desired.from },
    ],
    asking: { settled },
  }
}
