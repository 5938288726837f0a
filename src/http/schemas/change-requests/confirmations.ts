import { Type } from 'typebox'
import { CREDENTIALS } from '#domain/vocabulary.ts'
import { component, nullable, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment, ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { API_CLIENT_ID, CONTACT_ID } from '#http/schemas/examples.ts'
import { openChannel, ticket } from '#http/schemas/change-requests/requested-by.ts'

export const Authority = component(
  'Authority',
  Type.Object(
    {
      client: Type.String({
        description: 'The client, by its name in the history.',
        examples: [API_CLIENT_ID],
      }),
      credential: openList(CREDENTIALS, {
        description:
          'How the client authenticated. On the day of a request the service looks up the rights of an `api_client` ' +
          'that approved it again. An approval by `access_token` or `root` stays valid.',
        examples: ['api_client'],
      }),
      on_behalf_of: nullable(
        Type.String({
          description:
            'The person who used the client, by the opaque id that the identity provider gives; null if a program ' +
            'acts for itself.',
          examples: ['00u1a2b3c4d5e6f7g8h9'],
        }),
      ),
    },
    { description: 'A client that took a step of a change request, and the person who used it.' },
  ),
)

const Confirmer = component(
  'Confirmer',
  Type.Object(
    {
      contact_id: nullable({ ...contactId, description: 'The contact; null for a person who is not a contact.' }),
      name: nullable(
        Type.String({ description: 'The name, as it was at that time; null if erased.', examples: ['山田 太郎'] }),
      ),
      position: nullable(
        Type.String({
          description: 'The position of a person who is not a contact.',
          examples: ['情報システム部長'],
        }),
      ),
      is_primary: Type.Boolean({ description: 'Whether the person was the primary at that time.', examples: [true] }),
    },
    { description: 'Who confirmed.' },
  ),
)

const ConfirmedContract = component(
  'ConfirmedContract',
  Type.Object(
    {
      contract_id: contractId,
      primary_contact_id: nullable(ownId('The primary at that time; null if there was none.', CONTACT_ID)),
    },
    { description: 'A contract for which a person change was confirmed.' },
  ),
)

export const Confirmation = component(
  'Confirmation',
  Type.Object(
    {
      confirmed_by: ref(Confirmer),
      primary_contact_id: nullable(ownId('The primary at that time; null if there was none.', CONTACT_ID)),
      contracts: Type.Optional(
        Type.Array(ref(ConfirmedContract), {
          description: 'Only of a person change: the contracts for which it was given.',
        }),
      ),
      channel: openChannel('How they confirmed.'),
      note: nullable(
        Type.String({
          description: 'The note about the confirmation.',
          examples: ['Called back at the number in the contract.'],
        }),
      ),
      ticket,
      reason: nullable(
        Type.String({
          description: 'Why another person than the primary confirmed; null if the primary did.',
          examples: ['The primary has left the company.'],
        }),
      ),
      confirmed_at: moment('When it was recorded.', '2026-11-25T01:15:00.000Z'),
      recorded_by: ref(Authority),
    },
    { description: 'A confirmation, as it was recorded (R25).' },
  ),
)

/** The named schemas of this file. */
export const confirmationsComponents: readonly NamedSchema[] = [Authority, Confirmer, ConfirmedContract, Confirmation]
