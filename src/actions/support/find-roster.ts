import type { Db } from '#db/driver/database.ts'
import { findRosterContract, listRoster } from '#db/roster.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'

/** A contract with its present contacts, without a lock. Refuses a contract that the registry does not hold. */
export async function findRoster(db: Db, contract_id: string): Promise<Roster> {
  const [contract, contacts] = await Promise.all([findRosterContract(db, contract_id), listRoster(db, contract_id)])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts }
}
