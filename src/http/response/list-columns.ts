import type { Customer } from '#db/contracts/customers.ts'
import type { ContractView } from '#domain/contracts/contract.ts'
import type { Column } from '#http/response/list-formats.ts'

// The columns of the lists as CSV. Semicolons divide the entries of a list in a cell.

export const CUSTOMER_COLUMNS: readonly Column<Customer>[] = [
  ['customer_id', item => item.customer_id],
  ['name', item => item.name],
  ['updated_at', item => item.updated_at],
]

export const CONTRACT_COLUMNS: readonly Column<ContractView>[] = [
  ['contract_id', item => item.contract_id],
  ['customer_id', item => item.customer_id],
  ['product_id', item => item.product_id],
  ['app_ids', item => item.app_ids.join(';')],
  ['connections', item => item.connections],
  ['starts_on', item => item.starts_on],
  ['ends_on', item => item.ends_on],
  ['state', item => item.state],
  ['registration', item => item.registration],
  ['seat_limit', item => item.seats.limit],
  ['seats_used', item => item.seats.used],
  ['seats_over', item => item.seats.over],
  ['updated_at', item => item.updated_at],
]
