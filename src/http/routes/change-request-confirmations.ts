import { confirmChangeRequest } from '#actions/change-requests/decide-change-request.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { OVERRIDING_SCOPE } from '#domain/api-clients/rights.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { confirmationInputOf } from '#http/request/change-requests/change-request-body.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { answerChangeRequestStep, changeRequestTags } from '#http/response/change-requests/change-request-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { changeRequestExamples } from '#http/schemas/change-requests/change-request-examples.ts'
import { ConfirmationInput } from '#http/schemas/change-requests/change-request-input.ts'
import { ChangeRequest, changeRequestLinks, ChangeRequestPath } from '#http/schemas/change-requests/change-requests.ts'
import { ConditionalAdditionHeaders } from '#http/schemas/conditional-headers.ts'

const confirmOperation = operation({
  operationId: 'confirmChangeRequest',
  summary: "Record the primary's confirmation",
  description:
    'Records that the primary (主担当) of the contract has confirmed a request that needs confirmation: who ' +
    'confirmed it, and how (R25). If the primary can no longer be asked, another person at the customer can ' +
    'confirm it, but not the requester. That requires a `reason`, and a client with the scope ' +
    '`requests:override`. The request is then `ready`. A request with a day is `scheduled`, or waits in ' +
    '`needs_approval` if no client with the scope `contacts:write` has recorded or confirmed it. A client that ' +
    'recorded both the request and its confirmation does not approve it thereby. It cannot apply or approve the ' +
    'request without the scope `requests:override`: another client must do that. A person change may need the ' +
    'confirmation of several primaries: each confirms for the own contracts, and the request goes on after the ' +
    'last. With `If-Match`, only the version is confirmed that the primary was asked about (else 412).',
  tag: 'Change requests',
  scope: 'requests:confirm',
  optional_scopes: [OVERRIDING_SCOPE],
  personal: true,
  request: { params: ChangeRequestPath, headers: ConditionalAdditionHeaders, body: ref(ConfirmationInput) },
  request_examples: changeRequestExamples.confirm,
  answers: {
    200: {
      description: 'The request, confirmed.',
      schema: ref(ChangeRequest),
      examples: changeRequestExamples.confirmed,
      headers: ['Content-Language', 'ETag', 'Idempotent-Replayed'],
      links: changeRequestLinks,
    },
  },
  problems: [
    'not-found',
    'unknown-reference',
    'invalid-value',
    'state-conflict',
    'precondition-failed',
    'idempotency-key-in-use',
    'idempotency-key-reused',
  ],
})

export function changeRequestConfirmationRoutes(app: TypedApp, context: ActionContext): void {
  app.post('/v1/change-requests/:change_request_id/confirm', confirmOperation, async (request, reply) =>
    answerChangeRequestStep(
      request,
      reply,
      await confirmChangeRequest(context, {
        change_request_id: request.params.change_request_id,
        caller: callerOf(request),
        rights: rightsOf(request),
        key: idempotencyKeyOf(request),
        confirmation: confirmationInputOf(request.body),
        preconditions: preconditionsOf(request),
        tagsOf: changeRequestTags,
      }),
    ),
  )
}
