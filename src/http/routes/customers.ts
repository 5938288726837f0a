import { Type } from 'typebox'
import { putCustomer } from '#actions/put-customer.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findCustomer, listCustomers } from '#db/customers.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { pageById } from '#http/request/paging.ts'
import { requesterOf } from '#http/request/requester-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPage } from '#http/response/page-answer.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, ConditionalWriteHeaders } from '#http/schemas/conditional-headers.ts'
import { Customer, customerExamples, customerId, CustomerInput, CustomerPage } from '#http/schemas/customers.ts'

const CustomerPath = Type.Object({ customer_id: customerId })

const links = {
  listContracts: {
    operationId: 'listContracts',
    description: "Lists the customer's contracts.",
    parameters: { customer_id: '$response.body#/customer_id' },
  },
}

export function customerRoutes(app: TypedApp, context: ActionContext): void {
  listCustomersRoute(app, context)
  getCustomerRoute(app, context)
  putCustomerRoute(app, context)
}

function listCustomersRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/customers',
    operation({
      operationId: 'listCustomers',
      summary: 'List the customers',
      description: 'Lists the customers (お客様企業) that the CRM has fed, in the order of their ids.',
      tag: 'Customers',
      scope: 'customers:read',
      request: { querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of customers.',
          schema: ref(CustomerPage),
          examples: customerExamples.page,
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answerPage(
        request,
        reply,
        await listCustomers(database, pageById(request)),
        row => row.customer_id,
        row => row,
      ),
  )
}

function getCustomerRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/customers/:customer_id',
    operation({
      operationId: 'getCustomer',
      summary: 'Read a customer',
      description: 'Reads one customer. 404 where the CRM has fed none under this id.',
      tag: 'Customers',
      scope: 'customers:read',
      request: { params: CustomerPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The customer.',
          schema: ref(Customer),
          examples: customerExamples.answer,
          headers: ['ETag'],
          links,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(request, reply, orNotFound(await findCustomer(database, request.params.customer_id), 'customer')),
  )
}

function putCustomerRoute(app: TypedApp, context: ActionContext): void {
  app.put(
    '/v1/customers/:customer_id',
    operation({
      operationId: 'putCustomer',
      summary: 'Feed a customer',
      description:
        'Takes over what the CRM says of a customer (お客様企業): creates it (201) or replaces it (200). The same again changes nothing, so the CRM may repeat itself. A customer has to be here before its contracts.',
      tag: 'Customers',
      scope: 'customers:write',
      request: { params: CustomerPath, headers: ConditionalWriteHeaders, body: ref(CustomerInput) },
      request_examples: customerExamples.input,
      answers: {
        200: {
          description: 'The customer, replaced or unchanged.',
          schema: ref(Customer),
          examples: customerExamples.answer,
          headers: ['ETag'],
          links,
        },
        201: {
          description: 'The customer, new here.',
          schema: ref(Customer),
          examples: customerExamples.answer,
          headers: ['ETag', 'Location'],
          links,
        },
      },
      problems: ['precondition-failed'],
    }),
    async (request, reply) =>
      answerPut(
        request,
        reply,
        await putCustomer(context, {
          customer: { customer_id: request.params.customer_id, ...request.body },
          preconditions: preconditionsOf(request),
          requester: requesterOf(request),
        }),
      ),
  )
}
