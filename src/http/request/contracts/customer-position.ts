import type { CustomerPosition } from '#db/contracts/customers.ts'
import { isMoment } from '#domain/moment.ts'
import { isIdPosition } from '#http/request/paging.ts'

/** The position before the first customer of a list. */
export const FIRST_CUSTOMER: CustomerPosition = { customer_id: '' }

/** Whether a cursor holds a place in a list of customers. */
export function isCustomerPosition(value: unknown): value is CustomerPosition {
  const { customer_id, updated_at } = (value ?? {}) as Record<string, unknown>
  return isIdPosition(customer_id) && (updated_at === undefined || isMoment(updated_at))
}
