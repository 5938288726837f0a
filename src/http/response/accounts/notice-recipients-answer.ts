import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { listNoticePage, streamNoticeRecipients } from '#actions/accounts/list-notice-recipients.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { noticeRecipient, type NoticeRecipient } from '#domain/accounts/notice-recipient.ts'
import { disclosedBatches } from '#actions/support/personal-data/disclosed-batches.ts'
import { answer } from '#http/request/conditions.ts'
import { disclosedTo, disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { FILE_ENDS, listFormatOf, type FileFormat } from '#http/request/file-parameters.ts'
import { pageByUuid, pageOf } from '#http/request/paging.ts'
import { csvOf, ndjsonOf, type Column } from '#http/response/list-formats.ts'
import type { NoticeQuery } from '#http/schemas/accounts/notice-recipients.ts'

// Spaces separate the entries of a list in a cell.
const NOTICE_COLUMNS: readonly Column<NoticeRecipient>[] = (
  [
    'account_id',
    'customer_id',
    'customer_name',
    'email',
    'display_name',
    'shared',
    'roles',
    'contract_ids',
    'product_ids',
  ] as const satisfies readonly (keyof NoticeRecipient)[]
).map(name => [name, recipient => [recipient[name] ?? ''].flat().join(' ')])

type Query = Static<typeof NoticeQuery>
type NoticeRequest = FastifyRequest<{ Querystring: Query }>

/** Answers who gets a notice: a page as JSON, or the whole list as a file, as `Accept` says. */
export async function answerNoticeRecipients(context: ActionContext, request: FastifyRequest, reply: FastifyReply) {
  const notice = request as NoticeRequest
  const format = listFormatOf(request, true)
  return format === 'application/json'
    ? await answerNoticePage(context, notice, reply)
    : await sendNoticeFile(context, notice, reply, format)
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

async function sendNoticeFile(context: ActionContext, request: NoticeRequest, reply: FastifyReply, format: FileFormat) {
  const { query, method } = request
  const name = `notice-recipients-${query.purpose}-${context.clock.today()}.${FILE_ENDS[format]}`
  void reply.type(`${format}; charset=utf-8`).header('content-disposition', `attachment; filename="${name}"`)
  if (method === 'HEAD') return await reply.send()
  const recipients = streamNoticeRecipients(context, filterOf(query))
  const batches = disclosedBatches(context, disclosureOf(request, context, FILE_ENDS[format]), recipients)
  return await reply.send(
    format === 'text/csv' ? await csvOf(batches, NOTICE_COLUMNS, query.bom ?? false) : await ndjsonOf(batches),
  )
}

function filterOf({ customer_id, product_id, role }: Query) {
  return { customer_id, product_id, role }
}
