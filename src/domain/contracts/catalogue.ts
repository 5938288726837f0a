import type { SeatProduct } from '#domain/contracts/seat-limit.ts'
import type { AppKind } from '#domain/vocabulary.ts'

/** A product as the catalogue keeps it (R6). */
export type Product = SeatProduct & { product_id: string; name: string; updated_at: string }

/** An app or an option as the catalogue keeps it (R1, R6). */
export type App = { app_id: string; name: string; kind: AppKind; updated_at: string }

/** Whether two versions of a product give every contract the same seats. */
export function givesSameSeats(a: SeatProduct, b: SeatProduct): boolean {
  return (
    a.base_seats === b.base_seats &&
    a.counts_apps === b.counts_apps &&
    a.counts_connections === b.counts_connections &&
    new Set(a.bundled_app_ids).symmetricDifference(new Set(b.bundled_app_ids)).size === 0
  )
}
