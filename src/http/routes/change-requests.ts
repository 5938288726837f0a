import { Type } from 'typebox'
import { requestChange } from '#actions/change-requests/request-change.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { viewChangeRequest } from '#actions/change-requests/view-change-request.ts'
import { findChangeRequest, listChangeRequests } from '#db/change-requests/change-requests.ts'
import { CHANGE_REQUEST_STATES } from '#domain/vocabulary.ts'
import { oneOfList, ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { changeRequestInputOf } from '#http/request/change-requests/change-request-body.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { disclosedTo } from '#http/request/personal-data/disclosure-of.ts'
import { pageByUuid } from '#http/request/paging.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import {
  answerChangeRequest,
  answerChangeRequestPage,
  answerNewChangeRequest,
} from '#http/response/change-requests/change-request-answer.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { changeRequestUpdateRoutes } from '#http/routes/change-request-updates.ts'
import { changeRequestDecisionRoutes } from '#http/routes/change-request-decisions.ts'
import { changeRequestExamples } from '#http/schemas/change-requests/change-request-examples.ts'
import { ChangeRequestInput } from '#http/schemas/change-requests/change-request-input.ts'
import {
  ChangeRequest,
  changeRequestLinks,
  ChangeRequestPage,
  ChangeRequestPath,
} from '#http/schemas/change-requests/change-requests.ts'
import { filterId, listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { NAMING_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'

const RequestQuery = listQuery({
  contract_id: Type.Optional(
    filterId(
      'Only requests for this contract, and person changes of people who are or were its contacts at that time.',
      CONTRACT_ID,
    ),
  ),
  customer_id: Type.Optional(filterId('Only the requests for contracts and people of this customer.', CUSTOMER_ID)),
  state: Type.Optional(oneOfList(CHANGE_REQUEST_STATES, { description: 'Only requests in this state.' })),
})

export function changeRequestRoutes(app: TypedApp, context: ActionContext): void {
  listRoute(app, context)
  requestRoute(app, context)
  readRoute(app, context)
  changeRequestUpdateRoutes(app, context)
  changeRequestDecisionRoutes(app, context)
}

function listRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/change-requests',
    operation({
      operationId: 'listChangeRequests',
      summary: 'List the change requests',
      description:
        'Lists the change requests of customers in the order in which they were received. Filters are combined ' +
        'with AND. The list has no plans: read a request to see its plan.',
      tag: 'Change requests',
      scope: 'requests:read',
      personal: true,
      discloses: true,
      request: { querystring: RequestQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of requests.',
          schema: ref(ChangeRequestPage),
          examples: changeRequestExamples.page,
          headers: ['Content-Language', 'ETag', 'Events-Cursor', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answerChangeRequestPage(
        request,
        reply,
        await listChangeRequests(disclosedTo(request, context), request.query, pageByUuid(request)),
      ),
  )
}

const requestOperation = operation({
  operationId: 'requestChange',
  summary: 'Record a change request',
  description:
    "Records a change of a contract's contacts that a customer requests (ご担当者様の登録内容の変更, R24), and the " +
    'requester (R25). The request waits for the confirmation of the primary (主担当) if the requester is not a ' +
    'contact of the contract, or if the request concerns the contract or its primary and the primary is not ' +
    'the requester: nothing is applied before. Requests for a contract without contacts need no confirmation. ' +
    "With `effective_on`, the service applies the request at the start of that day in the vendor's time zone; " +
    'without it, a client applies it. A request with a day needs the approval of a client that has the scope ' +
    '`contacts:write`: such a client approves the request by recording it, and the request of any other ' +
    'client waits in `needs_approval`. The service refuses a request that could never be applied. It records ' +
    'a request that only the present state prevents: `plan` says what prevents it, now and each time a client ' +
    'reads the request.',
  tag: 'Change requests',
  scope: 'requests:write',
  personal: true,
  request: { headers: IdempotencyHeaders, body: ref(ChangeRequestInput) },
  request_examples: changeRequestExamples.input,
  answers: {
    201: {
      description: 'The request, with its plan.',
      schema: ref(ChangeRequest),
      examples: changeRequestExamples.answer,
      headers: ['Content-Language', 'ETag', 'Location', 'Idempotent-Replayed'],
      links: changeRequestLinks,
    },
  },
  problems: [
    'duplicate-contact',
    'invalid-value',
    'removals-unconfirmed',
    ...NAMING_PROBLEMS,
    'name-not-personal',
    'idempotency-key-in-use',
    'idempotency-key-reused',
  ],
})

function requestRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/change-requests', requestOperation, async (request, reply) =>
    answerNewChangeRequest(
      request,
      reply,
      await requestChange(context, {
        ...changeRequestInputOf(request.body),
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
        rights: rightsOf(request),
        key: idempotencyKeyOf(request),
      }),
    ),
  )
}

function readRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/change-requests/:change_request_id',
    operation({
      operationId: 'getChangeRequest',
      summary: 'Read a change request',
      description:
        'Reads one request. While it is open, `plan` says what applying it would do at this moment, and what ' +
        'prevents it.',
      tag: 'Change requests',
      scope: 'requests:read',
      personal: true,
      request: { params: ChangeRequestPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The request.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.answer,
          headers: ['Content-Language', 'ETag'],
          links: changeRequestLinks,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerChangeRequest(
        request,
        reply,
        await viewChangeRequest(
          context,
          context.database,
          orNotFound(await findChangeRequest(context.database, request.params.change_request_id), 'change_request'),
        ),
      ),
  )
}
