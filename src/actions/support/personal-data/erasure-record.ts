import type { ErasablePerson } from '#actions/support/personal-data/erasable-people.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listAccountsLeft } from '#db/personal-data/erasures.ts'
import type { HistoryEntry } from '#db/history/history.ts'
import { listAccountsByIds } from '#db/accounts/support-accounts.ts'
import { ERASED } from '#domain/erased-text.ts'
import { supportAccountView, type SupportAccount } from '#domain/accounts/support-account-view.ts'

type Erased = { account_ids: readonly string[]; contact_ids: readonly string[]; now: string }

/**
 * R37: the record of the accounts whose answers an erasure changes: those that no other person has or had, and
 * those that still name the person among the people who may read them. Answers from before the erasure are not kept.
 */
export async function erasedAccountEntries(
  trx: Transaction,
  people: readonly ErasablePerson[],
  { now, today }: { now: string; today: string },
): Promise<HistoryEntry[]> {
  const contact_ids = people.flatMap(({ contacts }) => contacts.map(({ contact_id }) => contact_id))
  const erased = { account_ids: people.flatMap(({ account_ids }) => account_ids), contact_ids, now }
  const left = await listAccountsLeft(trx, erased.contact_ids)
  const ids = [...new Set([...erased.account_ids, ...left.map(({ account_id }) => account_id)])]
  const accounts = await listAccountsByIds(trx, ids, today)
  return accounts
    .filter(account => erased.account_ids.includes(account.account_id) || account.closed_at === null)
    .map(account => accountEntry(account, erased))
}

function accountEntry(account: SupportAccount, { account_ids, contact_ids, now }: Erased): HistoryEntry {
  const { account_id, customer_id } = account
  const residual_access = account.residual_access.map(person =>
    contact_ids.includes(person.contact_id) ? { ...person, family_name: ERASED, given_name: null } : person,
  )
  const isOwn = account_ids.includes(account_id)
  const after = supportAccountView({ ...account, residual_access, ...(isOwn && { erased_at: now, external_id: null }) })
  return { event: 'support_account.changed', subject_id: account_id, customer_id, account_id, after }
}
