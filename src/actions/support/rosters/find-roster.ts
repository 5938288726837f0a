import type { Db } from '#db/driver/database.ts'
import { findRosterContract, listRoster, listRosterContracts, listRosters } from '#db/rosters/roster.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'

/**
 * A contract with its contacts of today, without a lock; `contacts_from` reads the contacts. Refuses a contract that
 * the registry does not hold.
 */
export async function findRoster(db: Db, contract_id: string, today: string, contacts_from: Db = db): Promise<Roster> {
  const [contract, contacts] = await Promise.all([
    findRosterContract(db, contract_id),
    listRoster(contacts_from, contract_id, today),
  ])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts }
}

/**
 * Contracts with their contacts of today, without a lock, in the order of their ids. One that the registry does not
 * hold is left out.
 */
export async function findRosters(db: Db, contract_ids: readonly string[], today: string): Promise<Roster[]> {
  const [contracts, contacts] = await Promise.all([
    listRosterContracts(db, contract_ids),
    listRosters(db, contract_ids, today),
  ])
  return contracts.map(contract => ({ contract, contacts: contacts.get(contract.contract_id) ?? [] }))
}
