import { Type } from 'typebox'
import { CHILDREN_OF_REVOKED, revokeApiClient } from '#actions/api-clients/revoke-api-client.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { updateApiClient } from '#actions/api-clients/update-api-client.ts'
import { oneOfList, ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { apiClientPatchOf } from '#http/request/api-clients/api-client-body.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { callerOf, grantorOf } from '#http/request/caller-of.ts'
import { answerApiClient } from '#http/response/api-clients/api-client-answer.ts'
import { noContent } from '#http/response/no-content.ts'
import type { TypedApp } from '#http/route-config.ts'
import { apiClientExamples } from '#http/schemas/api-clients/api-client-examples.ts'
import { ApiClientPatch } from '#http/schemas/api-clients/api-client-input.ts'
import { apiClientLinks, ClientPath } from '#http/schemas/api-clients/api-client-links.ts'
import { ApiClient } from '#http/schemas/api-clients/api-clients.ts'
import { ConditionalChangeHeaders } from '#http/schemas/conditional-headers.ts'
import { REVOKED_CLIENT_ID } from '#http/schemas/examples.ts'

const children = oneOfList(CHILDREN_OF_REVOKED, {
  description:
    'What happens to the clients that this client created. `revoke`: they are revoked too, with all clients ' +
    'that they created. `adopt`: they stay, and the client that created this client becomes their parent, if ' +
    'there is one.',
  examples: ['revoke'],
})

const RevocationQuery = Type.Object({ children: Type.Optional(children) }, { additionalProperties: false })

const updateApiClientOperation = operation({
  operationId: 'updateApiClient',
  summary: 'Change an API client',
  description:
    "Changes a client's name, scopes, IP ranges or expiry (JSON Merge Patch, RFC 7396); its keys stay. " +
    'Reduced rights take effect within two seconds in every process. A caller cannot change a client that ' +
    'has, or would get, scopes that the caller does not have (403), a revoked client (404), or itself (403), ' +
    'and cannot grant IP ranges or an expiry beyond its own (403). Narrower IP ranges and an earlier expiry ' +
    'also apply to the clients that this client has created. IP ranges that would leave such a client without ' +
    'any address are refused (409).',
  tag: 'API clients',
  scope: 'clients:manage',
  personal: true,
  consumes: MERGE_PATCH_BODY,
  request: { params: ClientPath, headers: ConditionalChangeHeaders, body: ref(ApiClientPatch) },
  request_examples: apiClientExamples.patch,
  answers: {
    200: {
      description: 'The client as it is now.',
      schema: ref(ApiClient),
      examples: apiClientExamples.changed,
      headers: ['ETag'],
      links: apiClientLinks,
    },
  },
  problems: ['not-found', 'invalid-value', 'state-conflict', 'precondition-failed'],
})

export function apiClientChangeRoutes(app: TypedApp, context: ActionContext): void {
  updateApiClientRoute(app, context)
  revokeApiClientRoute(app, context)
}

function updateApiClientRoute(app: TypedApp, context: ActionContext): void {
  app.patch('/v1/api-clients/:client_id', updateApiClientOperation, async (request, reply) =>
    answerApiClient(
      request,
      reply,
      await updateApiClient(context, {
        client_id: request.params.client_id,
        patch: apiClientPatchOf(request.body),
        grantor: grantorOf(request),
        preconditions: preconditionsOf(request),
        caller: callerOf(request),
      }),
    ),
  )
}

function revokeApiClientRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/api-clients/:client_id',
    operation({
      operationId: 'revokeApiClient',
      summary: 'Revoke an API client',
      description:
        'Revokes a client and all its keys permanently: within two seconds every process refuses them. The client ' +
        'can still be read. A revoked client cannot be revoked again (404). `children` says what happens to the ' +
        'clients that it created; without `children`, a client that has created others is not revoked (409).',
      tag: 'API clients',
      scope: 'clients:manage',
      personal: true,
      path_examples: { client_id: REVOKED_CLIENT_ID },
      request: { params: ClientPath, querystring: RevocationQuery, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The client is revoked. No body.' } },
      problems: ['not-found', 'state-conflict', 'precondition-failed'],
    }),
    async (request, reply) =>
      noContent(
        reply,
        revokeApiClient(context, {
          client_id: request.params.client_id,
          children: request.query.children,
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
        }),
      ),
  )
}
