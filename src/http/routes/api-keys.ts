import { Type } from 'typebox'
import { addApiKey } from '#actions/api-clients/add-api-key.ts'
import { revokeApiKey } from '#actions/api-clients/revoke-api-key.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { callerOf, grantorOf } from '#http/request/caller-of.ts'
import { answerIssuedKey } from '#http/response/api-clients/api-client-answer.ts'
import { noContent } from '#http/response/no-content.ts'
import type { TypedApp } from '#http/route-config.ts'
import { apiClientExamples } from '#http/schemas/api-clients/api-client-examples.ts'
import { apiClientId, apiKeyId } from '#http/schemas/api-clients/api-client-fields.ts'
import { ApiKeyInput, OVERLAP_SECONDS } from '#http/schemas/api-clients/api-client-input.ts'
import { apiClientLinks, ClientPath } from '#http/schemas/api-clients/api-client-links.ts'
import { ApiClientWithKey } from '#http/schemas/api-clients/api-clients.ts'
import { ConditionalAdditionHeaders, ConditionalChangeHeaders } from '#http/schemas/conditional-headers.ts'

const KeyPath = Type.Object({ client_id: apiClientId, key_id: apiKeyId })

export function apiKeyRoutes(app: TypedApp, context: ActionContext, environment: string): void {
  addApiKeyRoute(app, context, environment)
  revokeApiKeyRoute(app, context)
}

const addApiKeyOperation = operation({
  operationId: 'addApiKey',
  summary: 'Create another key for an API client',
  description:
    'Creates another key for a client, so that keys can be rotated without interruption. Existing keys stay ' +
    'valid for `overlap_seconds`, but never longer than their own expiry. With 0 they are revoked ' +
    'immediately: use this after a leak. Only this answer shows the new key; a repeat with the same ' +
    '`Idempotency-Key` creates no other key, and answers without it. With `If-Match`, if two callers rotate ' +
    'at the same time, only one succeeds. The caller must have all scopes and IP ranges of the client (403). ' +
    'The new key expires after 366 days, or with the credential of the caller if that is earlier; a key ' +
    'created with an access token expires after 90 days.',
  tag: 'API clients',
  scope: 'clients:manage',
  no_prefill: true,
  personal: true,
  request: { params: ClientPath, headers: ConditionalAdditionHeaders, body: ref(ApiKeyInput) },
  optional_body: true,
  request_examples: apiClientExamples.key_input,
  answers: {
    201: {
      description: 'The client as it is now, with the new key. `Location` is the client, which lists its keys.',
      schema: ref(ApiClientWithKey),
      examples: apiClientExamples.key_added,
      headers: ['ETag', 'Location', 'Idempotent-Replayed'],
      links: apiClientLinks,
    },
  },
  problems: ['not-found', 'precondition-failed', 'idempotency-key-in-use', 'idempotency-key-reused'],
})

function addApiKeyRoute(app: TypedApp, context: ActionContext, environment: string): void {
  app.post('/v1/api-clients/:client_id/keys', addApiKeyOperation, async (request, reply) =>
    answerIssuedKey(
      request,
      reply,
      await addApiKey(context, {
        client_id: request.params.client_id,
        overlap_seconds: request.body.overlap_seconds ?? OVERLAP_SECONDS,
        grantor: grantorOf(request),
        environment,
        preconditions: preconditionsOf(request),
        caller: callerOf(request),
        key: idempotencyKeyOf(request),
      }),
    ),
  )
}

function revokeApiKeyRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/api-clients/:client_id/keys/:key_id',
    operation({
      operationId: 'revokeApiKey',
      summary: 'Revoke a key of an API client',
      description:
        "Revokes one key, within two seconds in every process; the client's other keys stay valid. `If-Match` " +
        'compares with the client. A key that is no longer valid cannot be revoked (404).',
      tag: 'API clients',
      scope: 'clients:manage',
      personal: true,
      request: { params: KeyPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The key is revoked. No body.' } },
      problems: ['not-found', 'precondition-failed'],
    }),
    async (request, reply) =>
      noContent(
        reply,
        revokeApiKey(context, {
          ...request.params,
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
        }),
      ),
  )
}
