import type { ActionContext } from '#actions/support/action-context.ts'
import { deleteDriftReports, insertDriftLines, listDriftLines, type DriftPosition } from '#db/accounts/drift-lines.ts'
import {
  insertDriftAccounts,
  insertFreedUsers,
  insertMissingUsers,
  listWaiting,
  updateHolders,
  updatePlaces,
  updateUsersAccounts,
} from '#db/accounts/drift-plan.ts'
import type { Database } from '#db/driver/database.ts'
import { runAlone } from '#db/driver/single-statement.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { JOIN_AS_WHOLE } from '#db/driver/whole-joins.ts'
import type { ComparedLine, ReadLine } from '#domain/accounts/drift-line.ts'
import { orderWaiting } from '#domain/accounts/drift-order.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'

const BATCH = 1000
const PLACES_BATCH = 10_000

/**
 * Compares the users of the help desk with the support accounts: reads them to the end, then gives all of them back in
 * the order of their steps, with the accounts that have no user. Whatever their number, a batch is in memory. They are
 * in tables meanwhile, which no transaction holds, so that a slow client keeps nothing waiting.
 */
export async function* reportAccountDrift<Fault>(
  { database, clock, newId }: ActionContext,
  batches: AsyncIterable<ReadLine<Fault>[]>,
): AsyncGenerator<ComparedLine<Fault>[], void> {
  const report_id = newId()
  const today = clock.today()
  try {
    let last_line = 0
    for await (const lines of batches) {
      last_line = lines.at(-1)?.line ?? last_line
      await runAlone(database, insertDriftLines(report_id, lines))
    }
    await compare(database, report_id, today, last_line)
    yield* comparedLines<Fault>(database, report_id, today)
  } finally {
    await runAlone(database, deleteDriftReports(report_id, FIRST_UUID))
  }
}

async function compare(database: Database, report_id: string, today: string, last_line: number): Promise<void> {
  await inTransaction(database, async trx => {
    await trx.run(JOIN_AS_WHOLE)
    await trx.run(insertDriftAccounts(report_id, today))
    await trx.run(updateUsersAccounts(report_id))
    await trx.run(insertMissingUsers(report_id, last_line))
    await trx.run(updateHolders(report_id))
    const { places, freed } = orderWaiting(await listWaiting(trx, report_id))
    for (let from = 0; from < places.length; from += PLACES_BATCH)
      await trx.run(updatePlaces(report_id, places.slice(from, from + PLACES_BATCH)))
    if (freed.length > 0) await trx.run(insertFreedUsers(report_id, freed))
  })
}

async function* comparedLines<Fault>(
  database: Database,
  report_id: string,
  today: string,
): AsyncGenerator<ComparedLine<Fault>[], void> {
  for (let after: DriftPosition = { anchor: 0, depth: 0, line: 0 }; ;) {
    const lines = await listDriftLines<Fault>(database, report_id, today, { after, limit: BATCH })
    yield lines
    const last = lines.at(-1)
    if (last === undefined || lines.length < BATCH) return
    after = last
  }
}
