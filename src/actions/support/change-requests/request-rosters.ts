import type { ActionContext } from '#actions/support/action-context.ts'
import { findRoster, findRosters } from '#actions/support/rosters/find-roster.ts'
import { findContractsOfPerson } from '#actions/support/rosters/person-rosters.ts'
import type { Db } from '#db/driver/database.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockContractsInPlace } from '#db/rosters/roster.ts'
import type { AskedChange } from '#domain/change-requests/change-request.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'

type Asked = Pick<AskedChange, 'contract_id' | 'person_change'>

/** Where the body that a client has sent names the contract or the person of a request. */
type Places = Record<'contact' | 'contract', string>

/** The body is a change request, or a change of one. */
const IN_THE_REQUEST: Places = { contact: '#/person_change/contact_id', contract: '#/contract_id' }

/** The body names neither: it decides a request that was filed before. */
export const IN_NO_FIELD: Places = { contact: '#', contract: '#' }

/**
 * The contracts that a request is about: its own, or those that list its person now (R34). Refuses a person who is on
 * none any more.
 */
export async function findRequestContracts(
  context: ActionContext,
  db: Db,
  asked: Asked,
  places = IN_THE_REQUEST,
): Promise<string[]> {
  const { contract_id, person_change } = asked
  if (person_change === null) return contract_id === null ? [] : [contract_id]
  return await named(
    'contact',
    person_change.contact_id,
    async () => await findContractsOfPerson(context, db, person_change.contact_id),
    places,
  )
}

/** Their rosters, without a lock. The request names the contract, so that an unknown one is an unknown reference. */
export async function findRequestRosters(
  context: ActionContext,
  db: Db,
  asked: Asked,
  places = IN_THE_REQUEST,
): Promise<Roster[]> {
  const today = context.clock.today()
  const { contract_id } = asked
  if (contract_id !== null)
    return [await named('contract', contract_id, async () => await findRoster(db, contract_id, today), places)]
  return await findRosters(db, await findRequestContracts(context, db, asked, places), today)
}

/** The same for a request that is filed: until that is done, no contract changes or goes to another customer (R36). */
export async function lockRequestRosters(context: ActionContext, trx: Transaction, asked: Asked): Promise<Roster[]> {
  const { contract_id } = asked
  const contract_ids = contract_id === null ? await findRequestContracts(context, trx, asked) : [contract_id]
  const [, rosters] = await Promise.all([
    lockContractsInPlace(trx, contract_ids),
    findRequestRosters(context, trx, asked),
  ])
  return rosters
}

/** The same, where a thing that the request names and the registry does not hold is an unknown reference. */
export async function named<T>(
  resource: keyof Places,
  id: string,
  find: () => Promise<T>,
  places = IN_THE_REQUEST,
): Promise<T> {
  return await find().catch((error: unknown) => {
    if (!(error instanceof RefusedError) || error.refusals[0].type !== 'not-found') throw error
    throw new RefusedError({ type: 'unknown-reference', references: [{ pointer: places[resource], resource, id }] })
  })
}
