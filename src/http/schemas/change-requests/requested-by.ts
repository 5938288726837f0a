import { Type } from 'typebox'
import { CHANNELS } from '#domain/vocabulary.ts'
import {
  closedObject,
  component,
  nullable,
  omittable,
  oneOfList,
  openList,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import { SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const channel = (description: string) => oneOfList(CHANNELS, { description, examples: ['mail'] })
export const openChannel = (description: string) => openList(CHANNELS, { description, examples: ['mail'] })
const ticketNumber = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: PATTERNS.visibleAscii,
  description: 'The number of the inquiry in the help desk, if it has one.',
  examples: ['T-20260325-018'],
})
export const ticket = nullable(ticketNumber)
const requesterName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: PATTERNS.notBlank,
  description:
    'The name that the requester gave: the full name, or only the family name. It distinguishes people who ' +
    'share a mailbox (R25).',
  examples: ['高橋 恵'],
})
const requesterAddress = (options: object) =>
  Type.String({
    description:
      'The email address of the requester. The service recognises a contact of the contract by it and by the ' +
      'name (R25).',
    examples: ['takahashi.megumi@aozora.example.co.jp'],
    ...options,
  })
const requesterId = (description: string) => ownId(description, SUCCESSOR_ID)

export const RequestedByInput = component(
  'RequestedByInput',
  nullable(
    closedObject(
      {
        channel: channel('How the requester asked.'),
        contact_id: omittable(
          requesterId(
            'The contact of the contract who is the requester, if it is known. If it is omitted, `email` and `name` ' +
              'identify the requester.',
          ),
        ),
        name: omittable(requesterName),
        email: omittable(requesterAddress({ minLength: 3, maxLength: 320 })),
        ticket: Type.Optional(ticket),
      },
      {
        description:
          'The requester (依頼者), and how the requester asked (R25). Send at least one of `contact_id`, `name` and ' +
          '`email`. The requester is the contact with this id, or else the contact with this email address and ' +
          'name, in any spelling, with the full name or only the family name. If only one person has the address, ' +
          'the name is not required. Any other requester is not registered: for example a requester with only a ' +
          'name, or with a name that no contact at the address has. Change requests and clients with ' +
          '`names_requester` must send it; if another client omits it, no confirmation is needed.',
      },
    ),
  ),
)

/**
 * The requester of a write. Clients that must name the requester (`names_requester`) always send it; if it is null or
 * absent, no primary confirms the write.
 */
export const requested_by = Type.Optional(ref(RequestedByInput))

export const RequesterQuery = Type.Object(
  {
    requester_contact_id: Type.Optional(
      requesterId(
        'The contact of the contract who requested it (R25). Name any other requester in a change request: names ' +
          'and email addresses must not be in URLs.',
      ),
    ),
    channel: Type.Optional(channel('How the requester asked. Required with `requester_contact_id`.')),
    ticket: Type.Optional(ticketNumber),
  },
  { additionalProperties: false },
)

export const RequestedBy = component(
  'RequestedBy',
  Type.Object(
    {
      channel: openChannel('How the requester asked.'),
      contact_id: nullable(
        requesterId('The contact who is the requester; null if the requester is not a contact of the contract.'),
      ),
      name: nullable(requesterName),
      email: nullable(requesterAddress({})),
      ticket,
    },
    { description: 'The requester (依頼者), and how the requester asked (R25).' },
  ),
)

/** The problems of a request that says who asked, and of a write that the primary may have to confirm. */
export const NAMING_PROBLEMS = ['requester-required', 'requester-ambiguous', 'unknown-reference'] as const
export const REQUESTER_PROBLEMS = ['confirmation-required', ...NAMING_PROBLEMS] as const

/** The named schemas of this file. */
export const requestedByComponents: readonly NamedSchema[] = [RequestedByInput, RequestedBy]
