import { Type } from 'typebox'
import { CHANGE_OPERATIONS, CHANNELS } from '#domain/vocabulary.ts'
import { component, nullable, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'

const DraftContact = component(
  'DraftContact',
  Type.Object(
    {
      email: Type.String({ description: "The sender's address.", examples: ['suzuki.saburo@aozora.example.co.jp'] }),
      family_name: Type.Optional(
        Type.String({ description: 'The family name, as the header of the mail suggests.', examples: ['鈴木'] }),
      ),
      given_name: Type.Optional(
        nullable(
          Type.String({ description: 'The given name, as the header of the mail suggests.', examples: ['三郎'] }),
        ),
      ),
    },
    { description: 'The sender as a new contact, as far as the header of the mail shows.' },
  ),
)

const DraftOperation = component(
  'DraftOperation',
  Type.Object(
    {
      op: openList(CHANGE_OPERATIONS, { description: 'What the step does.', examples: ['add'] }),
      contact: ref(DraftContact),
    },
    { description: 'The step that would register the sender.' },
  ),
)

const DraftRequester = component(
  'DraftRequester',
  Type.Object(
    {
      name: Type.Optional(Type.String({ description: "The name in the mail's header.", examples: ['鈴木 三郎'] })),
      email: Type.String({ description: "The sender's address.", examples: ['suzuki.saburo@aozora.example.co.jp'] }),
      channel: openList(CHANNELS, { description: 'How the sender asked.', examples: ['mail'] }),
    },
    { description: 'The requester (依頼者), as far as the header of the mail shows.' },
  ),
)

export const ChangeRequestDraft = component(
  'ChangeRequestDraft',
  Type.Object(
    {
      contract_id: contractId,
      operations: Type.Array(ref(DraftOperation), { description: 'The one step.' }),
      requested_by: ref(DraftRequester),
    },
    {
      description:
        'The body of a change request (`requestChange`) that would register the sender on the first contract of ' +
        '`confirm_with`. Check and complete the name, add `privacy_notice_version`, and send it.',
    },
  ),
)

/** The named schemas of this file. */
export const senderDraftsComponents: readonly NamedSchema[] = [
  DraftContact,
  DraftOperation,
  DraftRequester,
  ChangeRequestDraft,
]
