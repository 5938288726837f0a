import type { ActionContext } from '#actions/support/action-context.ts'
import { lockPerson } from '#actions/support/rosters/lock-person.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { lockReturning } from '#actions/support/change-requests/returning-contacts.ts'
import { named } from '#actions/support/change-requests/request-rosters.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { AddressAccounts, Roster } from '#domain/roster.ts'

/** The rosters of a request, and the accounts of the addresses, where they were locked with them. */
export type LockedRequest = { rosters: readonly Roster[]; accounts?: AddressAccounts | undefined }

/** Locks the contracts that a request is about, to apply it. The caller has locked the request before. */
export async function lockRequest(
  context: ActionContext,
  trx: Transaction,
  { contract_id, person_change, operations }: ChangeRequest,
): Promise<LockedRequest> {
  if (contract_id !== null) {
    const rosters = [await lockRoster(context, trx, contract_id)]
    await lockReturning(context, trx, operations)
    return { rosters }
  }
  if (person_change === null) throw new Error('a request is about a contract or a person')
  return await named('contact', person_change.contact_id, async () => await lockPerson(context, trx, person_change))
}
