import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { listNoticePage, streamNoticeRecipients } from '#actions/list-notice-recipients.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { noticeRecipient } from '#domain/notice-recipient.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { disclosedBatches } from '#actions/support/disclosing.ts'
import { answer } from '#http/request/conditions.ts'
import { disclosedTo, disclosureOf } from '#http/request/disclosure-of.ts'
import { pageByUuid, pageOf } from '#http/request/paging.ts'
import { csvOf, ndjsonOf } from '#http/response/list-file.ts'
import type { NoticeQuery } from '#http/schemas/notice-recipients.ts'

const FILES = { 'application/x-ndjson': 'ndjson', 'text/csv': 'csv' } as const
const FORMATS = ['application/json', 'application/x-ndjson', 'text/csv'] as const
type Format = (typeof FORMATS)[number]
type Query = Static<typeof NoticeQuery>
type NoticeRequest = FastifyRequest<{ Querystring: Query }>

/** Answers who gets a notice: a page as JSON, or the whole list as a file, as `Accept` says. */
export async function answerNoticeRecipients(context: ActionContext, request: FastifyRequest, reply: FastifyReply) {
  const notice = request as NoticeRequest
  const format = request.accepts().type([...FORMATS]) as Format
  assertParametersFit(notice, format)
  return format === 'application/json'
    ? await answerNoticePage(context, notice, reply)
    : await sendNoticeFile(context, notice, reply, format)
}

/** Refuses parameters of pages with a file, and of CSV with another format. */
function assertParametersFit({ query, url }: NoticeRequest, format: Format): void {
  const { bom, cursor } = query
  const isLimited = new URLSearchParams(url.split('?')[1]).has('limit') // the query itself has the default
  if (bom !== undefined && format !== 'text/csv')
    throw invalidRequest({ in: 'query', pointer: '#/bom', code: 'not-allowed', only_with: 'csv' })
  if (cursor !== undefined && format !== 'application/json')
    throw invalidRequest({ in: 'query', pointer: '#/cursor', code: 'not-allowed', only_with: 'pages' })
  if (isLimited && format !== 'application/json')
    throw invalidRequest({ in: 'query', pointer: '#/limit', code: 'not-allowed', only_with: 'pages' })
}

async function answerNoticePage(context: ActionContext, request: NoticeRequest, reply: FastifyReply) {
  const accounts = await listNoticePage(
    context,
    filterOf(request.query),
    context.clock.today(),
    pageByUuid(request),
    disclosedTo(request, context),
  )
  const page = pageOf(request, reply, accounts, ({ account_id }) => account_id, noticeRecipient)
  return answer(request, reply, { ...page, purpose: request.query.purpose })
}

async function sendNoticeFile(
  context: ActionContext,
  request: NoticeRequest,
  reply: FastifyReply,
  format: keyof typeof FILES,
) {
  const { query, method } = request
  const name = `notice-recipients-${query.purpose}-${context.clock.today()}.${FILES[format]}`
  void reply.type(`${format}; charset=utf-8`).header('content-disposition', `attachment; filename="${name}"`)
  if (method === 'HEAD') return await reply.send()
  const recipients = streamNoticeRecipients(context, filterOf(query))
  const batches = disclosedBatches(context, disclosureOf(request, context, FILES[format]), recipients)
  return await reply.send(format === 'text/csv' ? await csvOf(batches, query.bom ?? false) : await ndjsonOf(batches))
}

function filterOf({ customer_id, product_id, role }: Query) {
  return { customer_id, product_id, role }
}
