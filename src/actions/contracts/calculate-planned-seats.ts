import type { ActionContext } from '#actions/support/action-context.ts'
import { foundAs, unknownReference, unknownReferences } from '#actions/support/unknown-references.ts'
import { findProduct, listAppKinds } from '#db/contracts/catalogue.ts'
import { RefusedError } from '#domain/refusal.ts'
import { calculateSeats, seatsOf, type Seats, type SeatUse } from '#domain/contracts/seat-limit.ts'

export type PlannedContract = SeatUse & { product_id: string }

/** The seats that a planned contract would have, line by line (R7). Refuses what the catalogue does not know (R9). */
export async function calculatePlannedSeats(
  { database }: ActionContext,
  planned: PlannedContract,
): Promise<PlannedContract & { seats: Seats }> {
  const { product_id, app_ids, connections } = planned
  const product = await findProduct(database, product_id)
  const kinds = await listAppKinds(database, [...app_ids, ...(product?.bundled_app_ids ?? [])])
  const references = unknownReferences(
    foundAs({ resource: 'product', pointer: '#/product_id', id: product_id }, product),
    { resource: 'app', pointer: index => `#/app_ids/${index}`, ids: app_ids, known: kinds },
  )
  if (product === undefined || references.length > 0) throw new RefusedError(unknownReference(references))
  const use = { app_ids: [...new Set(app_ids)], connections }
  return { product_id, ...use, seats: seatsOf(calculateSeats(product, use, kinds), 0) }
}
