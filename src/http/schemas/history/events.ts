import { Type } from 'typebox'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { CHANGE_SOURCES } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { anyOfList, filterId, moment, ownId, pageParameters } from '#http/schemas/common.ts'
import {
  ACCOUNT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  REQUEST_ID,
} from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'
import { snapshot } from '#http/schemas/snapshot.ts'

/** How long a client may wait for an event, in seconds. */
const LONGEST_WAIT = 30

export const EventQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 20,
        pattern: PATTERNS.cursor,
        description:
          'Only events after this one: the `next_cursor` of the previous page, the `Events-Cursor` of a list, or the ' +
          '`event_id` of any event. `latest`: an empty page whose `next_cursor` is that of the latest event. Without ' +
          'it: from the first event.',
        examples: ['latest'],
      }),
    ),
    types: Type.Optional(anyOfList(EVENT_TYPES, 'Only events of these types.')),
    customer_id: Type.Optional(
      filterId('Only events of this customer. A contract that moved is found under both customers.', CUSTOMER_ID),
    ),
    limit: pageParameters.limit,
    wait: Type.Integer({
      minimum: 0,
      maximum: LONGEST_WAIT,
      default: 0,
      description:
        'For how many seconds to wait if there is no event yet. The answer comes within a second after the first ' +
        'event that fits, or is empty at the end of this time.',
      examples: [0],
    }),
  },
  { additionalProperties: false },
)

const masterText = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

export const SeatNumbers = component(
  'SeatNumbers',
  Type.Object(
    {
      limit: Type.Integer({ minimum: 0, description: 'How many contacts the contract may have.', examples: [4] }),
      used: Type.Integer({ minimum: 0, description: 'How many it has.', examples: [3] }),
      over: Type.Integer({ minimum: 0, description: 'How many it has over its limit (R27).', examples: [0] }),
    },
    { description: 'How many seats of a contract are taken.' },
  ),
)

const EventData = component(
  'EventData',
  Type.Object(
    {
      before: snapshot('The state before the change; null if there was none.'),
      after: snapshot('The state after the change; null if there is none.'),
    },
    {
      description:
        'The whole answer of the thing before and after the change, as `GET` gave and gives it; of change requests ' +
        'as lists have them, without the plan.',
    },
  ),
)

const Event = component(
  'Event',
  Type.Object(
    {
      event_id: Type.Integer({
        format: 'int64',
        description:
          'The number of the event, without gaps. No event ever appears before one that was answered already.',
        examples: [2048],
      }),
      type: openList(EVENT_TYPES, {
        description: 'What happened: a thing, and a verb in the past tense. Later releases may add types.',
        examples: ['contact.changed'],
      }),
      occurred_at: moment('When it happened. The order of events is that of `event_id`.', '2026-04-01T00:30:00.000Z'),
      subject_id: Type.String({
        description: 'The id of the thing that `type` names: of a contact, a contract, a product, an API client.',
        examples: [CONTACT_ID],
      }),
      customer_id: masterText('The customer that the change concerns, if any.', CUSTOMER_ID),
      contract_id: masterText('The contract that the change concerns, if any.', CONTRACT_ID),
      contact_id: nullable(ownId('The contact; null unless `type` begins with `contact.`.', CONTACT_ID)),
      account_id: nullable(ownId('The support account that the change concerns, if any.', ACCOUNT_ID)),
      change_request_id: nullable(
        ownId('The change request that this is about, or that caused the change.', CHANGE_REQUEST_ID),
      ),
      request_id: Type.String({ description: 'The `Request-Id` of the request.', examples: [REQUEST_ID] }),
      client_id: Type.String({
        description:
          'The client that made the change: the id of an API client, `admin` for the root credential, `oauth:` and ' +
          'the client that the identity provider names, `madoguchi` for changes that the service itself makes at the ' +
          'start of a day.',
        examples: ['admin'],
      }),
      source: openList(CHANGE_SOURCES, { description: 'What caused the change, as in history.', examples: ['direct'] }),
      seats: nullableRef(
        ref(SeatNumbers),
        'The seats of the contract after the change; null unless `type` begins with `contact.`, and where a contact ' +
          'of another contract changes with it. No event of the contract repeats them: a copy of it takes them as ' +
          '`limit`, `used` and `over` of its `seats`, what is left as `available`, `over` also as `by` and in the ' +
          '`remedies` of its `over_limit`, and its `registration` is `registered`.',
      ),
      data: nullableRef(ref(EventData), 'What changed; null for a client without the scope that reads such things.'),
    },
    {
      description:
        'A change of an answer of this service (R37). The changes of one contract, account or person are in their ' +
        'order.',
    },
  ),
)

export const EventPage = component(
  'EventPage',
  Type.Object(
    {
      items: Type.Array(ref(Event), { description: 'The events of this page.' }),
      next_cursor: Type.String({
        description: 'The `after` of the next page; never null. A filter may have passed over all events up to it.',
        examples: ['2048'],
      }),
      has_more: Type.Boolean({ description: 'Whether there are further events already.', examples: [false] }),
    },
    { description: 'A page of events, in the order in which they became visible.' },
  ),
)

/** The named schemas of this file. */
export const eventsComponents: readonly NamedSchema[] = [SeatNumbers, EventData, Event, EventPage]
