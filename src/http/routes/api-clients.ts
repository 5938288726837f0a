import { Type } from 'typebox'
import { createApiClient } from '#actions/api-clients/create-api-client.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { viewApiClients } from '#actions/api-clients/view-api-clients.ts'
import { findApiClient } from '#db/api-clients/api-clients.ts'
import { listApiClientHistory } from '#db/history/history.ts'
import { API_CLIENT_STATES, apiClientView } from '#domain/api-clients/api-client.ts'
import { oneOfList, ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { apiClientTermsOf } from '#http/request/api-clients/api-client-body.ts'
import { historyPage } from '#http/request/history/history-position.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { pageByUuid } from '#http/request/paging.ts'
import { callerOf, grantorOf } from '#http/request/caller-of.ts'
import { answerApiClient, answerIssuedKey } from '#http/response/api-clients/api-client-answer.ts'
import { answerHistory } from '#http/response/history/history-answer.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPage } from '#http/response/page-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { apiClientExamples } from '#http/schemas/api-clients/api-client-examples.ts'
import { ApiClientInput } from '#http/schemas/api-clients/api-client-input.ts'
import { apiClientLinks, ClientPath } from '#http/schemas/api-clients/api-client-links.ts'
import { ApiClient, ApiClientPage, ApiClientWithKey } from '#http/schemas/api-clients/api-clients.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { apiClientHistoryExamples } from '#http/schemas/history/history-examples.ts'
import { HistoryPage } from '#http/schemas/history/history.ts'

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
        'Lists all clients, also expired and revoked clients, in the order of their creation: scopes, IP ranges, ' +
        'keys without their secrets, and when each was last used. The root credential of the environment and the ' +
        'clients of the identity provider are not in the list.',
      tag: 'API clients',
      scope: 'clients:read',
      personal: true,
      request: { querystring: ClientQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of clients.',
          schema: ref(ApiClientPage),
          examples: apiClientExamples.page,
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
    'Creates a client and its first key, with the scopes of a preset or with its own list of scopes. A caller ' +
    'can grant only scopes that it has itself (403). The IP ranges and the expiry of a client that creates ' +
    'another also limit the new client, and are the default. A client created with an access token expires ' +
    'after at most 90 days. Only this answer shows the key, because the service stores only a digest of it. A ' +
    'repeat with the same `Idempotency-Key` creates nothing, and answers without the key.',
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
      description: 'Reads one client. Revoked clients can be read too. 404 if the id is unknown.',
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
      summary: 'List the changes of an API client',
      description:
        'Lists who created, changed and revoked a client and its keys, the newest change first: which client did ' +
        'it, which person used that client, and the rights before and after. 404 if the id is unknown.',
      tag: 'API clients',
      scope: 'clients:read',
      personal: true,
      request: { params: ClientPath, querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of history.',
          schema: ref(HistoryPage),
          examples: apiClientHistoryExamples.page,
          headers: ['ETag', 'Events-Cursor', 'Link'],
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
