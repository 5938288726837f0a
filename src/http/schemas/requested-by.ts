import { Type } from 'typebox'
import { CHANNELS } from '#domain/vocabulary.ts'
import { closedObject, component, nullable, oneOfList, openList, type NamedSchema } from '#http/openapi/component.ts'
import { ownId } from '#http/schemas/common.ts'
import { SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'

export const channel = (description: string) => oneOfList(CHANNELS, { description, examples: ['mail'] })
export const openChannel = (description: string) => openList(CHANNELS, { description, examples: ['mail'] })
export const ticket_number = nullable(
  Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: PATTERNS.visibleAscii,
    description: "The help desk's number of the inquiry, if it has one.",
    examples: ['T-20260325-018'],
  }),
)
const requesterName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Who asked, as they gave their name.',
  examples: ['高橋 恵'],
})
const requesterAddress = (options: object) =>
  Type.String({
    description: 'The address that they asked from. A contact of the contract is known by it (R25).',
    examples: ['takahashi.megumi@aozora.example.co.jp'],
    ...options,
  })
export const RequestedByInput = component(
  'RequestedByInput',
  closedObject(
    {
      name: requesterName,
      email: Type.Optional(nullable(requesterAddress({ minLength: 3, maxLength: 320 }))),
      channel: channel('How they asked.'),
      ticket_number: Type.Optional(ticket_number),
    },
    { description: 'Who asked, and how (R25).' },
  ),
)

export const RequestedBy = component(
  'RequestedBy',
  Type.Object(
    {
      name: requesterName,
      email: nullable(requesterAddress({})),
      channel: openChannel('How they asked.'),
      ticket_number,
      contact_id: nullable(
        ownId('The contact of the contract that has the address; null if no contact has it.', SUCCESSOR_ID),
      ),
    },
    { description: 'Who asked, and how (R25).' },
  ),
)

/** The named schemas of this file. */
export const requestedByComponents: readonly NamedSchema[] = [RequestedByInput, RequestedBy]
