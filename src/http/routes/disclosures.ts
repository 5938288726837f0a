import type { Static } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { DisclosureFilter } from '#db/personal-data/disclosure-pages.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { disclosureList } from '#http/response/history/history-lists.ts'
import { answerList } from '#http/response/list-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { filesOf } from '#http/schemas/list-files.ts'
import { disclosureExamples, DisclosurePage, DisclosureQuery } from '#http/schemas/personal-data/disclosures.ts'

export function disclosureRoutes(app: TypedApp, context: ActionContext): void {
  listDisclosuresRoute(app, context)
}

function listDisclosuresRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/disclosures',
    operation({
      operationId: 'listDisclosures',
      summary: 'List who took which list of people',
      description:
        'Shows which lists of people left the registry, the newest first (R31, R32): who took them, when, for ' +
        'which purpose, and how many rows. The service writes the record before the answer is complete, and ' +
        'cannot change it afterwards. Each page of a list has a record, also if the answer is 304. For a whole ' +
        'list (NDJSON, CSV) the service writes the record before the first byte, and the count before the last. ' +
        'This list itself can be read as NDJSON and CSV too: it has no people. ' +
        "Reads of one resource, sender checks and changes are in the service's log instead.",
      tag: 'History',
      scope: 'disclosures:read',
      personal: true,
      request: { querystring: DisclosureQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of disclosures.',
          schema: ref(DisclosurePage),
          examples: disclosureExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
          other_forms: filesOf(
            { type: 'disclosure', ...disclosureExamples.page.file.value.items[0] },
            'disclosure_id,taken_at,ended_at,client,…\r\n',
          ),
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) => await answerList(context, request, reply, disclosureList(filterOf(request.query))),
  )
}

function filterOf({ client, operation: taken, purpose, from, to }: Static<typeof DisclosureQuery>): DisclosureFilter {
  return {
    client,
    operation: taken,
    purpose,
    from: from === undefined ? undefined : momentOf(from, 'from', 'query'),
    to: to === undefined ? undefined : momentOf(to, 'to', 'query'),
  }
}
