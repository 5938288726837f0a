import { Type } from 'typebox'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { component, nullable, openList, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment, ownId } from '#http/schemas/common.ts'
import {
  ACCOUNT_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  CHANGE_REQUEST_ID,
  WEBHOOK_ENDPOINT_ID,
} from '#http/schemas/examples.ts'
import { snapshot } from '#http/schemas/snapshot.ts'

const id = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

const WebhookMessage = component(
  'WebhookMessage',
  Type.Object(
    {
      type: openList([...EVENT_TYPES, 'webhook.test'], {
        description: 'The type of the event; `webhook.test` in a test.',
        examples: ['contact.registered'],
      }),
      timestamp: moment('When it happened.', '2026-04-01T00:30:00.000Z'),
      data: Type.Object(
        {
          event_id: Type.Optional(Type.Integer({ format: 'int64', description: 'The event, as in `GET /v1/events`.' })),
          subject_id: Type.Optional(Type.String({ description: 'The id of the thing.', examples: [CONTACT_ID] })),
          customer_id: Type.Optional(id('The customer, if any.', CUSTOMER_ID)),
          contract_id: Type.Optional(id('The contract, if any.', CONTRACT_ID)),
          contact_id: Type.Optional(id('The contact, if any.', CONTACT_ID)),
          account_id: Type.Optional(id('The support account, if any.', ACCOUNT_ID)),
          change_request_id: Type.Optional(id('The change request, if any.', CHANGE_REQUEST_ID)),
          endpoint_id: Type.Optional(ownId('The endpoint; in a test only.', ACCOUNT_ID)),
          before: Type.Optional(snapshot('The state before; only with `include_data`.')),
          after: Type.Optional(snapshot('The state after; only with `include_data`.')),
        },
        { description: 'What the event is about: ids, and with `include_data` what changed.' },
      ),
    },
    { description: 'The body of a delivery, as Standard Webhooks has it.' },
  ),
)

const EXAMPLE = {
  type: 'contact.registered',
  timestamp: '2026-04-01T00:30:00.000Z',
  data: {
    event_id: 2048,
    subject_id: CONTACT_ID,
    customer_id: CUSTOMER_ID,
    contract_id: CONTRACT_ID,
    contact_id: CONTACT_ID,
    account_id: ACCOUNT_ID,
    change_request_id: null,
  },
}

const TEST = { type: 'webhook.test', timestamp: EXAMPLE.timestamp, data: { endpoint_id: WEBHOOK_ENDPOINT_ID } }

/** What the service sends to endpoints: the `webhooks` of the document. */
export function documentedWebhooks(): Record<string, object> {
  return {
    event: {
      post: {
        operationId: 'receiveEvent',
        summary: 'Receive an event',
        description:
          'Sent to the webhook endpoints that want events of this type, signed in `webhook-id`, `webhook-timestamp` ' +
          'and `webhook-signature` as Standard Webhooks has it. `type` lists all types.',
        tags: ['Webhooks'],
        security: [],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/WebhookMessage' }, examples: EXAMPLES },
          },
        },
        responses: { '204': { description: 'Received. Any 2xx will do; 410 disables the endpoint.' } },
      },
    },
  }
}

const EXAMPLES = {
  registered: { summary: 'A contact was registered', value: EXAMPLE },
  removed: { summary: 'A contact was removed', value: { ...EXAMPLE, type: 'contact.removed' } },
  test: { summary: 'A test', value: TEST },
}

/** The named schemas of this file. */
export const webhookMessagesComponents: readonly NamedSchema[] = [WebhookMessage]
