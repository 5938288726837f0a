import { Type } from 'typebox'
import { createApiClient } from '#actions/create-api-client.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { viewApiClients } from '#actions/view-api-clients.ts'
import { findApiClient } from '#db/api-clients.ts'
import { listApiClientHistory } from '#db/history.ts'
import { API_CLIENT_STATES, apiClientView } from '#domain/api-client.ts'
import { oneOfList, ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { apiClientTermsOf } from '#http/request/api-client-body.ts'
import { historyPage } from '#http/request/history-position.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { pageByUuid } from '#http/request/paging.ts'
import { callerOf, grantorOf } from '#http/request/caller-of.ts'
import { answerApiClient, answerIssuedKey } from '#http/response/api-client-answer.ts'
import { answerHistory } from '#http/response/history-answer.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPage } from '#http/response/page-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { apiClientExamples } from '#http/schemas/api-client-examples.ts'
import { ApiClientInput } from '#http/schemas/api-client-input.ts'
import { apiClientLinks, ClientPath } from '#http/schemas/api-client-links.ts'
import { ApiClient, ApiClientPage, ApiClientWithKey } from '#http/schemas/api-clients.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { apiClientHistoryExamples } from '#http/schemas/history-examples.ts'
import { HistoryPage } from '#http/schemas/history.ts'

const ClientQuery = listQuery({
  state: Type.Optional(oneOfList(API_CLIENT_STATES, { description: 'Only clients in this state.' })),
})

export function apiClientRoutes(app: TypedApp, context: ActionContext, environment: string): void {
  listApiClientsRoute(app, context)
  createApiClientRoute(app, context, environment)
  getApiClientRoute(app, context)
  listApiClientHistoryRoute(app, context)
}

function listApiClientsRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/api-clients',
    operation({
      operationId: 'listApiClients',
      summary: 'List the API clients',
      description:
        'Lists every client that may call, or once might, in the order of their creation: scopes, ranges, keys ' +
        'without their secrets, and when each was last used. The root credential of the environment and the ' +
        'clients of the identity provider are not among them.',
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
    async (request, reply) =>
      answerPage(
        request,
        reply,
        await viewApiClients(context, request.query, pageByUuid(request)),
        client => client.client_id,
        client => client,
      ),
  )
}

const createApiClientOperation = operation({
  operationId: 'createApiClient',
  summary: 'Create an API client',
  description:
    'Creates a client and its first key: with the scopes of a preset, or with scopes of its own, never with ' +
    'one that the caller does not have itself (403). A client that another client creates stays within the IP ' +
    'ranges and the end of that client, and gets them if the request names none. A client made with an access ' +
    'token ends after 90 days at most. The key is shown in this answer and nowhere again, ' +
    'because only a digest of it is kept. A repeat with the same `Idempotency-Key` creates nothing twice, and ' +
    'answers without the key.',
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
      links: apiClientLinks,
    },
  },
  problems: ['invalid-value', 'idempotency-key-in-use', 'idempotency-key-reused'],
})

function createApiClientRoute(app: TypedApp, context: ActionContext, environment: string): void {
  app.post('/v1/api-clients', createApiClientOperation, async (request, reply) =>
    answerIssuedKey(
      request,
      reply,
      await createApiClient(context, {
        terms: apiClientTermsOf(request.body),
        grantor: grantorOf(request),
        environment,
        caller: callerOf(request),
        key: idempotencyKeyOf(request),
      }),
    ),
  )
}

function getApiClientRoute(app: TypedApp, { database, clock }: ActionContext): void {
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
          links: apiClientLinks,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerApiClient(
        request,
        reply,
        apiClientView(orNotFound(await findApiClient(database, request.params.client_id), 'api_client'), clock.now()),
      ),
  )
}

function listApiClientHistoryRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/api-clients/:client_id/history',
    operation({
      operationId: 'listApiClientHistory',
      summary: 'List what changed of an API client',
      description:
        'Lists who created, changed and revoked a client and its keys, the newest first: which client did it, ' +
        'which person used that, what the terms were before and after. 404 where there never was one under this ' +
        'id.',
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
    async (request, reply) =>
      answerHistory(
        request,
        reply,
        await listApiClientHistory(
          database,
          orNotFound(await findApiClient(database, request.params.client_id), 'api_client').client_id,
          historyPage(request),
        ),
      ),
  )
}
