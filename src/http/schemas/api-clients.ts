import { Type } from 'typebox'
import { API_CLIENT_STATES } from '#domain/api-client.ts'
import { ALL_SCOPES } from '#domain/scopes.ts'
import { component, type NamedSchema, nullable, openList, ref } from '#http/openapi/component.ts'
import { apiClientId, apiKeyId, namesRequester } from '#http/schemas/api-client-fields.ts'
import { moment, pageSchema } from '#http/schemas/common.ts'

const ApiKey = component(
  'ApiKey',
  Type.Object(
    {
      key_id: apiKeyId,
      hint: Type.String({
        description: 'The first characters of the key, to recognise it by.',
        examples: ['mdg_live_4fQz'],
      }),
      created_at: moment('When the key was made.', '2026-04-01T00:30:00.000Z'),
      expires_at: moment(
        'When the key ends: 366 days after it was made at the latest, with the credential that made it, or because ' +
          'another key was made. It ends with its client if that is earlier.',
        '2027-04-02T00:30:00.000Z',
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
  names_requester: namesRequester,
  state: openList(API_CLIENT_STATES, {
    description: 'Whether it may call now: until `expires_at`, and never again once it was revoked.',
    examples: ['active'],
  }),
  keys: Type.Array(ref(ApiKey), { description: 'Its keys that work now, the oldest first.' }),
  expires_at: moment('Until when it may call.', '2026-12-31T15:00:00.000Z'),
  created_at: moment('When it was created.', '2026-04-01T00:30:00.000Z'),
  revoked_at: nullable(moment('When it was revoked; null where it was not.', '2026-09-30T08:00:00.000Z')),
  parent_client_id: nullable({
    ...apiClientId,
    description:
      'The client that made it, and within whose ranges and end it stays; null where the root credential or an ' +
      'access token made it.',
  }),
  last_used_at: nullable(
    moment(
      'When it last called, to the minute; null where it never did. Calling is no change: the entity tag leaves ' +
        'it out, here and in `keys`.',
      '2026-09-14T23:40:00.000Z',
    ),
  ),
}

export const ApiClient = component(
  'ApiClient',
  Type.Object(fields, { description: 'A system that may call the service, with keys of its own.' }),
)

export const ApiClientWithKey = component(
  'ApiClientWithKey',
  Type.Object(
    {
      ...fields,
      key: nullable(
        Type.String({
          description:
            'The new key. Shown this once: keep it where secrets are kept. Null where this is the first answer ' +
            'again (`Idempotent-Replayed`), because the key is kept nowhere; if the first answer was lost, add ' +
            'another key.',
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

/** The named schemas of this file. */
export const apiClientsComponents: readonly NamedSchema[] = [ApiKey, ApiClient, ApiClientWithKey, ApiClientPage]
