import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { addApiKey } from '#actions/add-api-key.ts'
import { createApiClient } from '#actions/create-api-client.ts'
import { revokeApiClient } from '#actions/revoke-api-client.ts'
import { revokeApiKey } from '#actions/revoke-api-key.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { IssuedKey } from '#actions/support/issued-key.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { updateApiClient } from '#actions/update-api-client.ts'
import { findApiClient, listApiClients } from '#db/api-clients.ts'
import { listApiClientHistory } from '#db/history.ts'
import { API_CLIENT_STATES, apiClientView, taggedPart } from '#domain/api-client.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { historyEntryView } from '#domain/history-entry.ts'
import { oneOfList, ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { apiClientPatchOf, apiClientTermsOf } from '#http/request/api-client-body.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { AFTER_ALL, historyPositionOf, isHistoryPosition } from '#http/request/history-position.ts'
import { idempotencyKeyOf, valueOf } from '#http/request/idempotency.ts'
import { isUuid, pageOf, pageRequest } from '#http/request/paging.ts'
import { requesterOf } from '#http/request/requester-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { apiClientExamples } from '#http/schemas/api-client-examples.ts'
import {
  ApiClient,
  apiClientId,
  ApiClientInput,
  ApiClientPage,
  ApiClientPatch,
  ApiClientWithKey,
  apiKeyId,
  ApiKeyInput,
} from '#http/schemas/api-clients.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import {
  ConditionalAdditionHeaders,
  ConditionalChangeHeaders,
  ConditionalReadHeaders,
  IdempotencyHeaders,
} from '#http/schemas/conditional-headers.ts'
import { apiClientHistoryExamples, HistoryPage } from '#http/schemas/history.ts'

const ClientPath = Type.Object({ client_id: apiClientId })
const KeyPath = Type.Object({ client_id: apiClientId, key_id: apiKeyId })
const ClientQuery = listQuery({
  state: Type.Optional(oneOfList(API_CLIENT_STATES, { description: 'Only clients in this state.' })),
})

const parameters = { client_id: '$response.body#/client_id' }
const links = {
  getApiClient: { operationId: 'getApiClient', description: 'Reads the client again.', parameters },
  addApiKey: {
    operationId: 'addApiKey',
    description: 'Gives it another key, in time before the present one is too old.',
    parameters,
  },
  revokeApiClient: { operationId: 'revokeApiClient', description: 'Revokes it with all its keys.', parameters },
  listApiClientHistory: { operationId: 'listApiClientHistory', description: 'Who granted it what.', parameters },
}

export function apiClientRoutes(app: TypedApp, context: ActionContext, environment: string): void {
  const { database, clock } = context

  app.get(
    '/v1/api-clients',
    operation({
      operationId: 'listApiClients',
      summary: 'List the API clients',
      description:
        'Lists every client that may call, or once might, in the order of their creation: scopes, ranges, keys without their secrets, and when each was last used. The root credential of the environment and the clients of the identity provider are not among them.',
      tag: 'API clients',
      scope: 'clients:read',
      personal: true,
      request: { querystring: ClientQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of clients.',
          schema: ref(ApiClientPage),
          examples: apiClientExamples.page,
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => {
      const now = clock.now()
      const rows = await listApiClients(database, request.query, now, pageRequest(request, FIRST_UUID, isUuid))
      return answer(
        request,
        reply,
        pageOf(
          request,
          reply,
          rows,
          client => client.client_id,
          client => apiClientView(client, now),
        ),
      )
    },
  )

  app.post(
    '/v1/api-clients',
    operation({
      operationId: 'createApiClient',
      summary: 'Create an API client',
      description:
        'Creates a client and its first key: with the scopes of a preset, or with scopes of its own, never with one that the caller does not have itself (403). The key is shown in this answer and nowhere again, because only a digest of it is kept. A repeat with the same `Idempotency-Key` creates nothing twice, and answers without the key.',
      tag: 'API clients',
      scope: 'clients:manage',
      personal: true,
      request: { headers: IdempotencyHeaders, body: ref(ApiClientInput) },
      request_examples: apiClientExamples.input,
      answers: {
        201: {
          description: 'The client, with its key.',
          schema: ref(ApiClientWithKey),
          examples: apiClientExamples.created,
          headers: ['ETag', 'Location', 'Idempotent-Replayed'],
          links,
        },
      },
      problems: ['idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      answerIssued(
        request,
        reply,
        await createApiClient(context, {
          terms: apiClientTermsOf(request.body),
          held: heldBy(request),
          environment,
          requester: requesterOf(request),
          key: idempotencyKeyOf(request),
        }),
      ),
  )

  app.get(
    '/v1/api-clients/:client_id',
    operation({
      operationId: 'getApiClient',
      summary: 'Read an API client',
      description: 'Reads one client, also one that was revoked. 404 where there never was one under this id.',
      tag: 'API clients',
      scope: 'clients:read',
      personal: true,
      request: { params: ClientPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The client.',
          schema: ref(ApiClient),
          examples: apiClientExamples.answer,
          headers: ['ETag'],
          links,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) => {
      const view = apiClientView(
        orNotFound(await findApiClient(database, request.params.client_id), 'api_client'),
        clock.now(),
      )
      return answer(request, reply, view, taggedPart(view))
    },
  )

  app.patch(
    '/v1/api-clients/:client_id',
    operation({
      operationId: 'updateApiClient',
      summary: 'Change an API client',
      description:
        "Changes a client's name, scopes, ranges or end (JSON Merge Patch, RFC 7396); its keys stay. What it may no longer do ends within two seconds in every process. A client that has, or would have, scopes that the caller does not have is not changed (403); one that was revoked neither (404).",
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
          links,
        },
      },
      problems: ['not-found', 'precondition-failed'],
    }),
    async (request, reply) => {
      const view = await updateApiClient(context, {
        client_id: request.params.client_id,
        patch: apiClientPatchOf(request.body),
        held: heldBy(request),
        preconditions: preconditionsOf(request),
        requester: requesterOf(request),
      })
      return answer(request, reply, view, taggedPart(view))
    },
  )

  app.delete(
    '/v1/api-clients/:client_id',
    operation({
      operationId: 'revokeApiClient',
      summary: 'Revoke an API client',
      description:
        'Revokes a client with all its keys, for good: within two seconds every process refuses them. Its record stays readable. A client that was revoked cannot be revoked again (404).',
      tag: 'API clients',
      scope: 'clients:manage',
      personal: true,
      request: { params: ClientPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The client is revoked. No body.' } },
      problems: ['not-found', 'precondition-failed'],
    }),
    async (request, reply) => {
      await revokeApiClient(context, {
        client_id: request.params.client_id,
        preconditions: preconditionsOf(request),
        requester: requesterOf(request),
      })
      return reply.code(204).send()
    },
  )

  app.post(
    '/v1/api-clients/:client_id/keys',
    operation({
      operationId: 'addApiKey',
      summary: 'Give an API client another key',
      description:
        'Makes another key for a client, to rotate it without a gap: those that it has go on for `overlap_seconds`, none longer than it would have, and then end. With 0 they are revoked at once, as after a leak. The new key is shown in this answer and nowhere again; a repeat with the same `Idempotency-Key` makes no other, and answers without it. With `If-Match`, of two who rotate at once one does. The caller needs every scope that the client has (403).',
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
          links,
        },
      },
      problems: ['not-found', 'precondition-failed', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      answerIssued(
        request,
        reply,
        await addApiKey(context, {
          client_id: request.params.client_id,
          overlap_seconds: request.body.overlap_seconds!,
          held: heldBy(request),
          environment,
          preconditions: preconditionsOf(request),
          requester: requesterOf(request),
          key: idempotencyKeyOf(request),
        }),
      ),
  )

  app.delete(
    '/v1/api-clients/:client_id/keys/:key_id',
    operation({
      operationId: 'revokeApiKey',
      summary: 'Revoke a key of an API client',
      description:
        "Revokes one key at once, within two seconds in every process; the client's other keys go on. `If-Match` compares with the client. A key that no longer works cannot be revoked (404).",
      tag: 'API clients',
      scope: 'clients:manage',
      personal: true,
      request: { params: KeyPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The key is revoked. No body.' } },
      problems: ['not-found', 'precondition-failed'],
    }),
    async (request, reply) => {
      await revokeApiKey(context, {
        ...request.params,
        preconditions: preconditionsOf(request),
        requester: requesterOf(request),
      })
      return reply.code(204).send()
    },
  )

  app.get(
    '/v1/api-clients/:client_id/history',
    operation({
      operationId: 'listApiClientHistory',
      summary: 'List what changed of an API client',
      description:
        'Lists who created, changed and revoked a client and its keys, the newest first: which client did it, which person used that, what the terms were before and after. 404 where there never was one under this id.',
      tag: 'API clients',
      scope: 'clients:read',
      personal: true,
      request: { params: ClientPath, querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of history.',
          schema: ref(HistoryPage),
          examples: apiClientHistoryExamples.page,
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) => {
      const { client_id } = orNotFound(await findApiClient(database, request.params.client_id), 'api_client')
      return answer(
        request,
        reply,
        pageOf(
          request,
          reply,
          await listApiClientHistory(database, client_id, pageRequest(request, AFTER_ALL, isHistoryPosition)),
          historyPositionOf,
          historyEntryView,
        ),
      )
    },
  )
}

/** The scopes of the caller: all that it can give. */
function heldBy({ client }: FastifyRequest): ReadonlySet<string> {
  return client?.scopes ?? new Set()
}

/** The client with its new key, under the entity tag of the client. */
function answerIssued(request: FastifyRequest, reply: FastifyReply, issued: IdempotentOutcome<IssuedKey>): object {
  const { client, key } = valueOf(reply, issued)
  return answer(
    request,
    reply.code(201).header('location', `/v1/api-clients/${client.client_id}`),
    { ...client, key },
    taggedPart(client),
  )
}
