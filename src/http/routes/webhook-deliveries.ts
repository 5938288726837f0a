import { Type } from 'typebox'
import { addWebhookSecret } from '#actions/webhooks/add-webhook-secret.ts'
import { redeliverWebhook, testWebhook } from '#actions/webhooks/redeliver-webhook.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { DELIVERY_STATES } from '#domain/webhooks/webhook-delivery.ts'
import { oneOfList, ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { acceptedDelivery, answerDeliveries } from '#http/response/webhooks/webhook-delivery-answer.ts'
import { answerSecret } from '#http/response/webhooks/webhook-endpoint-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import {
  ConditionalAdditionHeaders,
  ConditionalReadHeaders,
  IdempotencyHeaders,
} from '#http/schemas/conditional-headers.ts'
import {
  deliveryExamples,
  deliveryId,
  WebhookDelivery,
  WebhookDeliveryPage,
} from '#http/schemas/webhooks/webhook-deliveries.ts'
import { endpointExamples } from '#http/schemas/webhooks/webhook-endpoint-examples.ts'
import { endpointId, WebhookEndpointWithSecret, WebhookSecretInput } from '#http/schemas/webhooks/webhook-endpoints.ts'

const EndpointPath = Type.Object({ endpoint_id: endpointId })
const DeliveryPath = Type.Object({ endpoint_id: endpointId, delivery_id: deliveryId })
const tag = 'Webhooks'
const scope = 'webhooks:manage'
const DAY_IN_SECONDS = 86_400

export function webhookDeliveryRoutes(app: TypedApp, context: ActionContext): void {
  addSecretRoute(app, context)
  listDeliveriesRoute(app, context)
  redeliverRoute(app, context)
  testRoute(app, context)
}

const ROTATES =
  'Makes another secret. The present ones go on signing for `overlap_seconds`: meanwhile deliveries have a ' +
  'signature of each, so that receivers can change at any time. Only this answer shows the new secret.'

function addSecretRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/webhook-endpoints/:endpoint_id/secrets',
    operation({
      operationId: 'addWebhookSecret',
      summary: 'Rotate the secret of a webhook endpoint',
      description: ROTATES,
      tag,
      scope,
      personal: true,
      no_prefill: true,
      request: { params: EndpointPath, headers: ConditionalAdditionHeaders, body: ref(WebhookSecretInput) },
      optional_body: true,
      request_examples: endpointExamples.rotation,
      answers: {
        201: {
          description: 'The endpoint as it is now, with the new secret.',
          schema: ref(WebhookEndpointWithSecret),
          examples: endpointExamples.created,
          headers: ['ETag', 'Location', 'Idempotent-Replayed'],
        },
      },
      problems: ['not-found', 'precondition-failed', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      answerSecret(
        request,
        reply,
        await addWebhookSecret(context, {
          endpoint_id: request.params.endpoint_id,
          overlap_seconds: request.body.overlap_seconds ?? DAY_IN_SECONDS,
          authority: rightsOf(request).authority,
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
          key: idempotencyKeyOf(request),
        }),
      ),
  )
}

function listDeliveriesRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/webhook-endpoints/:endpoint_id/deliveries',
    operation({
      operationId: 'listWebhookDeliveries',
      summary: 'List the deliveries of a webhook endpoint',
      description:
        'Lists what was sent to an endpoint, the newest first, with the status and the time of the last attempt. ' +
        'Deliveries that are over are kept for 30 days.',
      tag,
      scope,
      request: {
        params: EndpointPath,
        querystring: listQuery({
          state: Type.Optional(oneOfList(DELIVERY_STATES, { description: 'Only deliveries in this state.' })),
        }),
        headers: ConditionalReadHeaders,
      },
      answers: {
        200: {
          description: 'A page of deliveries.',
          schema: ref(WebhookDeliveryPage),
          examples: deliveryExamples.page,
          headers: ['ETag', 'Events-Cursor', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) => await answerDeliveries(context, request, reply),
  )
}

function redeliverRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/webhook-endpoints/:endpoint_id/deliveries/:delivery_id/redeliver',
    operation({
      operationId: 'redeliverWebhook',
      summary: 'Send a delivery again',
      description:
        'Sends a delivery again, under the `webhook-id` that it had, and tries for three days as before. A disabled ' +
        'endpoint gets none (409).',
      tag,
      scope,
      request: { params: DeliveryPath, headers: IdempotencyHeaders },
      answers: {
        202: {
          description: 'The delivery, which is to be sent.',
          schema: ref(WebhookDelivery),
          examples: deliveryExamples.one,
          headers: ['Location', 'Idempotent-Replayed'],
        },
      },
      problems: ['not-found', 'state-conflict', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      acceptedDelivery(
        reply,
        await redeliverWebhook(context, {
          ...request.params,
          authority: rightsOf(request).authority,
          key: idempotencyKeyOf(request),
        }),
      ),
  )
}

function testRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/webhook-endpoints/:endpoint_id/test',
    operation({
      operationId: 'testWebhook',
      summary: 'Send a test to a webhook endpoint',
      description:
        'Sends a delivery of the type `webhook.test`, which is about nothing. How it went is in the deliveries. A ' +
        'disabled endpoint gets none (409).',
      tag,
      scope,
      request: { params: EndpointPath, headers: IdempotencyHeaders },
      answers: {
        202: {
          description: 'The delivery, which is to be sent.',
          schema: ref(WebhookDelivery),
          examples: deliveryExamples.one,
          headers: ['Location', 'Idempotent-Replayed'],
        },
      },
      problems: ['not-found', 'state-conflict', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      acceptedDelivery(
        reply,
        await testWebhook(context, {
          ...request.params,
          authority: rightsOf(request).authority,
          key: idempotencyKeyOf(request),
        }),
      ),
  )
}
