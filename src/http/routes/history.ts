import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findContact } from '#db/rosters/contacts.ts'
import { findContractEver, listContactHistory, listContractHistory } from '#db/history/history.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { disclosedTo } from '#http/request/personal-data/disclosure-of.ts'
import { historyPage } from '#http/request/history/history-position.ts'
import { answerHistory } from '#http/response/history/history-answer.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { ContractPath } from '#http/schemas/contracts/contract-parameters.ts'
import { historyExamples } from '#http/schemas/history/history-examples.ts'
import { HistoryPage } from '#http/schemas/history/history.ts'

const ContactPath = Type.Object({ contact_id: contactId })

const answers = {
  200: {
    description: 'A page of history.',
    schema: ref(HistoryPage),
    examples: historyExamples.page,
    headers: ['ETag', 'Events-Cursor', 'Link'] as const,
  },
  304: NOT_MODIFIED,
}

export function historyRoutes(app: TypedApp, context: ActionContext): void {
  listContractHistoryRoute(app, context)
  listContactHistoryRoute(app, context)
}

function listContractHistoryRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contracts/:contract_id/history',
    operation({
      operationId: 'listContractHistory',
      summary: 'List the changes of a contract',
      description:
        'Lists every change of a contract, its seats, its contacts and their support accounts, the newest first: ' +
        'before and after, when, by which client, at whose request, and the ids of the change request and of the ' +
        'HTTP request. The history of a deleted contract stays. 404 if there has never been such a contract.',
      tag: 'History',
      scope: 'history:read',
      personal: true,
      discloses: true,
      request: { params: ContractPath, querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers,
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerHistory(
        request,
        reply,
        await listContractHistory(
          disclosedTo(request, context),
          orNotFound(await findContractEver(context.database, request.params.contract_id), 'contract').contract_id,
          historyPage(request),
        ),
      ),
  )
}

function listContactHistoryRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contacts/:contact_id/history',
    operation({
      operationId: 'listContactHistory',
      summary: 'List the changes of a contact',
      description:
        'Lists every change of a contact, the newest first: before and after, when, by which client, at whose ' +
        'request, and the ids of the change request and of the HTTP request. 404 if the id is unknown.',
      tag: 'History',
      scope: 'history:read',
      personal: true,
      discloses: true,
      request: { params: ContactPath, querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers,
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerHistory(
        request,
        reply,
        await listContactHistory(
          disclosedTo(request, context),
          orNotFound(await findContact(context.database, request.params.contact_id, context.clock.today()), 'contact')
            .contact_id,
          historyPage(request),
        ),
      ),
  )
}
