import type { ImportWork } from '#actions/support/imports/import-parts.ts'
import { listCustomersByIds, upsertCustomers, type Customer } from '#db/contracts/customers.ts'
import { lockThings } from '#db/driver/locks.ts'
import { insertHistory, type HistoryEntry } from '#db/history/history.ts'
import { doneRow } from '#domain/imports/import-row-outcome.ts'
import type { ImportRow, RowOutcome } from '#domain/imports/import.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'

/** Takes over customers in the order of their lines, as `putCustomer` does one by one. */
export async function importCustomers(
  { context, trx, caller }: ImportWork,
  rows: readonly ImportRow[],
): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map(({ customer_id }) => customer_id ?? ''))].toSorted()
  const [, known] = await Promise.all([lockThings(trx, 'customer', ids), listCustomersByIds(trx, ids)])
  const last = new Map(rows.map(({ fields }) => [fields['customer_id'], fields['name']]))
  const same = new Set(ids.filter(id => known.get(id)?.name === last.get(id))) // also where lines contradict each other
  const written = new Map<string, Customer>()
  const entries: HistoryEntry[] = []
  const outcomes = rows.map(row => {
    const { customer_id = '', name = '' } = row.fields as Partial<Customer>
    const before = known.get(customer_id)
    if (before?.name === name || same.has(customer_id)) return doneRow(row, 'unchanged')
    const after = { customer_id, name, updated_at: monotonicTime(before?.updated_at ?? '', context.clock.now()) }
    known.set(customer_id, after)
    written.set(customer_id, after)
    entries.push(customerEntry(before, after))
    return doneRow(row, before === undefined ? 'created' : 'changed')
  })
  if (written.size > 0)
    await Promise.all([
      trx.run(upsertCustomers([...written.values()])),
      trx.run(insertHistory({ ...caller, occurred_at: context.clock.now() }, entries)),
    ])
  return outcomes
}

function customerEntry(before: Customer | undefined, after: Customer): HistoryEntry {
  const { customer_id, updated_at: occurred_at } = after
  const event = before === undefined ? 'customer.created' : 'customer.changed'
  return { event, subject_id: customer_id, customer_id, occurred_at, before: before ?? null, after }
}
