import { Type } from 'typebox'
import { DUTIES, FORMER_PRIMARY_OUTCOMES, ROLES } from '#domain/vocabulary.ts'
import {
  closedObject,
  compared,
  component,
  nullable,
  oneOfList,
  openList,
  passedOver,
  ref,
  type NamedSchema,
} from '#http/openapi/component.ts'
import { moment, notKnown, ownId, pageSchema } from '#http/schemas/common.ts'
import {
  contactFields,
  contactId,
  duties,
  email,
  family_name,
  given_name,
  name_override,
  privacy_notice_version,
  roleField,
  shared_mailbox,
} from '#http/schemas/contact-fields.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { customerId } from '#http/schemas/customers.ts'
import { ACCOUNT_ID, CONTACT_ID } from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/name-warnings.ts'

export const Contact = component(
  'Contact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      customer_id: customerId,
      account_id: ownId("The support account of the contact's address.", ACCOUNT_ID),
      role: openList(ROLES, {
        description: 'The one primary (主担当) of the contract, or a secondary (副担当) (R10).',
        examples: ['primary'],
      }),
      duties: Type.Array(openList(DUTIES, { description: 'One duty.' }), {
        description: 'What the person does at the customer (R12).',
        examples: [['system']],
      }),
      family_name: Type.String({ description: 'The family name.', examples: ['山田'] }),
      given_name: nullable(
        Type.String({ description: 'The given name; null where it is not known.', examples: ['太郎'] }),
      ),
      name: Type.String({
        description:
          'The whole name, derived: family name first, given name first where both parts are in Latin script (R15).',
        examples: ['山田 太郎'],
      }),
      name_doubtful: Type.Boolean({
        description:
          "Whether the name may not be a person's, so that somebody should ask (R13). Goes when the name is changed, or when somebody vouches for it with `name_override`.",
        examples: [false],
      }),
      email: Type.String({
        description: 'The address, in the spelling to send to.',
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      shared_mailbox,
      privacy_notice_version,
      registered_at: moment('When the person was registered.', '2026-04-01T00:30:00.000Z'),
      removed_at: nullable(moment('When the person was removed; null while registered.', '2026-09-30T08:00:00.000Z')),
      warnings,
    },
    { description: 'A support contact (問い合わせご担当者): one person, registered on one contract.' },
  ),
)

/** What a contact that is sent back may hold besides what a request can change. */
export const returnedContact = {
  passed_over: {
    ...passedOver(Contact, 'account_id', 'name_doubtful', 'registered_at', 'warnings'),
    removed_at: compared(Type.Null({ description: 'Null: the contact is not removed.', examples: [null] })),
  },
  compared: {
    contract_id: compared(contractId),
    customer_id: compared(customerId),
    name: compared(
      Type.String({
        maxLength: 200,
        description: 'Derived from the parts of the name (R15).',
        examples: ['山田 太郎'],
      }),
    ),
  },
}

export const ContactInput = component(
  'ContactInput',
  closedObject(
    {
      role: Type.Optional(
        roleField(
          'The first contact of a contract has to be its `primary`; everybody else is `secondary`, which is the default.',
        ),
      ),
      ...contactFields,
    },
    { description: 'A person to register as a support contact (問い合わせご担当者).' },
  ),
)

export const NewPrimary = component(
  'NewPrimary',
  closedObject(contactFields, { description: 'A person who is registered as the primary (主担当).' }),
)

export const ContactPatch = component(
  'ContactPatch',
  closedObject(
    {
      family_name: Type.Optional(family_name),
      given_name: Type.Optional(given_name),
      email: Type.Optional(email),
      shared_mailbox: Type.Optional(shared_mailbox),
      duties: Type.Optional(nullableDuties()),
      privacy_notice_version: Type.Optional(privacy_notice_version),
      name_override: Type.Optional(name_override),
      role: compared(roleField('The role is handed over with `PUT /v1/contracts/{contract_id}/primary`.')),
      ...returnedContact.compared,
    },
    {
      description:
        'What changes of a contact, as JSON Merge Patch (RFC 7396): what is absent stays, null removes. A contact may be sent back whole.',
    },
    { contact_id: compared(contactId), ...returnedContact.passed_over },
  ),
)

function nullableDuties() {
  return nullable(duties({ maxItems: 3 }))
}

export const PrimaryInput = component(
  'PrimaryInput',
  Type.Object(
    {
      contact_id: Type.Optional(ownId('The contact of this contract who becomes the primary.', CONTACT_ID)),
      new_contact: Type.Optional(ref(NewPrimary)),
      former_primary: Type.Optional(
        oneOfList(FORMER_PRIMARY_OUTCOMES, {
          description:
            'What becomes of the present primary: `secondary` (the default), or `removed` in the same step, which works also when every seat is taken (R11).',
          examples: ['secondary'],
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: [{ required: ['contact_id'] }, { required: ['new_contact'] }],
      description: 'Who becomes the primary: exactly one of `contact_id` and `new_contact`.',
    },
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
export const contactsComponents: readonly NamedSchema[] = [
  Contact,
  ContactInput,
  NewPrimary,
  ContactPatch,
  PrimaryInput,
  ContactPage,
  ContractContactPage,
]
