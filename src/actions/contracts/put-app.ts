import type { ActionContext } from '#actions/support/action-context.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { recalculateSeatLimits } from '#actions/support/contracts/recalculate-seat-limits.ts'
import { findApp, lockCatalogue, upsertApp } from '#db/contracts/catalogue.ts'
import { insertHistory } from '#db/history/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { App } from '#domain/contracts/catalogue.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'

export type AppPut = { app: Omit<App, 'updated_at'>; preconditions: Preconditions; caller: Caller }

/** Adds an app or option to the catalogue, or replaces it. A changed kind changes the limits of its contracts (R6). */
export async function putApp(
  { database, clock }: ActionContext,
  { app: { app_id, name, kind }, preconditions, caller }: AppPut,
): Promise<PutOutcome<App>> {
  return await inTransaction(database, async trx => {
    const [, before] = await Promise.all([lockCatalogue(trx, 'alone'), findApp(trx, app_id)])
    assertPreconditions(preconditions, before === undefined ? null : entityTag(before))
    if (before?.name === name && before.kind === kind) return { value: before, is_new: false }
    const change = { ...caller, occurred_at: monotonicTime(before?.updated_at ?? '', clock.now()) }
    const app = { app_id, name, kind, updated_at: change.occurred_at }
    await upsertApp(trx, app)
    if (before !== undefined && before.kind !== kind)
      await recalculateSeatLimits(
        trx,
        { app_id },
        contract => ({ ...contract, app_kinds: { ...contract.app_kinds, [app_id]: before.kind } }),
        { ...change, today: clock.today() },
      )
    const event = before === undefined ? 'app.created' : 'app.changed'
    await trx.commitWith(insertHistory(change, [{ event, subject_id: app_id, before: before ?? null, after: app }]))
    return { value: app, is_new: before === undefined }
  })
}
