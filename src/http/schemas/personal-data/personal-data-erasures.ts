import { Type } from 'typebox'
import { ERASURE_REASONS } from '#domain/vocabulary.ts'
import { closedObject, component, omittable, oneOfList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment, ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { ACCOUNT_ID, CHANGE_REQUEST_ID, CONTRACT_ID, LEAVER_ACCOUNT_ID, LEAVER_ID } from '#http/schemas/examples.ts'

const MOMENT = '2027-09-30T08:00:00.000Z'

export const PersonalDataErasureInput = component(
  'PersonalDataErasureInput',
  closedObject(
    {
      contact_ids: omittable(
        Type.Array(contactId, {
          minItems: 1,
          maxItems: 100,
          description: 'One removed contact of each person; all other contacts of these people are erased too.',
          examples: [[LEAVER_ID]],
        }),
      ),
      email: omittable(
        Type.String({
          minLength: 3,
          maxLength: 320,
          description:
            'The address of a person who never was a contact, and is named in change requests or imports. The ' +
            'address of contacts is refused: name them by their ids.',
          examples: ['watanabe@aozora.example.co.jp'],
        }),
      ),
      reason: oneOfList(ERASURE_REASONS, {
        description:
          'Why: the person `requested` it, or the data is `no_longer_needed`. It is no free text, because history ' +
          'keeps it.',
        examples: ['requested'],
      }),
    },
    {
      'x-exactly-one-of': ['contact_ids', 'email'],
      description: 'Whom to erase, and why: exactly one of `contact_ids` and `email` (otherwise 400).',
    },
  ),
)

const ErasedContact = component(
  'ErasedContact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      account_id: ownId('The account of the contact.', ACCOUNT_ID),
      erased_at: moment('When it was erased.', MOMENT),
    },
    { description: 'A contact whose data is erased.' },
  ),
)

export const PersonalDataErasure = component(
  'PersonalDataErasure',
  Type.Object(
    {
      erased: Type.Array(ref(ErasedContact), { description: 'Every contact that is erased, by its id.' }),
      change_request_ids: Type.Array(ownId('A change request.', CHANGE_REQUEST_ID), {
        description: 'The change requests that named the people, and no longer do.',
      }),
    },
    { description: 'What was erased, by id.' },
  ),
)

export const erasureExamples = {
  input: { one: { summary: 'A person who asked for it', value: { contact_ids: [LEAVER_ID], reason: 'requested' } } },
  answer: {
    one: {
      summary: 'One contact',
      value: {
        erased: [{ contact_id: LEAVER_ID, contract_id: CONTRACT_ID, account_id: LEAVER_ACCOUNT_ID, erased_at: MOMENT }],
        change_request_ids: [],
      },
    },
  },
}

/** The named schemas of this file. */
export const personalDataErasuresComponents: readonly NamedSchema[] = [
  PersonalDataErasureInput,
  ErasedContact,
  PersonalDataErasure,
]
