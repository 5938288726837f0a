import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { changeWebhookEndpoint, removeWebhookEndpoint } from '#actions/webhooks/update-webhook-endpoint.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { noContent } from '#http/response/no-content.ts'
import { answerEndpoint } from '#http/response/webhooks/webhook-endpoint-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { ConditionalChangeHeaders } from '#http/schemas/conditional-headers.ts'
import { DELETED_ENDPOINT_ID } from '#http/schemas/examples.ts'
import { endpointExamples } from '#http/schemas/webhooks/webhook-endpoint-examples.ts'
import { endpointId, WebhookEndpoint, WebhookEndpointPatch } from '#http/schemas/webhooks/webhook-endpoints.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'

const EndpointPath = Type.Object({ endpoint_id: endpointId })
const tag = 'Webhooks'
const scope = 'webhooks:manage'

export function webhookEndpointChangeRoutes(app: TypedApp, context: ActionContext, rules: WebhookRules): void {
  changeEndpointRoute(app, context, rules)
  removeEndpointRoute(app, context)
}

function changeEndpointRoute(app: TypedApp, context: ActionContext, rules: WebhookRules): void {
  app.patch(
    '/v1/webhook-endpoints/:endpoint_id',
    operation({
      operationId: 'updateWebhookEndpoint',
      summary: 'Change, disable or enable a webhook endpoint',
      description:
        'Changes an endpoint (JSON Merge Patch, RFC 7396). One that is disabled loses the deliveries that have not ' +
        'arrived. One that is enabled again gets the events from then on: read those of meanwhile with `GET ' +
        '/v1/events`.',
      tag,
      scope,
      consumes: MERGE_PATCH_BODY,
      request: { params: EndpointPath, headers: ConditionalChangeHeaders, body: ref(WebhookEndpointPatch) },
      request_examples: endpointExamples.patch,
      answers: {
        200: {
          description: 'The endpoint as it is now.',
          schema: ref(WebhookEndpoint),
          examples: endpointExamples.answer,
          headers: ['ETag'],
        },
      },
      problems: ['not-found', 'invalid-value', 'precondition-failed'],
    }),
    async (request, reply) =>
      answerEndpoint(
        request,
        reply,
        await changeWebhookEndpoint(context, rules, {
          endpoint_id: request.params.endpoint_id,
          rights: rightsOf(request),
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
          patch: request.body,
        }),
      ),
  )
}

function removeEndpointRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/webhook-endpoints/:endpoint_id',
    operation({
      operationId: 'removeWebhookEndpoint',
      summary: 'Delete a webhook endpoint',
      description: 'Deletes an endpoint with its secrets and its deliveries. What is being sent may still arrive.',
      tag,
      scope,
      path_examples: { endpoint_id: DELETED_ENDPOINT_ID },
      request: { params: EndpointPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The endpoint is deleted. No body.' } },
      problems: ['not-found', 'precondition-failed'],
    }),
    async (request, reply) =>
      await noContent(
        reply,
        removeWebhookEndpoint(context, {
          endpoint_id: request.params.endpoint_id,
          authority: rightsOf(request).authority,
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
        }),
      ),
  )
}
