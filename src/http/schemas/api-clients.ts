import { Type } from 'typebox'
import { API_CLIENT_STATES } from '#domain/api-client.ts'
import { CLIENT_PRESET_NAMES, CLIENT_PRESETS } from '#http/auth/client-presets.ts'
import { ALL_SCOPES } from '#domain/scopes.ts'
import {
  closedObject,
  component,
  nullable,
  oneOfList,
  openList,
  ref,
  type NamedSchema,
} from '#http/openapi/component.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { API_CLIENT_ID, API_KEY_ID } from '#http/schemas/examples.ts'

export const apiClientId = ownId("The client's id.", API_CLIENT_ID)

export const apiKeyId = ownId("The key's id.", API_KEY_ID)

const MONTH_SECONDS = 30 * 24 * 60 * 60

export const OVERLAP_SECONDS = 24 * 60 * 60

const name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^\\S(.*\\S)?$',
  description:
    'What people call the client: a system, not a person. 1–100 characters, no white space at either end; need not be unique.',
  examples: ['CRM, production'],
})

const scopes = Type.Array(oneOfList(ALL_SCOPES, { description: 'One scope.' }), {
  minItems: 1,
  maxItems: 100,
  description: 'What the client may do: only scopes that the caller has itself.',
  examples: [['customers:read', 'customers:write']],
})

const ipRanges = Type.Array(
  Type.String({
    minLength: 2,
    maxLength: 49,
    description: 'An IPv4 or IPv6 address, or a range of them in CIDR notation; bits after the prefix are passed over.',
    examples: ['203.0.113.0/24'],
  }),
  {
    maxItems: 50,
    description: "From where the client may call; empty for anywhere. From elsewhere its keys are nobody's (401).",
    examples: [['203.0.113.0/24', '2001:db8::/32']],
  },
)

const expiresAt = nullable(
  Type.String({
    format: 'date-time',
    minLength: 20,
    maxLength: 41,
    pattern: '^2\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:[0-5]\\d(\\.\\d{1,15})?(Z|[+-]\\d{2}:\\d{2})$',
    description: 'Until when the client may call, RFC 3339, in the future; null for no end.',
    examples: ['2027-03-31T15:00:00Z'],
  }),
)

const ApiKey = component(
  'ApiKey',
  Type.Object(
    {
      key_id: apiKeyId,
      hint: Type.String({ description: 'How the key begins, to tell keys apart.', examples: ['mdg_live_4fQz'] }),
      created_at: moment('When the key was made.', '2026-04-01T00:30:00.000Z'),
      expires_at: nullable(
        moment(
          'When the key ends because another was made; null while it lasts as long as its client.',
          '2026-10-02T00:30:00.000Z',
        ),
      ),
      last_used_at: nullable(
        moment('When it was last used, to the minute; null where it never was.', '2026-09-14T23:40:00.000Z'),
      ),
    },
    { description: 'A key of a client, without its secret, which is kept nowhere.' },
  ),
)

const fields = {
  client_id: apiClientId,
  name: Type.String({ description: 'What people call the client.', examples: ['CRM, production'] }),
  scopes: Type.Array(openList(ALL_SCOPES, { description: 'One scope.' }), {
    description: 'What the client may do.',
    examples: [['customers:read', 'customers:write', 'contracts:read']],
  }),
  ip_ranges: Type.Array(Type.String({ description: 'One address or range.', examples: ['203.0.113.0/24'] }), {
    description: 'From where it may call; empty for anywhere.',
    examples: [['203.0.113.0/24']],
  }),
  state: openList(API_CLIENT_STATES, {
    description: 'Whether it may call now: until `expires_at`, and never again once it was revoked.',
    examples: ['active'],
  }),
  keys: Type.Array(ref(ApiKey), { description: 'Its keys that work now, the oldest first.' }),
  expires_at: nullable(moment('Until when it may call; null for no end.', '2027-03-31T15:00:00.000Z')),
  created_at: moment('When it was created.', '2026-04-01T00:30:00.000Z'),
  revoked_at: nullable(moment('When it was revoked; null where it was not.', '2026-09-30T08:00:00.000Z')),
  last_used_at: nullable(
    moment(
      'When it last called, to the minute; null where it never did. Calling is no change: the entity tag leaves it out, here and in `keys`.',
      '2026-09-14T23:40:00.000Z',
    ),
  ),
}

export const ApiClient = component(
  'ApiClient',
  Type.Object(fields, { description: 'Somebody who may call: a system with keys of its own.' }),
)

export const ApiClientWithKey = component(
  'ApiClientWithKey',
  Type.Object(
    {
      ...fields,
      key: nullable(
        Type.String({
          description:
            'The new key. Shown this once: keep it where secrets are kept. Null where this is the first answer again (`Idempotent-Replayed`), because the key is kept nowhere; if the first answer was lost, add another key.',
          examples: ['mdg_live_4fQzV0kq8mJ2sN6tXw1yB3cD5eF7gH9iK0lM2nO4pQ6rUR1xE'],
        }),
      ),
    },
    { description: 'A client as it is now, with the key that was made for it.' },
  ),
)

export const ApiClientPage = pageSchema(
  'ApiClientPage',
  ApiClient,
  'A page of clients, in the order of their creation.',
)

export const ApiClientInput = component(
  'ApiClientInput',
  Type.Object(
    {
      name,
      preset: Type.Optional(
        oneOfList(CLIENT_PRESET_NAMES, {
          description: `Scopes by what the caller is. ${CLIENT_PRESET_NAMES.map(preset => `\`${preset}\`: ${CLIENT_PRESETS[preset].map(scope => `\`${scope}\``).join(', ')}.`).join(' ')}`,
          examples: ['crm'],
        }),
      ),
      scopes: Type.Optional(scopes),
      ip_ranges: Type.Optional(ipRanges),
      expires_at: Type.Optional(expiresAt),
    },
    {
      additionalProperties: false,
      oneOf: ['preset', 'scopes'].map(field => ({
        required: [field],
        properties: { [field]: { description: 'What it may do.' } },
      })),
      description: 'A client to be created: exactly one of `preset` and `scopes` says what it may do.',
    },
  ),
)

export const ApiClientPatch = component(
  'ApiClientPatch',
  closedObject(
    {
      name: Type.Optional(name),
      scopes: Type.Optional(scopes),
      ip_ranges: Type.Optional(ipRanges),
      expires_at: Type.Optional(expiresAt),
    },
    { description: 'What changes of a client, as JSON Merge Patch (RFC 7396). Lists are replaced whole.' },
  ),
)

export const ApiKeyInput = component(
  'ApiKeyInput',
  closedObject(
    {
      overlap_seconds: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: MONTH_SECONDS,
          default: OVERLAP_SECONDS,
          description:
            'For how many seconds the keys that work now go on beside the new one: a day unless you say, 30 days at most. 0 revokes them at once.',
          examples: [OVERLAP_SECONDS],
        }),
      ),
    },
    { description: 'How the keys that a client has make way for the new one.' },
  ),
)

/** The named schemas of this file. */
export const apiClientsComponents: readonly NamedSchema[] = [
  ApiKey,
  ApiClient,
  ApiClientWithKey,
  ApiClientPage,
  ApiClientInput,
  ApiClientPatch,
  ApiKeyInput,
]
