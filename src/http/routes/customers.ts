import { Type } from 'typebox'
import { deleteCustomer } from '#actions/contracts/delete-customer.ts'
import { putCustomer } from '#actions/contracts/put-customer.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findCustomer } from '#db/contracts/customers.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { sinceMoment } from '#http/request/moment-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { noContent } from '#http/response/no-content.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerList } from '#http/response/list-answer.ts'
import { customerList } from '#http/response/registry-lists.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { listQuery, NOT_MODIFIED, updatedSince } from '#http/schemas/common.ts'
import {
  ConditionalChangeHeaders,
  ConditionalReadHeaders,
  ConditionalWriteHeaders,
} from '#http/schemas/conditional-headers.ts'
import {
  Customer,
  customerExamples,
  customerId,
  CustomerInput,
  CustomerPage,
} from '#http/schemas/contracts/customers.ts'
import { fileParameters, FILES_OF_LIST, filesOf } from '#http/schemas/list-files.ts'
import { MISTAKEN_CUSTOMER_ID } from '#http/schemas/examples.ts'

const CustomerPath = Type.Object({ customer_id: customerId })

const links = {
  listContracts: {
    operationId: 'listContracts',
    description: "Lists the customer's contracts.",
    parameters: { customer_id: '$response.body#/customer_id' },
  },
}

function sinceOf({ updated_since }: { updated_since?: string }): { updated_since?: string } {
  return updated_since === undefined ? {} : { updated_since: sinceMoment(updated_since) }
}

export function customerRoutes(app: TypedApp, context: ActionContext): void {
  listCustomersRoute(app, context)
  getCustomerRoute(app, context)
  putCustomerRoute(app, context)
  deleteCustomerRoute(app, context)
}

function listCustomersRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/customers',
    operation({
      operationId: 'listCustomers',
      summary: 'List the customers',
      description:
        'Lists the customers (お客様企業) in the order of their ids; with `updated_since`, in the order of their ' +
        `changes. ${FILES_OF_LIST}`,
      tag: 'Customers',
      scope: 'customers:read',
      request: {
        querystring: listQuery({ updated_since: updatedSince, ...fileParameters }),
        headers: ConditionalReadHeaders,
      },
      answers: {
        200: {
          description: 'A page of customers.',
          schema: ref(CustomerPage),
          examples: customerExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
          other_forms: filesOf(
            { type: 'customer', ...customerExamples.answer.company.value },
            'customer_id,name,updated_at\r\n',
          ),
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => await answerList(context, request, reply, customerList(sinceOf(request.query))),
  )
}

function getCustomerRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/customers/:customer_id',
    operation({
      operationId: 'getCustomer',
      summary: 'Read a customer',
      description: 'Reads one customer. 404 if the CRM has not sent a customer with this id.',
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

const putCustomerOperation = operation({
  operationId: 'putCustomer',
  summary: 'Create or replace a customer',
  description:
    'Creates (201) or replaces (200) a customer (お客様企業) with the data from the CRM. A repeat changes nothing, ' +
    'so the CRM may send it again. A customer must be registered before its contracts.',
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
})

function putCustomerRoute(app: TypedApp, context: ActionContext): void {
  app.put('/v1/customers/:customer_id', putCustomerOperation, async (request, reply) =>
    answerPut(
      request,
      reply,
      await putCustomer(context, {
        customer: { customer_id: request.params.customer_id, ...request.body },
        preconditions: preconditionsOf(request),
        caller: callerOf(request),
      }),
    ),
  )
}

function deleteCustomerRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/customers/:customer_id',
    operation({
      operationId: 'deleteCustomer',
      summary: 'Delete a customer without contracts',
      description:
        'Deletes a customer (お客様企業) that has no contract (R36). Its history stays. A customer that has contracts ' +
        'cannot be deleted (409 `state-conflict`, which lists them).',
      tag: 'Customers',
      scope: 'customers:write',
      path_examples: { customer_id: MISTAKEN_CUSTOMER_ID },
      request: { params: CustomerPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The customer is deleted. No body.' } },
      problems: ['not-found', 'state-conflict', 'precondition-failed'],
    }),
    async (request, reply) =>
      noContent(
        reply,
        deleteCustomer(context, {
          customer_id: request.params.customer_id,
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
        }),
      ),
  )
}
