import { Type } from 'typebox'
import { API_CLIENT_STATES } from '#domain/api-clients/api-client.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import { component, type NamedSchema, nullable, openList, ref } from '#http/schemas/named-schema.ts'
import { apiClientId, apiKeyId, namesRequester } from '#http/schemas/api-clients/api-client-fields.ts'
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
      created_at: moment('When the key was created.', '2026-04-01T00:30:00.000Z'),
      expires_at: moment(
        'When the key expires: at most 366 days after its creation, not later than the credential that created ' +
          'it, and earlier if another key replaces it. A key also expires with its client.',
        '2027-04-02T00:30:00.000Z',
      ),
      last_used_at: nullable(
        moment('When it was last used, to the minute; null if it was never used.', '2026-09-14T23:40:00.000Z'),
      ),
    },
    { description: 'A key of a client, without its secret: the service does not store it.' },
  ),
)

const fields = {
  client_id: apiClientId,
  name: Type.String({ description: 'The name of the client.', examples: ['CRM, production'] }),
  scopes: Type.Array(openList(ALL_SCOPES, { description: 'One scope.' }), {
    description: 'What the client may do.',
    examples: [['customers:read', 'customers:write', 'contracts:read']],
  }),
  ip_ranges: Type.Array(Type.String({ description: 'One address or range.', examples: ['203.0.113.0/24'] }), {
    description: 'The IP addresses from which it may call; an empty list allows any address.',
    examples: [['203.0.113.0/24']],
  }),
  names_requester: namesRequester,
  state: openList(API_CLIENT_STATES, {
    description:
      'Whether it may call now. A client is active until `expires_at`; a revoked client can never call again.',
    examples: ['active'],
  }),
  keys: Type.Array(ref(ApiKey), { description: 'Its valid keys, the oldest first.' }),
  expires_at: moment('Until when it may call.', '2026-12-31T15:00:00.000Z'),
  created_at: moment('When it was created.', '2026-04-01T00:30:00.000Z'),
  revoked_at: nullable(moment('When it was revoked; null if it was not.', '2026-09-30T08:00:00.000Z')),
  parent_client_id: nullable({
    ...apiClientId,
    description:
      'The client that created it, and whose IP ranges and expiry also limit it; null if the root credential or ' +
      'an access token created it.',
  }),
  last_used_at: nullable(
    moment(
      'When it last called, to the minute; null if it never called. A call does not change the entity tag.',
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
            'The new key. It is shown only once: store it as a secret. Null in a repeat of the first answer ' +
            '(`Idempotent-Replayed`), because the service does not store the key; if the first answer was lost, ' +
            'create another key.',
          examples: ['mdg_live_4fQzV0kq8mJ2sN6tXw1yB3cD5eF7gH9iK0lM2nO4pQ6rUR1xE'],
        }),
      ),
    },
    { description: 'A client as it is now, with its new key.' },
  ),
)

export const ApiClientPage = pageSchema(
  'ApiClientPage',
  ApiClient,
  'A page of clients, in the order of their creation.',
)

/** The named schemas of this file. */
export const apiClientsComponents: readonly NamedSchema[] = [ApiKey, ApiClient, ApiClientWithKey, ApiClientPage]
