import { Type } from 'typebox'
import type { ActionContext } from '#actions/action-context.ts'
import { findContact } from '#db/contacts.ts'
import { findContract } from '#db/contracts.ts'
import { listContactHistory, listContractHistory, type HistoryPosition } from '#db/history.ts'
import { historyEntryView, type HistoryRecord } from '#domain/history-entry.ts'
import { ref } from '#http/component.ts'
import { answer } from '#http/conditions.ts'
import { found } from '#http/found.ts'
import { ConditionalReadHeaders, operation } from '#http/operation.ts'
import { isMoment, pageOf, pageRequest } from '#http/paging.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { historyExamples, HistoryPage } from '#http/schemas/history.ts'
import type { TypedApp } from '#http/typed-app.ts'

const ContractPath = Type.Object({ contract_id: contractId })
const ContactPath = Type.Object({ contact_id: contactId })

const AFTER_ALL: HistoryPosition = { occurred_at: '9999-12-31T23:59:59.999Z', history_id: Number.MAX_SAFE_INTEGER }

function isHistoryPosition (value: unknown): value is HistoryPosition {
  const { occurred_at, history_id } = (value ?? {}) as Record<string, unknown>
  return isMoment(occurred_at) && Number.isSafeInteger(history_id)
}

const positionOf = ({ occurred_at, history_id }: HistoryRecord): HistoryPosition => ({ occurred_at, history_id })
const answers = { 200: { description: 'A page of history.', schema: ref(HistoryPage), examples: historyExamples.page, headers: ['ETag', 'Link'] as const }, 304: NOT_MODIFIED }

export function historyRoutes (app: TypedApp, { database }: ActionContext): void {
  app.get('/v1/contracts/:contract_id/history', operation({
    operationId: 'listContractHistory',
    summary: 'List what changed of a contract',
    description: 'Lists every change of a contract, its seats, its contacts and their support accounts, the newest first: before and after, when, by which client, asked by whom, through which change request, under which request. 404 where there is no such contract.',
    tag: 'History',
    scope: 'history:read',
    personal: true,
    request: { params: ContractPath, querystring: listQuery({}), headers: ConditionalReadHeaders },
    answers,
    problems: ['not-found']
  }), async (request, reply) => {
    const { contract_id } = found(await findContract(database, request.params.contract_id), 'contract')
    return answer(request, reply, pageOf(request, reply, await listContractHistory(database, contract_id, pageRequest(request, AFTER_ALL, isHistoryPosition)), positionOf, historyEntryView))
  })

  app.get('/v1/contacts/:contact_id/history', operation({
    operationId: 'listContactHistory',
    summary: 'List what changed of a contact',
    description: 'Lists every change of a contact, the newest first, also of one that was removed: before and after, when, by which client, asked by whom, through which change request, under which request. 404 where there never was one under this id.',
    tag: 'History',
    scope: 'history:read',
    personal: true,
    request: { params: ContactPath, querystring: listQuery({}), headers: ConditionalReadHeaders },
    answers,
    problems: ['not-found']
  }), async (request, reply) => {
    const { contact_id } = found(await findContact(database, request.params.contact_id), 'contact')
    return answer(request, reply, pageOf(request, reply, await listContactHistory(database, contact_id, pageRequest(request, AFTER_ALL, isHistoryPosition)), positionOf, historyEntryView))
  })
}
