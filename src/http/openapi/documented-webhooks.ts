import { scopeOfEvent } from '#domain/history/event-types.ts'
import { PATTERNS } from '#http/problems/patterns.ts'
import { WEBHOOK_DELIVERY_ID } from '#http/schemas/examples.ts'
import { messageExamples } from '#http/schemas/webhooks/webhook-message-examples.ts'
import { TEST_TYPE, WEBHOOK_MESSAGES, type DocumentedMessage } from '#http/schemas/webhooks/webhook-messages.ts'

const header = (name: string, description: string, schema: object, example: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', ...schema },
  example,
})

/** The header fields of every delivery. */
export const WEBHOOK_HEADERS = {
  WebhookId: header(
    'webhook-id',
    'The id of the delivery, the same in every repeat of it: know repeats by it.',
    { format: 'uuid', minLength: 36, maxLength: 36 },
    WEBHOOK_DELIVERY_ID,
  ),
  WebhookTimestamp: header(
    'webhook-timestamp',
    'When it was sent, in seconds since 1970. Refuse a delivery that is more than five minutes old or early.',
    { minLength: 1, maxLength: 20, pattern: PATTERNS.digits },
    '1789429200',
  ),
  WebhookSignature: header(
    'webhook-signature',
    'One signature of each secret, separated by spaces: `v1,` and the HMAC-SHA256 in base64 of `webhook-id`, ' +
      '`webhook-timestamp` and the body as it came, joined by dots. Its key are the bytes that the secret has in ' +
      'base64 after `whsec_`. The delivery is genuine if one of them fits.',
    { minLength: 1, maxLength: 1000 },
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
}

const parameters = Object.keys(WEBHOOK_HEADERS).map(name => ({ $ref: `#/components/parameters/${name}` }))

const responses = {
  '204': { description: 'Received. Any 2xx will do, within ten seconds; work it off later.' },
  '410': { description: 'The receiver is gone for good: the service disables the endpoint.' },
}

function receive(name: string, summary: string, description: string, schema: string, examples: object): object {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, examples } }
  return {
    post: {
      operationId: `receive${name}`,
      summary,
      description,
      tags: ['Webhooks'],
      security: [],
      parameters,
      requestBody: { required: true, content },
      responses,
    },
  }
}

function receiveOne({ type, name, meaning, schema }: DocumentedMessage): [string, object] {
  const scope = scopeOfEvent(type)
  const data =
    scope === undefined
      ? ''
      : ` With \`include_data\` it has \`before\` and \`after\` for a client with the scope \`${scope}\`.`
  return [type, receive(name, `Receive ${type}`, `${meaning}${data}`, schema.$id, messageExamples(type))]
}

const ANY =
  'Every delivery of the service: one of the messages below, of which `type` says which. Compare the signature with ' +
  'the body as it came, before you parse it. Deliveries may come late, twice or in another order; ' +
  '`data.event_id` gives the order, and `GET /v1/events` everything that an endpoint missed.'

/** What the service sends to endpoints: the `webhooks` of the document, each type by its own name. */
export function documentedWebhooks(): Record<string, object> {
  const examples = { ...messageExamples('contact.changed'), ...messageExamples(TEST_TYPE) }
  return {
    event: receive('Event', 'Receive an event of any type', ANY, 'WebhookMessage', examples),
    ...Object.fromEntries(WEBHOOK_MESSAGES.map(receiveOne)),
  }
}
