import { Type } from 'typebox'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { CHANGE_SOURCES } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import {
  ACCOUNT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  HEAD_HASH,
  REQUEST_ID,
} from '#http/schemas/examples.ts'
import { RequestedBy } from '#http/schemas/change-requests/requested-by.ts'
import { snapshot } from '#http/schemas/snapshot.ts'

const masterText = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

const HistoryEntry = component(
  'HistoryEntry',
  Type.Object(
    {
      history_id: Type.Integer({
        format: 'int64',
        description: 'The number of the entry. For one contract, the numbers follow the order of the changes.',
        examples: [1024],
      }),
      event: Type.String({
        'x-extensible-enum': [...EVENT_TYPES],
        description: 'What happened, in the past tense; more may come.',
        examples: ['contact.changed'],
      }),
      subject_id: Type.String({
        description: 'The id of the thing that `event` names: of a contact, a contract, a product, an API client.',
        examples: [CONTACT_ID],
      }),
      occurred_at: moment('When it happened.', '2026-04-01T00:30:00.000Z'),
      client: Type.String({
        description:
          'The client that made the change: the id of an API client, `admin` for the root credential, `oauth:` and ' +
          'the client that the identity provider names, `madoguchi` for changes that the service itself makes at ' +
          'the start of a day.',
        examples: ['admin'],
      }),
      on_behalf_of: nullable(
        Type.String({
          description:
            'The person who used the client, by the opaque id that the identity provider gives; null if a program ' +
            'acts for itself.',
          examples: ['00u1a2b3c4d5e6f7g8h9'],
        }),
      ),
      request_id: Type.String({
        description: 'The `Request-Id` of the request.',
        examples: [REQUEST_ID],
      }),
      source: openList(CHANGE_SOURCES, {
        description:
          'What caused the change: `direct` for a call that made it, `catalogue` if a changed product or app ' +
          'affected a contract, `job` for changes that the service itself makes at the start of a day, else the ' +
          'operation that made it.',
        examples: ['direct'],
      }),
      change_request_id: nullable(
        ownId('The change request that it applied; null if a client made the change directly.', CHANGE_REQUEST_ID),
      ),
      requested_by: nullableRef(ref(RequestedBy), 'The requester (R25); null if the request named none.'),
      customer_id: masterText('The customer that the change concerns.', CUSTOMER_ID),
      contract_id: masterText('The contract that the change concerns.', CONTRACT_ID),
      contact_id: nullable(ownId('The contact that the change concerns, if any.', CONTACT_ID)),
      account_id: nullable(ownId('The support account that the change concerns, if any.', ACCOUNT_ID)),
      changed: Type.Array(Type.String({ description: 'One field.', examples: ['duties'] }), {
        description: 'The fields that differ between `before` and `after`; empty if one of the two is null.',
      }),
      before: snapshot('The state before the change, in the form of the answers at that time; null if there was none.'),
      after: snapshot('The state after the change, in the same form. For a removed contact it has `removed_at`.'),
    },
    {
      description:
        'One entry of the record: what changed, when, by which client, at whose request, under which HTTP request ' +
        '(R25, R26).',
    },
  ),
)

export const HistoryPage = pageSchema('HistoryPage', HistoryEntry, 'A page of history, the newest entry first.')

export const HistoryHead = component(
  'HistoryHead',
  Type.Object(
    {
      event_id: Type.Integer({
        format: 'int64',
        minimum: 0,
        description: 'The number of the latest entry; 0 if there is none.',
        examples: [2048],
      }),
      hash: nullable(
        Type.String({
          minLength: 64,
          maxLength: 64,
          description: 'Its hash (SHA-256, hexadecimal); null if there is no entry.',
          examples: [HEAD_HASH],
        }),
      ),
    },
    { description: 'The end of the chain of hashes over the whole history (R40).' },
  ),
)

/** The named schemas of this file. */
export const historyComponents: readonly NamedSchema[] = [HistoryEntry, HistoryHead, HistoryPage]
