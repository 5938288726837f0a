import type { ActionContext } from '#actions/support/action-context.ts'
import { deleteDriftReports } from '#db/accounts/drift-lines.ts'
import { runAlone } from '#db/driver/single-statement.ts'
import { FIRST_UUID, firstUuidOf } from '#domain/first-uuid.ts'

const DAY = 24 * 60 * 60 * 1000

/** Deletes what drift reports stored whose process died a day ago or longer: it is personal data. */
export async function purgeDriftReports({ database, clock }: Pick<ActionContext, 'database' | 'clock'>): Promise<void> {
  const day_ago = firstUuidOf(Date.parse(clock.now()) - DAY)
  await runAlone(database, deleteDriftReports(FIRST_UUID, day_ago))
}
