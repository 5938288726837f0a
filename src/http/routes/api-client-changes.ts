import { Type } from 'typebox'
import { CHILDREN_OF_REVOKED, revokeApiClient } from '#actions/revoke-api-client.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { updateApiClient } from '#actions/update-api-client.ts'
import { oneOfList, ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { apiClientPatchOf } from '#http/request/api-client-body.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { callerOf, grantorOf } from '#http/request/caller-of.ts'
import { answerApiClient } from '#http/response/api-client-answer.ts'
import { noContent } from '#http/response/no-content.ts'
import type { TypedApp } from '#http/route-config.ts'
import { apiClientExamples } from '#http/schemas/api-client-examples.ts'
import { ApiClientPatch } from '#http/schemas/api-client-input.ts'
import { apiClientLinks, ClientPath } from '#http/schemas/api-client-links.ts'
import { ApiClient } from '#http/schemas/api-clients.ts'
import { ConditionalChangeHeaders } from '#http/schemas/conditional-headers.ts'
import { REVOKED_CLIENT_ID } from '#http/schemas/examples.ts'

const children = oneOfList(CHILDREN_OF_REVOKED, {
  description:
    'What becomes of the clients that this client made: `revoke` revokes them and those that they made; with ' +
    '`adopt` they stay as they are, below the client that made this one, if there is one.',
  examples: ['revoke'],
})

const RevocationQuery = Type.Object({ children: Type.Optional(children) }, { additionalProperties: false })

const updateApiClientOperation = operation({
  operationId: 'updateApiClient',
  summary: 'Change an API client',
  description:
    "Changes a client's name, scopes, ranges or end (JSON Merge Patch, RFC 7396); its keys stay. What it may " +
    'no longer do ends within two seconds in every process. A client that has, or would have, scopes that the ' +
    'caller does not have is not changed (403); one that was revoked neither (404). No client changes itself, and ' +
    'none gives ranges or an end beyond its own (403). The clients that a client made stay within its ranges and ' +
    'end: narrower terms hold for them too. Ranges that would leave one of them no address are refused (409).',
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
        'Revokes a client with all its keys, for good: within two seconds every process refuses them. Its record ' +
        'stays readable. A client that was revoked cannot be revoked again (404). `children` says what becomes of ' +
        'the clients that it made; without it, a client that made others is not revoked (409).',
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
