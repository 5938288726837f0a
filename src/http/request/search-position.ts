import type { SearchPosition } from '#db/rosters/contact-search.ts'
import type { CustomerSearchPosition } from '#db/contracts/customer-search.ts'
import { isIdPosition, isUuid } from '#http/request/paging.ts'

/** Whether a cursor holds a place in a search of contacts. */
export function isSearchPosition(value: unknown): value is SearchPosition {
  const { contact_id, part, is_removed } = (value ?? {}) as Record<string, unknown>
  const isByName = typeof part === 'string' && typeof is_removed === 'boolean'
  return isUuid(contact_id) && (isByName || (part === undefined && is_removed === undefined))
}

/** Whether a cursor holds a place in a search of customers. */
export function isCustomerSearchPosition(value: unknown): value is CustomerSearchPosition {
  const { customer_id, part } = (value ?? {}) as Record<string, unknown>
  return isIdPosition(customer_id) && typeof part === 'string'
}
