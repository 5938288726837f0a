import { Type } from 'typebox'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { DISABLED_REASONS, ENDPOINT_STATES } from '#domain/webhooks/webhook-endpoint.ts'
import {
  closedObject,
  component,
  nullable,
  oneOfList,
  openList,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { WEBHOOK_ENDPOINT_ID, WEBHOOK_SECRET_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const endpointId = ownId("The endpoint's id.", WEBHOOK_ENDPOINT_ID)

const url = Type.String({
  minLength: 10,
  maxLength: 2000,
  pattern: PATTERNS.visibleAscii,
  description:
    'Where to send: an `https` URL without credentials, at a public address or in one of the ranges that the ' +
    'operator of this service has named. Outside production `http` is allowed.',
  examples: ['https://crm.aozora.example.co.jp/madoguchi'],
})
const EventType = component('EventType', oneOfList(EVENT_TYPES, { description: 'A type of event.' }))
const types = nullable(
  Type.Array(ref(EventType), {
    minItems: 1,
    maxItems: 100,
    description: 'The types of events to send; null for all.',
    examples: [['contact.registered', 'contact.changed', 'contact.removed']],
  }),
)
const description = nullable(
  Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: PATTERNS.trimmed,
    description: 'What the endpoint is for.',
    examples: ['CRM, production'],
  }),
)
const includeData = Type.Boolean({
  description:
    'Whether deliveries also have `before` and `after` of the event, where the client may read the thing. Without ' +
    'it they have ids only. Data about people is recorded as a disclosure (R31).',
  examples: [false],
})

const WebhookSecret = component(
  'WebhookSecret',
  Type.Object(
    {
      secret_id: ownId("The secret's id.", WEBHOOK_SECRET_ID),
      created_at: moment('When it was made.', '2026-09-17T23:46:52.032Z'),
      expires_at: nullable(moment('Until when it signs; null for the present one.', '2026-09-18T23:46:52.032Z')),
    },
    { description: 'A secret that signs deliveries. It is shown once, when it is made.' },
  ),
)

const shown = {
  endpoint_id: endpointId,
  client_id: Type.String({
    description: 'The client that made it. The endpoint ends with its client.',
    examples: ['admin'],
  }),
  url: Type.String({
    description: 'Where deliveries are sent.',
    examples: ['https://crm.aozora.example.co.jp/madoguchi'],
  }),
  types: nullable(
    Type.Array(openList(EVENT_TYPES, { description: 'One type of event.' }), {
      description: 'The types of events that are sent; null for all.',
    }),
  ),
  description: nullable(Type.String({ description: 'What it is for.', examples: ['CRM, production'] })),
  include_data: includeData,
  state: openList(ENDPOINT_STATES, { description: 'Whether it gets deliveries.', examples: ['enabled'] }),
  disabled_at: nullable(moment('When it was disabled.', '2026-10-01T00:00:00.000Z')),
  disabled_reason: nullable(
    openList(DISABLED_REASONS, {
      description:
        '`by_request`; `gone`: the receiver answered 410; `failing`: no delivery arrived for five days; ' +
        '`client_ended`: its client was revoked, has expired or lost the scope `webhooks:manage`.',
      examples: ['gone'],
    }),
  ),
  failing_since: nullable(
    moment('Since when no delivery has arrived; null while they do.', '2026-10-01T00:00:00.000Z'),
  ),
  secrets: Type.Array(ref(WebhookSecret), { description: 'The secrets that sign now. Each gives a signature.' }),
  created_at: moment('When it was made.', '2026-09-17T23:46:52.032Z'),
  updated_at: moment('When it last changed.', '2026-09-17T23:46:52.032Z'),
}

export const WebhookEndpoint = component(
  'WebhookEndpoint',
  Type.Object(shown, { description: 'A URL of a system that receives events.' }),
)

export const WebhookEndpointWithSecret = component(
  'WebhookEndpointWithSecret',
  Type.Object(
    {
      ...shown,
      secret: nullable(
        Type.String({
          description: 'The new secret, this once; null in a repeat under the same `Idempotency-Key`.',
          examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
        }),
      ),
    },
    { description: 'An endpoint with the secret that was made for it.' },
  ),
)

export const WebhookEndpointInput = component(
  'WebhookEndpointInput',
  closedObject(
    {
      url,
      types: Type.Optional(types),
      description: Type.Optional(description),
      include_data: Type.Optional(nullable(includeData)),
    },
    { description: 'A new endpoint.' },
  ),
)

export const WebhookEndpointPatch = component(
  'WebhookEndpointPatch',
  closedObject(
    {
      url: Type.Optional(url),
      types: Type.Optional(types),
      description: Type.Optional(description),
      include_data: Type.Optional(includeData),
      state: Type.Optional(
        oneOfList(ENDPOINT_STATES, { description: 'Whether it gets deliveries.', examples: ['enabled'] }),
      ),
    },
    { description: 'Changes of an endpoint, as JSON Merge Patch (RFC 7396).' },
  ),
)

export const WebhookSecretInput = component(
  'WebhookSecretInput',
  closedObject(
    {
      overlap_seconds: Type.Optional(
        nullable(
          Type.Integer({
            minimum: 0,
            maximum: 2_592_000,
            description: 'For how long the present secrets go on signing; a day if absent. 0 ends them at once.',
            examples: [86_400],
          }),
        ),
      ),
    },
    { description: 'How the secret is rotated.' },
  ),
)

export const WebhookEndpointPage = pageSchema(
  'WebhookEndpointPage',
  WebhookEndpoint,
  'A page of endpoints, in the order of their making.',
)

/** The named schemas of this file. */
export const webhookEndpointsComponents: readonly NamedSchema[] = [
  EventType,
  WebhookSecret,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
  WebhookEndpointInput,
  WebhookEndpointPatch,
  WebhookSecretInput,
  WebhookEndpointPage,
]
