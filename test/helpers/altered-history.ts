import { verifyHistory, type Verification } from '#actions/history/verify-history.ts'
import type { Database } from '#db/driver/database.ts'
import type { HistoryHead } from '#db/history/history-chain.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'

/** Sends a statement that needs no values. */
export async function run(trx: Transaction, text: string): Promise<any[]> {
  return await trx.run({ name: '', text, values: [] })
}

/** What verification finds after a role with all rights has changed something, which the test then undoes. */
export async function foundAfter(
  owner: Database,
  tamper: (trx: Transaction) => Promise<unknown>,
  known?: HistoryHead,
): Promise<Verification['broken']> {
  let broken: Verification['broken'] = null
  await inTransaction(owner, async trx => {
    await tamper(trx)
    broken = (await verifyHistory(trx, known)).broken
    throw new Error('undone')
  }).catch((error: Error) => {
    if (error.message !== 'undone') throw error
  })
  return broken
}

/** The entries that erasures redacted, and how many erasures each. */
export const REDACTED = `
  select named.id::bigint as history_id, count(*)::integer as times
  from history cross join jsonb_array_elements_text(after -> 'redacted_history_ids') as named (id)
  group by named.id
  order by named.id::bigint`

/** What alters an entry of history, as a part of an update. */
export const ALTERATIONS = [
  `occurred_at = occurred_at + interval '1 second'`,
  `actor = actor || 'x'`,
  `request_id = 'other'`,
  `event = 'contact.other'`,
  `subject_id = 'other'`,
  `customer_id = 'other'`,
  `source = 'job'`,
  `on_behalf_of = 'somebody'`,
  `requested_by = '{"name":"other"}'`,
  `after = coalesce(after, '{}') || '{"x":1}'`,
  `before = '{"x":1}'`,
  `salt = gen_random_uuid()`,
]
