import { Type } from 'typebox'
import { DELIVERY_ERRORS, DELIVERY_STATES } from '#domain/webhooks/webhook-delivery.ts'
import { component, nullable, openList, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { WEBHOOK_DELIVERY_ID, WEBHOOK_ENDPOINT_ID } from '#http/schemas/examples.ts'
import { endpointId } from '#http/schemas/webhooks/webhook-endpoints.ts'

export const deliveryId = ownId('The id of the delivery, which its header `webhook-id` has.', WEBHOOK_DELIVERY_ID)

const integer = (description: string, example: number) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description, examples: [example] })

export const WebhookDelivery = component(
  'WebhookDelivery',
  Type.Object(
    {
      delivery_id: deliveryId,
      endpoint_id: endpointId,
      event_id: integer('The event; null for a test.', 2048),
      type: Type.String({ description: "The event's type, or `webhook.test`.", examples: ['contact.registered'] }),
      state: openList(DELIVERY_STATES, {
        description:
          '`pending`: to be sent, or sent again. `delivered`: the receiver answered 2xx. `failed`: given up after ' +
          'three days, or the receiver is gone. `cancelled`: the endpoint was disabled meanwhile.',
        examples: ['delivered'],
      }),
      attempts: Type.Integer({ description: 'How often it was sent.', examples: [1] }),
      created_at: moment('When the delivery was made.', '2026-09-17T23:47:52.032Z'),
      last_attempt_at: nullable(moment('When it was last sent.', '2026-09-17T23:47:52.132Z')),
      next_attempt_at: nullable(moment('When it is sent next; null if it is over.', '2026-09-17T23:47:53.132Z')),
      status: integer('The status of the last answer; null if there was none.', 204),
      error: nullable(
        openList(DELIVERY_ERRORS, {
          description:
            'Why there was no answer. `forbidden_address`: the address must not be called. `unresolved`: the name ' +
            'has no address. `tls`: the certificate is not trusted.',
          examples: ['timeout'],
        }),
      ),
      duration_ms: integer('How long the last attempt took, in milliseconds.', 87),
    },
    { description: 'One event for one endpoint.' },
  ),
)

export const WebhookDeliveryPage = pageSchema(
  'WebhookDeliveryPage',
  WebhookDelivery,
  'A page of deliveries, the newest first.',
)

const delivery = {
  delivery_id: WEBHOOK_DELIVERY_ID,
  endpoint_id: WEBHOOK_ENDPOINT_ID,
  event_id: null,
  type: 'webhook.test',
  state: 'pending',
  attempts: 0,
  created_at: '2026-09-17T23:47:52.032Z',
  last_attempt_at: null,
  next_attempt_at: '2026-09-17T23:47:52.032Z',
  status: null,
  error: null,
  duration_ms: null,
}

export const deliveryExamples = {
  one: { test: { summary: 'A test that is to be sent', value: delivery } },
  page: { all: { summary: 'The only page', value: { items: [delivery], next_cursor: null } } },
}

/** The named schemas of this file. */
export const webhookDeliveriesComponents: readonly NamedSchema[] = [WebhookDelivery, WebhookDeliveryPage]
