import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { applyChangeRequest } from '#actions/apply-change-request.ts'
import {
  approveChangeRequest,
  confirmChangeRequest,
  rejectChangeRequest,
  withdrawChangeRequest,
} from '#actions/decide-change-request.ts'
import { requestChange } from '#actions/request-change.ts'
import { viewChangeRequest } from '#actions/view-change-request.ts'
import { findChangeRequest, listChangeRequests } from '#db/change-requests.ts'
import type { ChangeRequestView } from '#domain/change-request-view.ts'
import { APPLYING_SCOPE } from '#domain/change-request-steps.ts'
import { CHANGE_REQUEST_STATES } from '#domain/vocabulary.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { oneOfList, ref } from '#http/openapi/component.ts'
import { answerIn } from '#http/request/conditions.ts'
import { operationOf } from '#http/request/contact-body.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { idempotencyKeyOf, valueOf } from '#http/request/idempotency.ts'
import { answerLanguage } from '#http/problems/language.ts'
import { ConditionalReadHeaders, IdempotencyHeaders, operation } from '#http/openapi/operation.ts'
import { isUuid, pageOf, pageRequest } from '#http/request/paging.ts'
import { changeRequestAnswer, listedChangeRequest } from '#http/response/roster-answer.ts'
import {
  ChangeRequest,
  changeRequestExamples,
  changeRequestId,
  ChangeRequestInput,
  ChangeRequestPage,
  ConfirmationInput,
  RejectionInput,
  WithdrawalInput,
} from '#http/schemas/change-requests.ts'
import { filterId, listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { requesterOf, rightsOf, type TypedApp } from '#http/route-config.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'

const RequestPath = Type.Object({ change_request_id: changeRequestId })
const RequestQuery = listQuery({
  contract_id: Type.Optional(filterId('Only the requests for this contract.')),
  customer_id: Type.Optional(filterId('Only the requests for contracts of this customer.')),
  state: Type.Optional(oneOfList(CHANGE_REQUEST_STATES, { description: 'Only requests that stand here.' })),
})

const requestLink = (operationId: string, description: string) => ({
  operationId,
  description,
  parameters: { change_request_id: '$response.body#/change_request_id' },
})
const links = {
  getChangeRequest: requestLink('getChangeRequest', 'Reads the request again, with the plan of that moment.'),
  confirmChangeRequest: requestLink('confirmChangeRequest', "Records the primary's confirmation."),
  approveChangeRequest: requestLink('approveChangeRequest', 'Approves that it is applied on its day.'),
  applyChangeRequest: requestLink('applyChangeRequest', 'Applies it.'),
  getRoster: {
    operationId: 'getRoster',
    description: "Reads the contract's roster.",
    parameters: { contract_id: '$response.body#/contract_id' },
  },
}
const repeated = ['idempotency-key-in-use', 'idempotency-key-reused'] as const
const headers = ['Content-Language', 'ETag', 'Idempotent-Replayed'] as const

/** Which request is decided, by whom. */
function decisionOf(request: FastifyRequest<{ Params: { change_request_id: string } }>) {
  return {
    change_request_id: request.params.change_request_id,
    requester: requesterOf(request),
    key: idempotencyKeyOf(request),
  }
}

/** A request with its plan: what stands in its way is told in the caller's language. */
function answerRequest(request: FastifyRequest, reply: FastifyReply, view: ChangeRequestView) {
  const language = answerLanguage(request, reply)
  return answerIn(language, request, reply, changeRequestAnswer(view, language))
}

export function changeRequestRoutes(app: TypedApp, context: ActionContext): void {
  const { database } = context

  app.get(
    '/v1/change-requests',
    operation({
      operationId: 'listChangeRequests',
      summary: 'List the change requests',
      description:
        'Lists what customers asked for, in the order in which it came in. Filters narrow together. Plans are left out: read one request to see its plan.',
      tag: 'Change requests',
      scope: 'requests:read',
      personal: true,
      request: { querystring: RequestQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of requests.',
          schema: ref(ChangeRequestPage),
          examples: changeRequestExamples.page,
          headers: ['Content-Language', 'ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => {
      const language = answerLanguage(request, reply)
      const rows = await listChangeRequests(database, request.query, pageRequest(request, FIRST_UUID, isUuid))
      return answerIn(
        language,
        request,
        reply,
        pageOf(
          request,
          reply,
          rows,
          ({ change_request_id }) => change_request_id,
          row => listedChangeRequest(row, language),
        ),
      )
    },
  )

  app.post(
    '/v1/change-requests',
    operation({
      operationId: 'requestChange',
      summary: 'Take down a change request',
      description:
        "Takes down what a customer asks support to change of a contract's contacts (ご担当者様の登録内容の変更, R24), and who asked (R25). Where the address that they ask from is no contact's of the contract, or the matter touches the contract, it waits for the primary's confirmation, and nothing is applied until then. With `effective_on` it is applied at the start of that day in the vendor's time zone, else when a client applies it. A request with a day needs the approval of a client that has the scope `contacts:write`: such a client approves it by filing it; filed by another, it waits in `needs_approval`. Refused: what could never be applied. What only the rules forbid at this moment is taken down; `plan` says what stands in the way, now and whenever the request is read.",
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
          links,
        },
      },
      problems: ['primary-required', 'unknown-reference', 'name-not-personal', ...repeated],
    }),
    async (request, reply) => {
      const {
        requested_by: { email = null, ticket_number = null, ...asker },
        operations,
        concerns_contract = false,
        effective_on = null,
        contract_id,
      } = request.body
      const view = valueOf(
        reply,
        await requestChange(context, {
          contract_id,
          concerns_contract,
          effective_on,
          operations: operations.map(operationOf),
          requested_by: { ...asker, email, ticket_number },
          requester: requesterOf(request),
          rights: rightsOf(request),
          key: idempotencyKeyOf(request),
        }),
      )
      return answerRequest(
        request,
        reply.code(201).header('location', `/v1/change-requests/${view.change_request_id}`),
        view,
      )
    },
  )

  app.get(
    '/v1/change-requests/:change_request_id',
    operation({
      operationId: 'getChangeRequest',
      summary: 'Read a change request',
      description:
        'Reads one request. While it is open, `plan` says what applying it would do at this moment: a plan that no longer holds says so before anybody applies it.',
      tag: 'Change requests',
      scope: 'requests:read',
      personal: true,
      request: { params: RequestPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The request.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.answer,
          headers: ['Content-Language', 'ETag'],
          links,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerRequest(
        request,
        reply,
        await viewChangeRequest(
          context,
          database,
          orNotFound(await findChangeRequest(database, request.params.change_request_id), 'change_request'),
        ),
      ),
  )

  app.post(
    '/v1/change-requests/:change_request_id/confirm',
    operation({
      operationId: 'confirmChangeRequest',
      summary: "Record the primary's confirmation",
      description:
        "Records that the contract's primary (主担当) has confirmed a request that needs it: who, and how (R25). Anybody else is refused (409 `confirmation-required`, which names the primary). The request is then `ready`; where it has a day of its own, it is `scheduled`, or waits in `needs_approval` where no client with the scope `contacts:write` has filed or confirmed it.",
      tag: 'Change requests',
      scope: 'requests:confirm',
      personal: true,
      request: { params: RequestPath, headers: IdempotencyHeaders, body: ref(ConfirmationInput) },
      request_examples: changeRequestExamples.confirm,
      answers: {
        200: {
          description: 'The request, confirmed.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.confirmed,
          headers,
          links,
        },
      },
      problems: ['not-found', 'confirmation-required', 'state-conflict', ...repeated],
    }),
    async (request, reply) => {
      const confirmed_by = { ...request.body, ticket_number: request.body.ticket_number ?? null }
      return answerRequest(
        request,
        reply,
        valueOf(
          reply,
          await confirmChangeRequest(context, { ...decisionOf(request), rights: rightsOf(request), confirmed_by }),
        ),
      )
    },
  )

  app.post(
    '/v1/change-requests/:change_request_id/approve',
    operation({
      operationId: 'approveChangeRequest',
      summary: 'Approve a change request',
      description:
        'Approves that a request that waits in `needs_approval` is applied on its day, with the rights of the client that approves it. It is then `scheduled`, and applied at once where the day has come already. When the day comes, the rights of an approving API client are looked up again: where it was revoked, has expired or lost the scope, nothing is applied, and the request waits for another approval. A `scheduled` request whose approval no longer holds can be approved before that.',
      tag: 'Change requests',
      scope: APPLYING_SCOPE,
      personal: true,
      request: { params: RequestPath, headers: IdempotencyHeaders },
      answers: {
        200: {
          description: 'The request, approved.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.approved,
          headers,
          links,
        },
      },
      problems: ['not-found', 'confirmation-required', 'state-conflict', ...repeated],
    }),
    async (request, reply) =>
      answerRequest(
        request,
        reply,
        valueOf(reply, await approveChangeRequest(context, { ...decisionOf(request), rights: rightsOf(request) })),
      ),
  )

  app.post(
    '/v1/change-requests/:change_request_id/apply',
    operation({
      operationId: 'applyChangeRequest',
      summary: 'Apply a change request',
      description:
        "Applies a request that is `ready`, or `scheduled` for a day that has come: all of its operations as one change, planned anew on what is there now, or nothing. A refusal names every problem, with pointers into the request's operations; the request then stays as it was.",
      tag: 'Change requests',
      scope: APPLYING_SCOPE,
      personal: true,
      request: { params: RequestPath, headers: IdempotencyHeaders },
      answers: {
        200: {
          description: 'The request, applied.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.applied,
          headers,
          links,
        },
      },
      problems: [
        'not-found',
        'confirmation-required',
        'state-conflict',
        'seat-limit-reached',
        'primary-required',
        'primary-exists',
        'duplicate-contact',
        'email-in-use',
        'email-taken',
        'contract-not-in-force',
        'unknown-reference',
        'name-not-personal',
        ...repeated,
      ],
    }),
    async (request, reply) =>
      answerRequest(request, reply, valueOf(reply, await applyChangeRequest(context, decisionOf(request)))),
  )

  app.post(
    '/v1/change-requests/:change_request_id/reject',
    operation({
      operationId: 'rejectChangeRequest',
      summary: 'Reject a change request',
      description: 'Support says no to an open request, and why. Nothing is changed, and nothing more will come of it.',
      tag: 'Change requests',
      scope: 'requests:write',
      personal: true,
      request: { params: RequestPath, headers: IdempotencyHeaders, body: ref(RejectionInput) },
      request_examples: changeRequestExamples.reject,
      answers: {
        200: {
          description: 'The request, rejected.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.rejected,
          headers,
          links,
        },
      },
      problems: ['not-found', 'state-conflict', ...repeated],
    }),
    async (request, reply) =>
      answerRequest(
        request,
        reply,
        valueOf(reply, await rejectChangeRequest(context, { ...decisionOf(request), reason: request.body.reason })),
      ),
  )

  app.post(
    '/v1/change-requests/:change_request_id/withdraw',
    operation({
      operationId: 'withdrawChangeRequest',
      summary: 'Withdraw a change request',
      description:
        'The customer no longer wants what an open request asks for. Nothing is changed, and nothing more will come of it.',
      tag: 'Change requests',
      scope: 'requests:write',
      personal: true,
      request: { params: RequestPath, headers: IdempotencyHeaders, body: ref(WithdrawalInput) },
      request_examples: changeRequestExamples.withdraw,
      answers: {
        200: {
          description: 'The request, withdrawn.',
          schema: ref(ChangeRequest),
          examples: changeRequestExamples.withdrawn,
          headers,
          links,
        },
      },
      problems: ['not-found', 'state-conflict', ...repeated],
    }),
    async (request, reply) =>
      answerRequest(
        request,
        reply,
        valueOf(
          reply,
          await withdrawChangeRequest(context, { ...decisionOf(request), reason: request.body.reason ?? null }),
        ),
      ),
  )
}
