import type { ContactFilter, ContactPosition } from '#db/rosters/contacts.ts'
import { listContacts, positionAfter as contactPosition } from '#db/rosters/contacts.ts'
import type { ContractFilter, ContractPosition } from '#db/contracts/contract-pages.ts'
import { listContracts, positionAfter as contractPosition } from '#db/contracts/contract-pages.ts'
import { listCustomers, type Customer, type CustomerPosition } from '#db/contracts/customers.ts'
import { listSupportAccounts, type SupportAccountFilter } from '#db/accounts/support-accounts.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import { contractView, type Contract, type ContractView } from '#domain/contracts/contract.ts'
import {
  supportAccountView,
  type SupportAccount,
  type SupportAccountView,
} from '#domain/accounts/support-account-view.ts'
import { FIRST_CONTACT, isContactPosition } from '#http/request/rosters/contact-filter.ts'
import { contractPage } from '#http/request/contracts/contract-position.ts'
import { FIRST_CUSTOMER, isCustomerPosition } from '#http/request/contracts/customer-position.ts'
import { pageByUuid, pageRequest } from '#http/request/paging.ts'
import type { List } from '#http/response/list-answer.ts'
import {
  ACCOUNT_COLUMNS,
  CONTACT_COLUMNS_OF_FILE,
  CONTRACT_COLUMNS,
  CUSTOMER_COLUMNS,
} from '#http/response/list-columns.ts'

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

/** The present contacts that fit a filter, on a day. */
export function contactList(filter: ContactFilter, today: string): List<ContactPosition, Contact, ContactView> {
  return {
    type: 'contact',
    name: 'contacts',
    columns: CONTACT_COLUMNS_OF_FILE,
    read: async (db, page) => await listContacts(db, filter, page, today),
    page: request => pageRequest(request, FIRST_CONTACT, isContactPosition),
    position: contact => contactPosition(contact, filter),
    view: contactView,
  }
}

/** The support accounts that fit a filter on a day. */
export function supportAccountList(
  filter: SupportAccountFilter,
  today: string,
): List<string, SupportAccount, SupportAccountView> {
  return {
    type: 'support_account',
    name: 'support-accounts',
    columns: ACCOUNT_COLUMNS,
    read: async (db, page) => await listSupportAccounts(db, filter, today, page),
    page: pageByUuid,
    position: ({ account_id }) => account_id,
    view: supportAccountView,
  }
}
