import type { ActionContext } from '#actions/support/action-context.ts'
import { insertDisclosure, insertDisclosureWithList } from '#db/personal-data/disclosures.ts'
import type { Db } from '#db/driver/database.ts'
import { runAlone } from '#db/driver/single-statement.ts'
import type { Disclosure } from '#domain/personal-data/disclosure.ts'

/**
 * R31: reads one list and records who takes it, in one step and one round trip: no list without its record. A
 * connection of the pool carries it, because other reads must not wait for what it writes.
 */
export function disclosing({ database }: ActionContext, disclosure: Disclosure, most_rows: number | null): Db {
  return {
    run: async statement => await runAlone(database, insertDisclosureWithList(statement, disclosure, most_rows)),
  }
}

/** R31: records a list that several statements have read, before it is answered. */
export async function recordDisclosure({ database }: ActionContext, disclosure: Disclosure, rows: number) {
  await runAlone(database, insertDisclosure(disclosure, rows))
}
