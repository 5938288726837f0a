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
} from '#http/openapi/component.ts'
import { ownId } from '#http/schemas/common.ts'
import { SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'

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
  description:
    'Who asked, as they gave their name: the whole name, or the family name alone. It tells people apart who share a ' +
    'mailbox (R25).',
  examples: ['高橋 恵'],
})
const requesterAddress = (options: object) =>
  Type.String({
    description: 'The address that they asked from. A contact of the contract is known by it and by the name (R25).',
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
          requesterId('Which contact of the contract asked, where it is known. Without it, `email` and `name` say so.'),
        ),
        name: omittable(requesterName),
        email: omittable(requesterAddress({ minLength: 3, maxLength: 320 })),
        ticket: Type.Optional(ticket),
      },
      {
        description:
          'Who asked, and how (R25): one of `contact_id`, `name` and `email` at least. The requester is the ' +
          'contact with this id; else the person at this address whom the name fits, in any spelling, whole ' +
          'or by the family name alone. An address of one person needs no name. Anybody else is a stranger: ' +
          'so is one who only says a name, and one whose name fits nobody at the address. Clients with ' +
          '`names_requester`, and every change request, have to say it; where another client leaves it out, ' +
          'nobody is asked to confirm.',
      },
    ),
  ),
)

/**
 * What a write takes of who asked. Clients that have to name the requester (`names_requester`) give it always; where it is
 * null or absent, nobody is asked to confirm.
 */
export const requested_by = Type.Optional(ref(RequestedByInput))

export const RequesterQuery = Type.Object(
  {
    requester_contact_id: Type.Optional(
      requesterId(
        'Which contact of the contract asked for it (R25). Anybody else has to be named in a change ' +
          'request: names and addresses stay out of URLs.',
      ),
    ),
    channel: Type.Optional(channel('How they asked: needed with `requester_contact_id`.')),
    ticket: Type.Optional(ticketNumber),
  },
  { additionalProperties: false },
)

export const RequestedBy = component(
  'RequestedBy',
  Type.Object(
    {
      channel: openChannel('How the requester asked.'),
      contact_id: nullable(requesterId('The contact that asked; null if the requester is no contact of the contract.')),
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
