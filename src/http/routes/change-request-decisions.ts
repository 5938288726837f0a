import type { FastifyRequest } from 'fastify'
import { applyChangeRequest } from '#actions/change-requests/apply-change-request.ts'
import {
  approveChangeRequest,
  rejectChangeRequest,
  withdrawChangeRequest,
} from '#actions/change-requests/decide-change-request.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { APPLYING_SCOPE } from '#domain/change-requests/approval.ts'
import { OVERRIDING_SCOPE } from '#domain/api-clients/rights.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { answerChangeRequestStep } from '#http/response/change-requests/change-request-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { changeRequestConfirmationRoutes } from '#http/routes/change-request-confirmations.ts'
import { changeRequestExamples } from '#http/schemas/change-requests/change-request-examples.ts'
import { RejectionInput, WithdrawalInput } from '#http/schemas/change-requests/change-request-input.ts'
import { OF_THE_RULES } from '#http/schemas/change-requests/change-request-problems.ts'
import { ChangeRequest, changeRequestLinks, ChangeRequestPath } from '#http/schemas/change-requests/change-requests.ts'
import { IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { REJECTED_REQUEST_ID, UNAPPROVED_REQUEST_ID, WITHDRAWN_REQUEST_ID } from '#http/schemas/examples.ts'

const repeated = ['idempotency-key-in-use', 'idempotency-key-reused'] as const

/** The answer of each step: the request as it is after the step. */
const answerOf = <const Step extends 'approved' | 'applied' | 'rejected' | 'withdrawn'>(step: Step) => ({
  200: {
    description: `The request, ${step}.`,
    schema: ref(ChangeRequest),
    examples: changeRequestExamples[step],
    headers: ['Content-Language', 'ETag', 'Idempotent-Replayed'] as const,
    links: changeRequestLinks,
  },
})

/** The request that is decided, and who decides it. */
function decisionOf(request: FastifyRequest<{ Params: { change_request_id: string } }>) {
  return {
    change_request_id: request.params.change_request_id,
    caller: callerOf(request),
    rights: rightsOf(request),
    key: idempotencyKeyOf(request),
  }
}

export function changeRequestDecisionRoutes(app: TypedApp, context: ActionContext): void {
  changeRequestConfirmationRoutes(app, context)
  approveRoute(app, context)
  applyRoute(app, context)
  rejectRoute(app, context)
  withdrawRoute(app, context)
}

function approveRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/change-requests/:change_request_id/approve',
    operation({
      operationId: 'approveChangeRequest',
      summary: 'Approve a change request',
      description:
        'Approves a request that waits in `needs_approval`: the service applies it on its day, with the rights of ' +
        'the client that approves it. The request is then `scheduled`; if its day has already come, it is applied ' +
        'immediately. On the day, the service checks the rights of the API client again: if the client was ' +
        'revoked, has expired or has lost the scope, nothing is applied, and the request waits for another ' +
        'approval. A `scheduled` request whose approval no longer holds can be approved again before its day.',
      tag: 'Change requests',
      scope: APPLYING_SCOPE,
      optional_scopes: [OVERRIDING_SCOPE],
      personal: true,
      path_examples: { change_request_id: UNAPPROVED_REQUEST_ID },
      request: { params: ChangeRequestPath, headers: IdempotencyHeaders },
      answers: answerOf('approved'),
      problems: ['not-found', 'confirmation-required', 'state-conflict', ...repeated],
    }),
    async (request, reply) =>
      answerChangeRequestStep(request, reply, await approveChangeRequest(context, decisionOf(request))),
  )
}

function applyRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/change-requests/:change_request_id/apply',
    operation({
      operationId: 'applyChangeRequest',
      summary: 'Apply a change request',
      description:
        'Applies a request that is `ready`, or `scheduled` for today or earlier: all of its operations as one ' +
        'change of the present roster, or none. A refusal lists every problem, with pointers into the operations ' +
        'of the request; the request then stays as it was.',
      tag: 'Change requests',
      scope: APPLYING_SCOPE,
      optional_scopes: [OVERRIDING_SCOPE],
      personal: true,
      request: { params: ChangeRequestPath, headers: IdempotencyHeaders },
      answers: answerOf('applied'),
      problems: ['not-found', 'confirmation-required', 'state-conflict', ...OF_THE_RULES, ...repeated],
    }),
    async (request, reply) =>
      answerChangeRequestStep(request, reply, await applyChangeRequest(context, decisionOf(request))),
  )
}

function rejectRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/change-requests/:change_request_id/reject',
    operation({
      operationId: 'rejectChangeRequest',
      summary: 'Reject a change request',
      description: 'Records that support rejects an open request, and why. The request is then never applied.',
      tag: 'Change requests',
      scope: 'requests:write',
      personal: true,
      path_examples: { change_request_id: REJECTED_REQUEST_ID },
      request: { params: ChangeRequestPath, headers: IdempotencyHeaders, body: ref(RejectionInput) },
      request_examples: changeRequestExamples.reject,
      answers: answerOf('rejected'),
      problems: ['not-found', 'state-conflict', ...repeated],
    }),
    async (request, reply) =>
      answerChangeRequestStep(
        request,
        reply,
        await rejectChangeRequest(context, { ...decisionOf(request), reason: request.body.reason }),
      ),
  )
}

function withdrawRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/change-requests/:change_request_id/withdraw',
    operation({
      operationId: 'withdrawChangeRequest',
      summary: 'Withdraw a change request',
      description: 'Records that the customer withdraws an open request. The request is then never applied.',
      tag: 'Change requests',
      scope: 'requests:write',
      personal: true,
      path_examples: { change_request_id: WITHDRAWN_REQUEST_ID },
      request: { params: ChangeRequestPath, headers: IdempotencyHeaders, body: ref(WithdrawalInput) },
      optional_body: true,
      request_examples: changeRequestExamples.withdraw,
      answers: answerOf('withdrawn'),
      problems: ['not-found', 'state-conflict', ...repeated],
    }),
    async (request, reply) =>
      answerChangeRequestStep(
        request,
        reply,
        await withdrawChangeRequest(context, { ...decisionOf(request), reason: request.body.reason ?? null }),
      ),
  )
}
