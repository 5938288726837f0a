import { Type } from 'typebox'
import { DISCLOSURE_FORMATS, DISCLOSURE_STATES, PURPOSES } from '#domain/vocabulary.ts'
import { component, nullable, oneOfList, openList, type NamedSchema } from '#http/schemas/named-schema.ts'
import { bound, listQuery, moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { API_CLIENT_ID, CUSTOMER_ID, REQUEST_ID } from '#http/schemas/examples.ts'
import { bom } from '#http/schemas/list-files.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

const DISCLOSURE_ID = '019d4672-7b28-7a10-b2c3-d4e5f6071829'
const OPERATION = 'listNoticeRecipients'

export const DisclosureQuery = listQuery({
  client: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 300,
      pattern: PATTERNS.visibleAscii,
      description: 'Only lists that this client took. Name it as the answer does.',
      examples: [API_CLIENT_ID],
    }),
  ),
  operation: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: PATTERNS.operationId,
      description: 'Only the lists of this operation, by its `operationId`.',
      examples: [OPERATION],
    }),
  ),
  purpose: Type.Optional(oneOfList(PURPOSES, { description: 'Only the lists for this purpose (R32).' })),
  from: bound('Only lists that were taken at or after this moment.', '2026-04-01T00:00:00Z'),
  to: bound('Only lists that were taken before this moment.', '2099-04-01T00:00:00Z'),
  bom,
})

const Disclosure = component(
  'Disclosure',
  Type.Object(
    {
      disclosure_id: ownId('The id of the record.', DISCLOSURE_ID),
      taken_at: moment('When the list was requested.', '2026-04-01T00:30:00.000Z'),
      ended_at: nullable(
        moment(
          'When the list was complete or broken off; null if the service knows only when it began.',
          '2026-04-01T00:30:00.000Z',
        ),
      ),
      client: Type.String({
        description:
          'Which client took it: the id of an API client, `admin` for the root credential, `oauth:` and the client ' +
          'that the identity provider names.',
        examples: [API_CLIENT_ID],
      }),
      on_behalf_of: nullable(
        Type.String({
          description:
            'The person who used the client, by the opaque id that the identity provider gives; null if a program ' +
            'acts for itself.',
          examples: ['00u1a2b3c4d5e6f7g8h9'],
        }),
      ),
      operation: Type.String({ description: 'The `operationId` of the list.', examples: [OPERATION] }),
      format: openList(DISCLOSURE_FORMATS, {
        description:
          '`json` for a page or a document, `ndjson` and `csv` for a whole list, `html` for a page to print.',
        examples: ['csv'],
      }),
      purpose: nullable(
        openList(PURPOSES, {
          description: 'The purpose of the list (R32); null if the operation requires no purpose.',
          examples: ['product_information'],
        }),
      ),
      filter: Type.Unsafe<Record<string, unknown> | null>({
        type: ['object', 'null'],
        additionalProperties: true,
        description:
          'Which part of the list: the parameters of its path and query, which contain no names and no addresses. ' +
          'Null if the list was not filtered.',
        examples: [{ customer_id: CUSTOMER_ID }],
      }),
      rows: nullable(
        Type.Integer({
          minimum: 0,
          description:
            'How many rows were sent; for a list that was broken off, the maximum. Null in the state `begun`.',
          examples: [2],
        }),
      ),
      state: openList(DISCLOSURE_STATES, {
        description:
          '`complete`: the whole list was sent. `broken_off`: the client disconnected, or the service failed. ' +
          '`begun`: the list is still being sent, or its process died.',
        examples: ['complete'],
      }),
      request_id: Type.String({
        description: 'The `Request-Id` of the request.',
        examples: [REQUEST_ID],
      }),
    },
    { description: 'A list of people that left the registry: who took it, when, and for which purpose (R31, R32).' },
  ),
)

export const DisclosurePage = pageSchema('DisclosurePage', Disclosure, 'A page of disclosures, the newest first.')

export const disclosureExamples = {
  page: {
    file: {
      summary: 'A file of recipients of a notice',
      value: {
        items: [
          {
            disclosure_id: DISCLOSURE_ID,
            taken_at: '2026-04-01T00:30:00.000Z',
            ended_at: '2026-04-01T00:30:00.000Z',
            client: API_CLIENT_ID,
            on_behalf_of: '00u1a2b3c4d5e6f7g8h9',
            operation: OPERATION,
            format: 'csv',
            purpose: 'product_information',
            filter: { customer_id: CUSTOMER_ID },
            rows: 2,
            state: 'complete',
            request_id: REQUEST_ID,
          },
        ],
        next_cursor: null,
      },
    },
  },
}

/** The named schemas of this file. */
export const disclosuresComponents: readonly NamedSchema[] = [Disclosure, DisclosurePage]
