import type { ActionContext } from '#actions/support/action-context.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { recalculateSeatLimits } from '#actions/support/recalculate-seat-limits.ts'
import { findApp, lockCatalogue, upsertApp } from '#db/catalogue.ts'
import { insertHistory } from '#db/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { App } from '#domain/catalogue.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Requester } from '#domain/requester.ts'

export type AppPut = { app: App; preconditions: Preconditions; requester: Requester }

/** Adds an app or option to the catalogue, or replaces it. A changed kind changes the limits of its contracts (R6). */
export async function putApp(
  { database, clock }: ActionContext,
  { app, preconditions, requester }: AppPut,
): Promise<PutOutcome<App>> {
  const { app_id } = app
  return await inTransaction(database, async trx => {
    const [, before] = await Promise.all([lockCatalogue(trx, 'alone'), findApp(trx, app_id)])
    assertPreconditions(preconditions, before === undefined ? null : entityTag(before))
    if (before !== undefined && entityTag(before) === entityTag(app)) return { value: before, is_new: false }
    const change = { ...requester, occurred_at: clock.now() }
    await upsertApp(trx, app)
    if (before !== undefined && before.kind !== app.kind)
      await recalculateSeatLimits(
        trx,
        { app_id },
        contract => ({ ...contract, app_kinds: { ...contract.app_kinds, [app_id]: before.kind } }),
        change,
      )
    const event = before === undefined ? 'app.created' : 'app.changed'
    await trx.commitWith(insertHistory(change, [{ event, subject_id: app_id, before: before ?? null, after: app }]))
    return { value: app, is_new: before === undefined }
  })
}
