import type pg from 'pg'
import t from 'tap'
import { explain, recordingDb } from '../helpers/query-plan.ts'
import type { Db } from '#db/driver/database.ts'

/** The most rows read for a row shown: contracts are read with their apps, accounts with contacts and contracts. */
const ROWS_PER_ITEM = 8
const BLOCKS_PER_ITEM = 40

/** A test that a read scans no table, and reads and sorts little more than it shows. */
export function testReads(client: pg.Client, name: string, query: (db: Db) => Promise<unknown>, items: number): void {
  t.test(name, async t => {
    const db = recordingDb()
    await query(db)
    for (const statement of db.statements) {
      for (const mode of ['custom', 'generic'] as const) {
        const cost = await explain(client, statement, mode)
        t.strictSame(cost.scanned, [], `${mode} plan: no table is read from end to end`)
        t.ok(cost.sorted <= items, `${mode} plan: sorts at most what it shows (${cost.sorted} rows)`)
        t.ok(cost.read <= items * ROWS_PER_ITEM, `${mode} plan: reads little more than it shows (${cost.read} rows)`)
        t.ok(cost.blocks <= items * BLOCKS_PER_ITEM, `${mode} plan: touches few pages (${cost.blocks})`)
      }
    }
  })
}
