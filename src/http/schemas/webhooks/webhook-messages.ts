import { Type } from 'typebox'
import { EVENT_TYPES, kindOf, type EventType, type Kind } from '#domain/history/event-types.ts'
import { component, ref, tag, taggedUnion, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment } from '#http/schemas/common.ts'
import { EVENT_MEANINGS } from '#http/schemas/history/event-meanings.ts'
import { WEBHOOK_DATA, WebhookTestData } from '#http/schemas/webhooks/webhook-data.ts'

export const TEST_TYPE = 'webhook.test'
const TEST_MEANING = 'A client asked for a test, which is about nothing.'

/** The body of a delivery of one type. */
export type DocumentedMessage = { type: string; name: string; meaning: string; schema: NamedSchema }

function messageOf(type: string, meaning: string, data: NamedSchema): DocumentedMessage {
  const name = type
    .split(/[._]/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  const schema = component(
    `${name}Message`,
    Type.Object(
      {
        type: tag(type, meaning),
        timestamp: moment('When it happened.', '2026-04-01T00:30:00.000Z'),
        data: ref(data),
      },
      { description: meaning },
    ),
  )
  return { type, name, meaning, schema }
}

/** Every type of delivery, with what it says. */
export const WEBHOOK_MESSAGES: readonly DocumentedMessage[] = [
  ...EVENT_TYPES.map(type => messageOf(type, EVENT_MEANINGS[type as EventType], WEBHOOK_DATA[kindOf(type) as Kind])),
  messageOf(TEST_TYPE, TEST_MEANING, WebhookTestData),
]

const branches = WEBHOOK_MESSAGES.map(({ schema }) => schema)

/** What a receiver of several types gets. */
const WebhookMessage = component(
  'WebhookMessage',
  taggedUnion('type', branches, {
    description:
      'The body of a delivery, as Standard Webhooks has it; `type` says which. Later releases may add types: an ' +
      'endpoint that names its `types` never gets others.',
  }),
)

/** The named schemas of this file. */
export const webhookMessagesComponents: readonly NamedSchema[] = [...branches, WebhookMessage]
