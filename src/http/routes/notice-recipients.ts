import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answerNoticeRecipients } from '#http/response/accounts/notice-recipients-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import {
  noticeExamples,
  NoticeLines,
  NoticeQuery,
  NoticeRecipientPage,
  NoticeTable,
} from '#http/schemas/accounts/notice-recipients.ts'

export function noticeRecipientRoutes(app: TypedApp, context: ActionContext): void {
  listNoticeRecipientsRoute(app, context)
}

function listNoticeRecipientsRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/notice-recipients',
    operation({
      operationId: 'listNoticeRecipients',
      summary: 'List the recipients of a notice',
      description:
        'Lists the open support accounts that get an important notice (重要な案内やお知らせ), each account once, however ' +
        'many contacts and contracts it has (R31), in the order of their opening. Every list needs a purpose ' +
        '(R32), and `GET /v1/disclosures` shows who took which list. `Accept` chooses the form: JSON in pages, or ' +
        'the whole list as NDJSON or CSV, without `cursor` and `limit`. If a whole list is cut off, its last ' +
        'chunk is missing, so that clients see that the transfer failed.',
      tag: 'Support accounts',
      scope: 'notices:read',
      personal: true,
      discloses: true,
      request: { querystring: NoticeQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of recipients, or the whole list.',
          schema: ref(NoticeRecipientPage),
          examples: noticeExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
          other_forms: {
            'application/x-ndjson': { schema: ref(NoticeLines), examples: noticeExamples.lines },
            'text/csv': { schema: ref(NoticeTable), examples: noticeExamples.table },
          },
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => await answerNoticeRecipients(context, request, reply),
  )
}
