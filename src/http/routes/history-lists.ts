import { Type, type Static } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findHistoryHead } from '#db/history/history-chain.ts'
import type { HistoryFilter } from '#db/history/history-lists.ts'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { oneOfList, ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { answerHistoryHead } from '#http/response/history/history-answer.ts'
import { historyList } from '#http/response/history/history-lists.ts'
import { answerList } from '#http/response/list-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { bound, filterId, listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { historyExamples } from '#http/schemas/history/history-examples.ts'
import { HistoryHead, HistoryPage } from '#http/schemas/history/history.ts'
import { fileParameters, FILES_OF_LIST, filesOf } from '#http/schemas/list-files.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

const HistoryQuery = listQuery({
  client_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 300,
      pattern: PATTERNS.visibleAscii,
      description: 'Only changes that this client made. Name it as `client` in the answer does.',
      examples: ['admin'],
    }),
  ),
  event: Type.Optional(oneOfList(EVENT_TYPES, { description: 'Only changes of this kind.' })),
  customer_id: Type.Optional(
    filterId('Only changes of this customer. A contract that moved is found under both customers.', CUSTOMER_ID),
  ),
  contract_id: Type.Optional(filterId('Only changes of this contract.', CONTRACT_ID)),
  from: bound('Only changes at or after this moment.', '2026-04-01T00:00:00Z'),
  to: bound('Only changes before this moment.', '2099-04-01T00:00:00Z'),
  ...fileParameters,
})

export function historyListRoutes(app: TypedApp, context: ActionContext): void {
  listHistoryRoute(app, context)
  getHistoryHeadRoute(app, context)
}

function getHistoryHeadRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/history/head',
    operation({
      operationId: 'getHistoryHead',
      summary: 'Read the head of the history',
      description:
        'Reads the number of the latest entry of history, and its hash (R40). Each entry has a hash of the hash ' +
        'before it and of what it says, so the head vouches for the whole history. Keep it elsewhere: with it, ' +
        '`npm run verify-history` finds every later change of the history, also of its end.',
      tag: 'History',
      scope: 'history:read',
      request: { headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The head.',
          schema: ref(HistoryHead),
          examples: historyExamples.head,
          headers: ['ETag'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => answerHistoryHead(request, reply, await findHistoryHead(database)),
  )
}

function listHistoryRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/history',
    operation({
      operationId: 'listHistory',
      summary: 'List the changes of everything',
      description:
        'Lists every change of customers, contracts, contacts, support accounts, change requests, the catalogue and ' +
        'API clients, the newest first (R26, R40). The histories of contracts and contacts are parts of it. What an ' +
        `API client may do is shown with the scope \`clients:read\`. ${FILES_OF_LIST}`,
      tag: 'History',
      scope: 'history:read',
      optional_scopes: ['clients:read'],
      personal: true,
      discloses: true,
      request: { querystring: HistoryQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of history.',
          schema: ref(HistoryPage),
          examples: historyExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
          other_forms: filesOf(
            { type: 'history_entry', ...historyExamples.page.duties.value.items[0] },
            'history_id,event,subject_id,occurred_at,…\r\n',
          ),
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      await answerList(
        context,
        request,
        reply,
        historyList(filterOf(request.query), request.client?.scopes ?? new Set()),
      ),
  )
}

function filterOf({
  client_id,
  event,
  customer_id,
  contract_id,
  from,
  to,
}: Static<typeof HistoryQuery>): HistoryFilter {
  return {
    client_id,
    event,
    customer_id,
    contract_id,
    from: from === undefined ? undefined : momentOf(from, 'from', 'query'),
    to: to === undefined ? undefined : momentOf(to, 'to', 'query'),
  }
}
