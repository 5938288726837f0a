import type { FastifyRequest } from 'fastify'
import type { FoundContact } from '#db/rosters/contact-search.ts'
import type { CustomerSearchPosition } from '#db/contracts/customer-search.ts'
import type { Customer } from '#db/contracts/customers.ts'
import { contactAnswer } from '#domain/contact.ts'
import { searchPageOf } from '#http/request/paging.ts'

/** Answers a page of the contacts that a search found. */
export function answerFoundContacts(request: FastifyRequest, contacts: readonly FoundContact[]) {
  return searchPageOf(
    request,
    contacts,
    ({ contact_id, part, removed_at }) =>
      part === undefined ? { contact_id } : { contact_id, part, is_removed: removed_at !== null },
    contactAnswer,
  )
}

/** Answers a page of the customers that a search found. */
export function answerFoundCustomers(
  request: FastifyRequest,
  customers: readonly (Customer & CustomerSearchPosition)[],
) {
  return searchPageOf(
    request,
    customers,
    ({ customer_id, part }) => ({ customer_id, part }),
    ({ part: _part, ...customer }) => customer,
  )
}
