import type { ActionContext } from '#actions/support/action-context.ts'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { recalculateSeatLimits } from '#actions/support/contracts/recalculate-seat-limits.ts'
import { assertKnown } from '#actions/support/unknown-references.ts'
import { findProduct, listAppKinds, lockCatalogue, updateBundledApps, upsertProduct } from '#db/contracts/catalogue.ts'
import { insertHistory } from '#db/history/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { givesSameSeats, type Product } from '#domain/contracts/catalogue.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'

export type ProductPut = {
  product: Omit<Product, 'updated_at'>
  preconditions: Preconditions
  caller: Caller
}

/** Adds a product to the catalogue, or replaces it and recalculates the limit of each of its contracts (R6, R27). */
export async function putProduct({ database, clock }: ActionContext, put: ProductPut): Promise<PutOutcome<Product>> {
  const { preconditions, caller } = put
  const given = { ...put.product, bundled_app_ids: [...new Set(put.product.bundled_app_ids)] }
  const { product_id } = given
  return await inTransaction(database, async trx => {
    const [, before, kinds] = await Promise.all([
      lockCatalogue(trx, 'alone'),
      findProduct(trx, product_id),
      listAppKinds(trx, given.bundled_app_ids),
    ])
    assertPreconditions(preconditions, before === undefined ? null : entityTag(before))
    assertKnown({
      resource: 'app',
      pointer: index => `#/bundled_app_ids/${index}`,
      ids: put.product.bundled_app_ids,
      known: kinds,
    })
    if (before !== undefined && isUnchanged(before, given)) return { value: before, is_new: false }
    const change = { ...caller, occurred_at: monotonicTime(before?.updated_at ?? '', clock.now()) }
    const product = { ...given, updated_at: change.occurred_at }
    await Promise.all([upsertProduct(trx, product), updateBundledApps(trx, product_id, product.bundled_app_ids)])
    if (before !== undefined && !givesSameSeats(before, product)) {
      const formerKinds = Object.fromEntries(await listAppKinds(trx, before.bundled_app_ids))
      await recalculateSeatLimits(
        trx,
        { product_id },
        contract => ({ ...contract, product: before, app_kinds: { ...contract.app_kinds, ...formerKinds } }),
        { ...change, today: clock.today() },
      )
    }
    const event = before === undefined ? 'product.created' : 'product.changed'
    await trx.commitWith(
      insertHistory(change, [{ event, subject_id: product_id, before: before ?? null, after: product }]),
    )
    return { value: product, is_new: before === undefined }
  })
}

function isUnchanged(before: Product, given: Omit<Product, 'updated_at'>): boolean {
  return entityTag(before) === entityTag({ ...given, updated_at: before.updated_at })
}
