import { Type } from 'typebox'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'
import { component, nullable, oneOfList, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment, notKnown, ownId, pageSchema } from '#http/schemas/common.ts'
import { contactId, mailbox_shared, privacy_notice_version } from '#http/schemas/rosters/contact-fields.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { ACCOUNT_ID, CONTACT_ID } from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/rosters/contact-warnings.ts'

export const Contact = component(
  'Contact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      customer_id: customerId,
      account_id: ownId("The support account of the contact's address.", ACCOUNT_ID),
      role: oneOfList(ROLES, {
        description: 'The primary (主担当) of the contract, or a secondary (副担当) (R10).',
        examples: ['primary'],
      }),
      duties: Type.Array(oneOfList(DUTIES, { description: 'One duty.' }), {
        description: 'What the person does at the customer (R12).',
        examples: [['system']],
      }),
      family_name: nullable(
        Type.String({ description: 'The family name; null if the person was erased.', examples: ['山田'] }),
      ),
      given_name: nullable(
        Type.String({ description: 'The given name; null if it is not known.', examples: ['太郎'] }),
      ),
      name: nullable(
        Type.String({
          description:
            'The full name, derived: family name first; given name first if both parts are in Latin script (R15). ' +
            'Null if the person was erased.',
          examples: ['山田 太郎'],
        }),
      ),
      name_doubtful: Type.Boolean({
        description:
          "Whether the name may not be a person's: an operator should check it (R13). It becomes false when the " +
          'name is changed, or when an operator confirms it with `name_override`.',
        examples: [false],
      }),
      email: nullable(
        Type.String({
          description:
            'The email address, as it was sent: use this spelling to send mail. Null if the person was erased.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      mailbox_shared,
      privacy_notice_version: nullable(privacy_notice_version),
      privacy_notice_shown_at: nullable(
        moment('When the person was shown the privacy notice; null if it is not known.', '2026-04-01T00:30:00.000Z'),
      ),
      registered_at: moment('When the person was registered.', '2026-04-01T00:30:00.000Z'),
      first_registered_at: moment(
        'When the person was first registered. Earlier than `registered_at` if the contact continues a former ' +
          'contact.',
        '2026-04-01T00:30:00.000Z',
      ),
      carried_from: nullable(
        ownId(
          'The former contact of the same person that this contact continues, for example after a restore.',
          CONTACT_ID,
        ),
      ),
      removed_at: nullable(moment('When the person was removed; null while registered.', '2026-09-30T08:00:00.000Z')),
      erased_at: Type.Optional(
        moment('When the data of the person was erased (R33); absent otherwise.', '2027-09-30T08:00:00.000Z'),
      ),
      updated_at: moment('When a field of the contact last changed.', '2026-04-01T00:30:00.000Z'),
      warnings,
    },
    { description: 'A support contact (問い合わせご担当者): one person, registered on one contract.' },
  ),
)

export const ContactPage = pageSchema('ContactPage', Contact, 'A page of contacts, in the order of their registration.')

export const ContractContactPage = pageSchema(
  'ContractContactPage',
  Contact,
  "A page of a contract's contacts, in the order of their registration.",
  { not_known: notKnown },
)

/** The named schemas of this file. */
export const contactsComponents: readonly NamedSchema[] = [Contact, ContactPage, ContractContactPage]
