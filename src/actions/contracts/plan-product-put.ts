import type { ActionContext } from '#actions/support/action-context.ts'
import { planSeatLimits } from '#actions/support/contracts/plan-seat-limits.ts'
import { assertKnown } from '#actions/support/unknown-references.ts'
import { findProduct, listAppKinds } from '#db/contracts/catalogue.ts'
import type { CataloguePlan } from '#domain/contracts/catalogue-plan.ts'
import type { Product } from '#domain/contracts/catalogue.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'

/** Which contracts a changed product would move, and which would be newly over their limit (R6, R27). */
export async function planProductPut(
  { database }: ActionContext,
  { product, preconditions }: { product: Omit<Product, 'updated_at'>; preconditions: Preconditions },
): Promise<CataloguePlan> {
  const { product_id, bundled_app_ids } = product
  const [before, kinds] = await Promise.all([
    findProduct(database, product_id),
    listAppKinds(database, bundled_app_ids),
  ])
  assertPreconditions(preconditions, before === undefined ? null : entityTag(before))
  assertKnown({
    resource: 'app',
    pointer: index => `#/bundled_app_ids/${index}`,
    ids: bundled_app_ids,
    known: kinds,
  })
  return await planSeatLimits(database, { product_id }, contract => ({
    ...contract,
    product,
    app_kinds: { ...contract.app_kinds, ...Object.fromEntries(kinds) },
  }))
}
