import { listAccountsByIds, listAccountsLeft } from '#db/accounts/support-accounts.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { HistoryEntry } from '#db/history/history.ts'
import { supportAccountView, type SupportAccount } from '#domain/accounts/support-account-view.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { RosterPlan } from '#domain/rosters/roster-plan.ts'

/**
 * R37: the record of accounts that people have left and may still read, where these people get another name (R21). They
 * are looked up only where a name changes, and locked by their addresses: they are at none of the change.
 */
export async function residualEntries(
  trx: Transaction,
  plans: readonly RosterPlan[],
  today: string,
): Promise<HistoryEntry[]> {
  const names = new Map(plans.flatMap(changedNames))
  if (names.size === 0) return []
  const recorded = new Set(plans.flatMap(({ records }) => [...records.keys()]))
  const left = (await listAccountsLeft(trx, [...names.keys()])).filter(({ account_id }) => !recorded.has(account_id))
  if (left.length === 0) return []
  const addresses = left.map(({ email_key }) => email_key)
  await lockThings(trx, 'address', addresses)
  const accounts = await listAccountsByIds(
    trx,
    left.map(({ account_id }) => account_id),
    today,
  )
  return accounts.flatMap(account => residualEntry(account, names))
}

function changedNames({ changed }: RosterPlan): [string, PersonName][] {
  return changed
    .filter(({ before, after }) => before.family_name !== after.family_name || before.given_name !== after.given_name)
    .map(({ after: { contact_id, family_name, given_name } }) => [contact_id, { family_name, given_name }])
}

/** A closed account names nobody who left, and so does not change. */
function residualEntry(account: SupportAccount, names: ReadonlyMap<string, PersonName>): HistoryEntry[] {
  const { account_id, customer_id } = account
  const residual_access = account.residual_access.map(person => ({ ...person, ...names.get(person.contact_id) }))
  const [before, after] = [supportAccountView(account), supportAccountView({ ...account, residual_access })]
  if (before.residual_access.length === 0) return []
  return [{ event: 'support_account.changed', subject_id: account_id, customer_id, account_id, before, after }]
}
