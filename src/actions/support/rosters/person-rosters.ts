import type { ActionContext } from '#actions/support/action-context.ts'
import type { Db } from '#db/driver/database.ts'
import { findPersonContracts } from '#db/rosters/persons.ts'
import type { Contact } from '#domain/contact.ts'
import { hasEnded } from '#domain/contracts/contract-term.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'

/**
 * The ids of the contracts in force that list the person of a contact (R34). Refuses a contact that never existed
 * or was removed, and one of a contract that has ended (R28).
 */
export async function findContractsOfPerson({ clock }: ActionContext, db: Db, contact_id: string): Promise<string[]> {
  const found = await findPersonContracts(db, contact_id, clock.today())
  if (found === undefined) throw new RefusedError({ type: 'not-found', resource: 'contact' })
  const { contract_id, contract_ids, ends_on, removed_at } = found
  if (removed_at !== null) throw new RefusedError({ type: 'not-found', resource: 'contact', removed: true })
  if (hasEnded({ ends_on }, clock.today()))
    throw new RefusedError({ type: 'contract-not-in-force', contract_id, state: 'ended', ends_on })
  return contract_ids
}

/** The contact among rosters that were read after its contracts were looked up. Refuses one that was removed since. */
export function contactAmong(rosters: readonly Roster[], contact_id: string): Contact {
  const contact = rosters.flatMap(({ contacts }) => contacts).find(other => other.contact_id === contact_id)
  if (contact === undefined) throw new RefusedError({ type: 'not-found', resource: 'contact', removed: true })
  return contact
}
