import type { ActionContext } from '#actions/support/action-context.ts'
import { runAlone } from '#db/driver/single-statement.ts'
import { deleteOldDeliveries } from '#db/webhooks/webhook-deliveries.ts'
import { firstUuidOf } from '#domain/first-uuid.ts'

const KEPT = 30 * 24 * 60 * 60 * 1000

/** Deletes the deliveries that were made 30 days ago or earlier and are over. */
export async function purgeWebhookDeliveries({
  database,
  clock,
}: Pick<ActionContext, 'database' | 'clock'>): Promise<void> {
  await runAlone(database, deleteOldDeliveries(firstUuidOf(Date.parse(clock.now()) - KEPT)))
}
