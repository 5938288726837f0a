import { listNoticePage, streamNoticeRecipients } from '#actions/list-notice-recipients.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { noticeRecipient } from '#domain/notice-recipient.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { invalidRequest } from '#http/problems/problem.ts'
import { answer } from '#http/request/conditions.ts'
import { isUuid, pageOf, pageRequest } from '#http/request/paging.ts'
import { csvOf, ndjsonOf } from '#http/response/list-file.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import {
  noticeExamples,
  NoticeLines,
  NoticeQuery,
  NoticeRecipientPage,
  NoticeTable,
} from '#http/schemas/notice-recipients.ts'

const FORMATS = ['application/json', 'application/x-ndjson', 'text/csv'] as const
const FILE_NAMES = { 'application/x-ndjson': 'ndjson', 'text/csv': 'csv' } as const

export function noticeRecipientRoutes(app: TypedApp, context: ActionContext): void {
  const { clock } = context

  app.get(
    '/v1/notice-recipients',
    operation({
      operationId: 'listNoticeRecipients',
      summary: 'List whom a notice goes to',
      description:
        'Lists the open support accounts that an important notice (重要な案内やお知らせ) goes to, each once, however many contacts and contracts stand behind it (R31), in the order of their opening. Every list names the purpose that it is for (R32), and the log of the service keeps who took which. By `Accept`: JSON in pages, or the whole list at once as NDJSON or CSV, which take no `cursor` and no `limit`. A whole list that breaks off has no last chunk: clients see that the transfer failed.',
      tag: 'Support accounts',
      scope: 'notices:read',
      personal: true,
      request: { querystring: NoticeQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of recipients, or the whole list.',
          schema: ref(NoticeRecipientPage),
          examples: noticeExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Link'],
          other_forms: {
            'application/x-ndjson': { schema: ref(NoticeLines), examples: noticeExamples.lines },
            'text/csv': { schema: ref(NoticeTable), examples: noticeExamples.table },
          },
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => {
      const { purpose, customer_id, product_id, role, bom } = request.query
      const filter = { customer_id, product_id, role }
      const format = request.accepts().type([...FORMATS]) as (typeof FORMATS)[number]
      if (bom !== undefined && format !== 'text/csv')
        throw invalidRequest({ in: 'query', pointer: '#/bom', code: 'not-allowed', only_with: 'csv' })
      request.log.info(
        { client: request.client?.name, purpose, format, customer_id, product_id, role },
        'notice recipients are taken out',
      )
      if (format === 'application/json') {
        const accounts = await listNoticePage(context, filter, clock.today(), pageRequest(request, FIRST_UUID, isUuid))
        return answer(request, reply, {
          ...pageOf(request, reply, accounts, ({ account_id }) => account_id, noticeRecipient),
          purpose,
        })
      }
      if (request.query.cursor !== undefined)
        throw invalidRequest({ in: 'query', pointer: '#/cursor', code: 'not-allowed', only_with: 'pages' })
      void reply
        .type(`${format}; charset=utf-8`)
        .header(
          'content-disposition',
          `attachment; filename="notice-recipients-${purpose}-${clock.today()}.${FILE_NAMES[format]}"`,
        )
      if (request.method === 'HEAD') return await reply.send()
      const batches = streamNoticeRecipients(context, filter)
      return await reply.send(format === 'text/csv' ? await csvOf(batches, bom ?? false) : await ndjsonOf(batches))
    },
  )
}
