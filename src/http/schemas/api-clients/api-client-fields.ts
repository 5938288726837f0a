import { Type } from 'typebox'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import { nullable, oneOfList } from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import { API_CLIENT_ID, API_KEY_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const apiClientId = ownId("The client's id.", API_CLIENT_ID)

export const apiKeyId = ownId("The key's id.", API_KEY_ID)

export const name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: PATTERNS.trimmed,
  description:
    'The name of the client: a system, not a person. 1–100 characters, without spaces at the beginning or ' +
    'end. It does not have to be unique.',
  examples: ['CRM, production'],
})

export const scopes = Type.Array(oneOfList(ALL_SCOPES, { description: 'One scope.' }), {
  minItems: 1,
  maxItems: 100,
  description: 'What the client may do. A caller can grant only scopes that it has itself.',
  examples: [['customers:read', 'customers:write']],
})

export const namesRequester = Type.Boolean({
  description:
    'Whether the client must name the requester of each change of contacts (`requested_by`, R25). Such a ' +
    'client can create only clients with the same duty.',
  examples: [true],
})

export const ipRanges = Type.Array(
  Type.String({
    minLength: 2,
    maxLength: 49,
    description: 'An IPv4 or IPv6 address, or a range of them in CIDR notation; host bits are ignored.',
    examples: ['203.0.113.0/24'],
  }),
  {
    maxItems: 50,
    description:
      'The IP addresses that the client may call from; an empty list allows any address. Requests from other ' +
      'addresses get 401. A client can grant only addresses that it may call from itself.',
    examples: [['203.0.113.0/24', '2001:db8::/32']],
  },
)

export const expiresAt = nullable(
  Type.String({
    format: 'date-time',
    minLength: 20,
    maxLength: 41,
    pattern: PATTERNS.momentFrom2000,
    description:
      'Until when the client may call (RFC 3339): in the future, at most 366 days from now, and not later than ' +
      'the expiry of the client that creates or changes it. If it is null or omitted: 90 days from now, or the ' +
      'expiry of that client if it is earlier.',
    examples: ['2027-03-31T15:00:00Z'],
  }),
)
