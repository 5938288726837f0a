import { Type } from 'typebox'
import { CHANGE_SOURCES } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/openapi/component.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import {
  ACCOUNT_ID,
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
      source: openList(CHANGE_SOURCES, {
        description:
          'How the change came: `direct` for a call that made it, `catalogue` where a changed product or app moved a ' +
          'contract, `job` for what the service does by itself when a day starts, else the operation that made it.',
        examples: ['direct'],
      }),
      change_request_id: nullable(
        ownId('Through which change request; null where a client did it directly.', CHANGE_REQUEST_ID),
      ),
      requested_by: nullableRef(ref(RequestedBy), 'Who asked for it (R25); null where no requester was named.'),
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

/** The named schemas of this file. */
export const historyComponents: readonly NamedSchema[] = [HistoryEntry, HistoryPage]
