import type { ActionContext } from '#actions/support/action-context.ts'
import { listFoundContacts } from '#db/rosters/contact-search.ts'
import { listFoundCustomers } from '#db/contracts/customer-search.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { foundFor } from '#http/request/personal-data/disclosure-of.ts'
import { searchPageRequest } from '#http/request/paging.ts'
import { contactSearchOf, customerWordsOf } from '#http/request/search-of.ts'
import { isCustomerSearchPosition, isSearchPosition } from '#http/request/search-position.ts'
import { answerFoundContacts, answerFoundCustomers } from '#http/response/rosters/search-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import {
  ContactSearchInput,
  ContactSearchPage,
  CustomerSearchInput,
  CustomerSearchPage,
  searchExamples,
} from '#http/schemas/searches.ts'

export function searchRoutes(app: TypedApp, context: ActionContext): void {
  searchContactsRoute(app, context)
  searchCustomersRoute(app, context)
}

const FOUND_CONTACTS = {
  description: 'A page of the contacts that were found.',
  schema: ref(ContactSearchPage),
  examples: searchExamples.found_contacts,
  headers: ['Events-Cursor'] as const,
}

function searchContactsRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/contact-searches',
    operation({
      operationId: 'searchContacts',
      summary: 'Search contacts',
      description:
        'Finds contacts (問い合わせご担当者) of all customers by any part of the name, by address or by domain. Names are ' +
        'compared by likeness: 髙橋 is found as 高橋, さとう as サトウ. Removed contacts are found only with ' +
        '`include_removed`. The search text is in the body, because names and addresses must not be in URLs; it ' +
        'is not logged. The search changes nothing and may be repeated. The search is recorded as a disclosure ' +
        '(R31), without the name or the address.',
      tag: 'Contacts',
      scope: 'contacts:read',
      personal: true,
      discloses: true,
      optional_body: true,
      request: { body: ref(ContactSearchInput) },
      request_examples: searchExamples.contacts,
      answers: { 200: FOUND_CONTACTS },
      problems: [],
    }),
    async (request, _reply) =>
      answerFoundContacts(
        request,
        await listFoundContacts(
          foundFor(request, context),
          contactSearchOf(request.body),
          searchPageRequest(request, isSearchPosition),
          context.clock.today(),
        ),
      ),
  )
}

function searchCustomersRoute(app: TypedApp, { database }: ActionContext): void {
  app.post(
    '/v1/customer-searches',
    operation({
      operationId: 'searchCustomers',
      summary: 'Search customers',
      description:
        'Finds customers (お客様企業) by any part of the name, compared by likeness as in `searchContacts`. The search ' +
        'changes nothing and may be repeated.',
      tag: 'Customers',
      scope: 'customers:read',
      personal: true,
      request: { body: ref(CustomerSearchInput) },
      request_examples: searchExamples.customers,
      answers: {
        200: {
          description: 'A page of the customers that were found.',
          schema: ref(CustomerSearchPage),
          examples: searchExamples.found_customers,
          headers: ['Events-Cursor'],
        },
      },
      problems: [],
    }),
    async (request, _reply) =>
      answerFoundCustomers(
        request,
        await listFoundCustomers(
          database,
          customerWordsOf(request.body),
          searchPageRequest(request, isCustomerSearchPosition),
        ),
      ),
  )
}
