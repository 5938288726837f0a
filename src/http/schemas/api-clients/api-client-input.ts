import { Type } from 'typebox'
import { CLIENT_PRESET_NAMES, CLIENT_PRESETS, type ClientPreset } from '#http/auth/client-presets.ts'
import { closedObject, component, type NamedSchema, omittable, oneOfList } from '#http/schemas/named-schema.ts'
import { expiresAt, ipRanges, name, namesRequester, scopes } from '#http/schemas/api-clients/api-client-fields.ts'

const MONTH_SECONDS = 30 * 24 * 60 * 60

export const OVERLAP_SECONDS = 24 * 60 * 60

function scopesOfPreset(preset: ClientPreset): string {
  return `\`${preset}\`: ${CLIENT_PRESETS[preset].map(scope => `\`${scope}\``).join(', ')}.`
}

export const ApiClientInput = component(
  'ApiClientInput',
  closedObject(
    {
      name,
      preset: omittable(
        oneOfList(CLIENT_PRESET_NAMES, {
          description:
            `A set of scopes by the kind of client. ${CLIENT_PRESET_NAMES.map(scopesOfPreset).join(' ')} ` +
            'Clients of `help_desk` and `operator` name requesters (`names_requester`), unless the request says ' +
            'otherwise. No preset has `requests:override`: who may confirm for a primary is the operator of the ' +
            'service to say.',
          examples: ['crm'],
        }),
      ),
      scopes: omittable(scopes),
      ip_ranges: omittable(ipRanges),
      expires_at: omittable(expiresAt),
      names_requester: omittable(namesRequester),
    },
    {
      'x-exactly-one-of': ['preset', 'scopes'],
      description: 'A client to create: exactly one of `preset` and `scopes` says what it may do.',
    },
  ),
)

export const ApiClientPatch = component(
  'ApiClientPatch',
  closedObject(
    {
      name: Type.Optional(name),
      scopes: Type.Optional(scopes),
      ip_ranges: omittable(ipRanges),
      expires_at: Type.Optional(expiresAt),
      names_requester: Type.Optional(namesRequester),
    },
    { description: 'The changes of a client, as JSON Merge Patch (RFC 7396). A list replaces the whole present list.' },
  ),
)

export const ApiKeyInput = component(
  'ApiKeyInput',
  closedObject(
    {
      overlap_seconds: omittable(
        Type.Integer({
          minimum: 0,
          maximum: MONTH_SECONDS,
          default: OVERLAP_SECONDS,
          description:
            'For how many seconds the present keys stay valid together with the new one: a day by default, 30 ' +
            'days at most. 0 revokes them immediately.',
          examples: [OVERLAP_SECONDS],
        }),
      ),
    },
    { description: 'How long the present keys stay valid together with the new key.' },
  ),
)

/** The named schemas of this file. */
export const apiClientInputComponents: readonly NamedSchema[] = [ApiClientInput, ApiClientPatch, ApiKeyInput]
