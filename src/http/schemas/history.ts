import { Type } from 'typebox'
import { component, nullable, nullableRef, ref, type NamedSchema } from '#http/openapi/component.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { primaryExample } from '#http/schemas/contact-examples.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  REQUEST_ID,
} from '#http/schemas/examples.ts'
import { RequestedBy } from '#http/schemas/requested-by.ts'

const EVENTS = [
  'contract.created',
  'contract.changed',
  'contract.deleted',
  'contract.seats_changed',
  'contract.went_over_limit',
  'contract.came_within_limit',
  'contract.ended',
  'contract.reinstated',
  'contact.registered',
  'contact.changed',
  'contact.removed',
  'application_form.accepted',
  'change_request.received',
  'change_request.confirmed',
  'change_request.approved',
  'change_request.approval_lapsed',
  'change_request.applied',
  'change_request.rejected',
  'change_request.withdrawn',
  'change_request.failed',
  'support_account.opened',
  'support_account.reopened',
  'support_account.closed',
  'support_account.left',
  'support_account.residual_access_ended',
  'api_client.created',
  'api_client.changed',
  'api_client.key_added',
  'api_client.key_revoked',
  'api_client.revoked',
] as const

const snapshot = (description: string) =>
  Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'], additionalProperties: true, description })
const masterText = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

const HistoryEntry = component(
  'HistoryEntry',
  Type.Object(
    {
      history_id: Type.Integer({
        format: 'int64',
        description: "The entry's number: entries of one contract have them in the order in which they happened.",
        examples: [1024],
      }),
      event: Type.String({
        'x-extensible-enum': [...EVENTS],
        description: 'What happened, in the past tense; more may come.',
        examples: ['contact.changed'],
      }),
      occurred_at: moment('When it happened.', '2026-04-01T00:30:00.000Z'),
      client: Type.String({
        description:
          'Which client did it: the id of an API client, `admin` for the root credential, `oauth:` and the client ' +
          'that the identity provider names, `madoguchi` for what the service does by itself when a day starts.',
        examples: ['admin'],
      }),
      on_behalf_of: nullable(
        Type.String({
          description:
            'The person who used the client, by the opaque id that the identity provider gives; null where a ' +
            'program calls for itself.',
          examples: ['00u1a2b3c4d5e6f7g8h9'],
        }),
      ),
      request_id: Type.String({
        description: 'Under which request: the `Request-Id` of then.',
        examples: [REQUEST_ID],
      }),
      change_request_id: nullable(
        ownId('Through which change request; null where a client did it directly.', CHANGE_REQUEST_ID),
      ),
      requested_by: nullableRef(ref(RequestedBy), 'Who asked for it, where it came through a change request (R25).'),
      customer_id: masterText('The customer that it is about.', CUSTOMER_ID),
      contract_id: masterText('The contract that it is about.', CONTRACT_ID),
      contact_id: nullable(ownId('The contact that it is about, where it is about one.', CONTACT_ID)),
      account_id: nullable(ownId('The support account that it is about, where it is about one.', ACCOUNT_ID)),
      changed: Type.Array(Type.String({ description: 'One field.', examples: ['duties'] }), {
        description: 'The fields that differ between `before` and `after`; empty where only one of the two is there.',
      }),
      before: snapshot('What it was, in the form in which it was answered then; null where there was nothing.'),
      after: snapshot('What it is since, likewise; of a contact that was removed, with `removed_at`.'),
    },
    {
      description:
        'One entry of the record: what changed, when, by which client, at whose request, under which HTTP request ' +
        '(R25, R26).',
    },
  ),
)

export const HistoryPage = pageSchema('HistoryPage', HistoryEntry, 'A page of history, the newest entry first.')

export const historyExamples = {
  page: {
    duties: {
      summary: 'A contact whose duties were changed',
      value: {
        items: [
          {
            history_id: 1024,
            event: 'contact.changed',
            occurred_at: '2026-09-14T23:40:00.000Z',
            client: 'admin',
            on_behalf_of: null,
            request_id: REQUEST_ID,
            change_request_id: null,
            requested_by: null,
            customer_id: CUSTOMER_ID,
            contract_id: CONTRACT_ID,
            contact_id: CONTACT_ID,
            account_id: ACCOUNT_ID,
            changed: ['duties'],
            before: { ...primaryExample, duties: [] },
            after: primaryExample,
          },
        ],
        next_cursor: null,
      },
    },
  },
}

const terms = {
  client_id: API_CLIENT_ID,
  name: 'CRM, production',
  scopes: ['customers:read', 'customers:write', 'contracts:read'],
  ip_ranges: ['203.0.113.0/24'],
  expires_at: null,
}
const ofClient = {
  client: 'admin',
  on_behalf_of: null,
  request_id: REQUEST_ID,
  change_request_id: null,
  requested_by: null,
  customer_id: null,
  contract_id: null,
  contact_id: null,
  account_id: null,
}
export const apiClientHistoryExamples = {
  page: {
    narrowed: {
      summary: 'A client that was created, and lost a scope',
      value: {
        items: [
          {
            history_id: 1031,
            event: 'api_client.changed',
            occurred_at: '2026-09-14T23:40:00.000Z',
            ...ofClient,
            changed: ['scopes'],
            before: terms,
            after: { ...terms, scopes: ['customers:read', 'customers:write'] },
          },
          {
            history_id: 12,
            event: 'api_client.created',
            occurred_at: '2026-04-01T00:30:00.000Z',
            ...ofClient,
            changed: [],
            before: null,
            after: { ...terms, key_id: API_KEY_ID, hint: 'mdg_live_4fQz' },
          },
        ],
        next_cursor: null,
      },
    },
  },
}

/** The named schemas of this file. */
export const historyComponents: readonly NamedSchema[] = [HistoryEntry, HistoryPage]
