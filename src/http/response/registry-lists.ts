import type { ContractFilter, ContractPosition } from '#db/contracts/contract-pages.ts'
import { listContracts, positionAfter as contractPosition } from '#db/contracts/contract-pages.ts'
import { listCustomers, type Customer, type CustomerPosition } from '#db/contracts/customers.ts'
import { contractView, type Contract, type ContractView } from '#domain/contracts/contract.ts'
import { contractPage } from '#http/request/contracts/contract-position.ts'
import { FIRST_CUSTOMER, isCustomerPosition } from '#http/request/contracts/customer-position.ts'
import { pageRequest } from '#http/request/paging.ts'
import type { List } from '#http/response/list-answer.ts'
import { CONTRACT_COLUMNS, CUSTOMER_COLUMNS } from '#http/response/list-columns.ts'

/** The customers, or those changed since a moment. */
export function customerList(filter: { updated_since?: string }): List<CustomerPosition, Customer, Customer> {
  return {
    type: 'customer',
    name: 'customers',
    columns: CUSTOMER_COLUMNS,
    read: async (db, page) => await listCustomers(db, filter, page),
    page: request => pageRequest(request, FIRST_CUSTOMER, isCustomerPosition),
    position: ({ customer_id, updated_at }) =>
      filter.updated_since === undefined ? { customer_id } : { customer_id, updated_at },
    view: customer => customer,
  }
}

/** The contracts that fit a filter on a day, `YYYY-MM-DD` in the vendor's time zone. */
export function contractList(filter: ContractFilter, today: string): List<ContractPosition, Contract, ContractView> {
  return {
    type: 'contract',
    name: 'contracts',
    columns: CONTRACT_COLUMNS,
    read: async (db, page) => await listContracts(db, filter, today, page),
    page: contractPage,
    position: contract => contractPosition(contract, filter),
    view: contract => contractView(contract, today),
  }
}
