import type { Static } from 'typebox'
import { Type } from 'typebox'
import { createWebhookEndpoint } from '#actions/webhooks/create-webhook-endpoint.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ownEndpoint, ownerSeen } from '#actions/support/webhooks/own-endpoint.ts'
import { listWebhookEndpoints } from '#db/webhooks/webhook-endpoints.ts'
import { webhookEndpointView } from '#domain/webhooks/webhook-endpoint.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { pageByUuid } from '#http/request/paging.ts'
import { answerPage } from '#http/response/page-answer.ts'
import { answerEndpoint, answerSecret } from '#http/response/webhooks/webhook-endpoint-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { webhookDeliveryRoutes } from '#http/routes/webhook-deliveries.ts'
import { webhookEndpointChangeRoutes } from '#http/routes/webhook-endpoint-changes.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { endpointExamples } from '#http/schemas/webhooks/webhook-endpoint-examples.ts'
import {
  endpointId,
  WebhookEndpoint,
  WebhookEndpointInput,
  WebhookEndpointPage,
  WebhookEndpointWithSecret,
} from '#http/schemas/webhooks/webhook-endpoints.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'

const EndpointPath = Type.Object({ endpoint_id: endpointId })
const tag = 'Webhooks'
const scope = 'webhooks:manage'

export function webhookEndpointRoutes(app: TypedApp, context: ActionContext, rules: WebhookRules): void {
  listEndpointsRoute(app, context)
  createEndpointRoute(app, context, rules)
  getEndpointRoute(app, context)
  webhookEndpointChangeRoutes(app, context, rules)
  webhookDeliveryRoutes(app, context)
}

function listEndpointsRoute(app: TypedApp, { database, clock }: ActionContext): void {
  app.get(
    '/v1/webhook-endpoints',
    operation({
      operationId: 'listWebhookEndpoints',
      summary: 'List the webhook endpoints',
      description: 'Lists the endpoints of the client; with the root credential, those of all clients.',
      tag,
      scope,
      request: { querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of endpoints.',
          schema: ref(WebhookEndpointPage),
          examples: endpointExamples.page,
          headers: ['ETag', 'Events-Cursor', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answerPage(
        request,
        reply,
        await listWebhookEndpoints(database, ownerSeen(rightsOf(request).authority), clock.now(), pageByUuid(request)),
        ({ endpoint_id }) => endpoint_id,
        webhookEndpointView,
      ),
  )
}

const CREATES =
  'Makes an endpoint, to which the service sends every event from now on (R37), signed as Standard Webhooks has it: ' +
  '`webhook-id`, `webhook-timestamp` and `webhook-signature`. A delivery is a wake-up: it has the type and ids of ' +
  'one event, and deliveries may come late, twice or in another order, so read `GET /v1/events` from your cursor. A ' +
  'delivery that is not answered with 2xx within ten seconds is sent again after 1, 5 and 30 seconds, 2 minutes, and ' +
  'then ever later, for three days. Redirects are not followed. 410 disables the endpoint, and so do five days ' +
  'without a delivery that arrives. There may be 20 endpoints (409). It ends with its client: where that is ' +
  'one of the identity provider, 90 days after it last changed the endpoint. Only this answer shows the secret.'

function createEndpointRoute(app: TypedApp, context: ActionContext, rules: WebhookRules): void {
  app.post(
    '/v1/webhook-endpoints',
    operation({
      operationId: 'createWebhookEndpoint',
      summary: 'Create a webhook endpoint',
      description: CREATES,
      tag,
      scope,
      personal: true,
      request: { headers: IdempotencyHeaders, body: ref(WebhookEndpointInput) },
      request_examples: endpointExamples.input,
      answers: {
        201: {
          description: 'The endpoint, with its secret.',
          schema: ref(WebhookEndpointWithSecret),
          examples: endpointExamples.created,
          headers: ['ETag', 'Location', 'Idempotent-Replayed'],
        },
      },
      problems: ['state-conflict', 'invalid-value', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      answerSecret(
        request,
        reply,
        await createWebhookEndpoint(context, rules, {
          terms: termsOf(request.body),
          rights: rightsOf(request),
          caller: callerOf(request),
          key: idempotencyKeyOf(request),
        }),
      ),
  )
}

function termsOf(input: Static<typeof WebhookEndpointInput>) {
  const { url, types = null, description = null, include_data } = input
  return { url, types, description, include_data: include_data ?? false }
}

function getEndpointRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/webhook-endpoints/:endpoint_id',
    operation({
      operationId: 'getWebhookEndpoint',
      summary: 'Read a webhook endpoint',
      description: 'Reads one endpoint, without its secrets. 404 if the id is unknown, or of another client.',
      tag,
      scope,
      request: { params: EndpointPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The endpoint.',
          schema: ref(WebhookEndpoint),
          examples: endpointExamples.answer,
          headers: ['ETag'],
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerEndpoint(
        request,
        reply,
        webhookEndpointView(
          await ownEndpoint(context, context.database, request.params.endpoint_id, rightsOf(request).authority),
        ),
      ),
  )
}
