import { Type } from 'typebox'
import { DUTIES, FORMER_PRIMARY_OUTCOMES, ROLES } from '#domain/vocabulary.ts'
import {
  closedObject,
  compared,
  component,
  nullable,
  omittable,
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
  noticeVersion,
  privacy_notice_shown_at,
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
          "Whether the name may not be a person's, so that an operator should ask (R13). Becomes false when the " +
          'name is changed, or when an operator confirms it with `name_override`.',
        examples: [false],
      }),
      email: Type.String({
        description: 'The address, in the spelling to send to.',
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      shared_mailbox,
      privacy_notice_version: nullable(privacy_notice_version),
      privacy_notice_shown_at: nullable(
        moment(
          'When the person was shown the privacy notice; null where that is not known.',
          '2026-04-01T00:30:00.000Z',
        ),
      ),
      registered_at: moment('When the person was registered.', '2026-04-01T00:30:00.000Z'),
      removed_at: nullable(moment('When the person was removed; null while registered.', '2026-09-30T08:00:00.000Z')),
      updated_at: moment('When a field of the contact last changed.', '2026-04-01T00:30:00.000Z'),
      warnings,
    },
    { description: 'A support contact (問い合わせご担当者): one person, registered on one contract.' },
  ),
)

/** What a planned contact that is sent back may hold besides what a request can change. */
const returnedPerson = passedOver(Contact, 'name_doubtful', 'warnings')

/** What a contact that is sent back may hold besides what a request can change. */
export const returnedContact = {
  passed_over: {
    ...passedOver(Contact, 'account_id', 'name_doubtful', 'registered_at', 'updated_at', 'warnings'),
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
      role: omittable(
        roleField(
          'The first contact of a contract has to be its `primary`; all others are `secondary`, which is the default.',
        ),
      ),
      ...contactFields,
      name: returnedContact.compared.name,
    },
    { description: 'A person to register as a support contact (問い合わせご担当者).' },
    returnedPerson,
  ),
)

const ownNotice = omittable(noticeVersion('Needed where the request has no default of its own.'))

export const NewPrimary = component(
  'NewPrimary',
  nullable(
    closedObject(
      { ...contactFields, privacy_notice_version: ownNotice, name: returnedContact.compared.name },
      { description: 'A person who is registered as the primary (主担当).' },
      returnedPerson,
    ),
  ),
)

/** The privacy notice of a present contact: the version changes only together with the moment. */
export const kept_notice = {
  privacy_notice_version: omittable(noticeVersion('Another version is taken only with `privacy_notice_shown_at`.')),
  privacy_notice_shown_at: omittable(privacy_notice_shown_at),
}

export const ContactPatch = component(
  'ContactPatch',
  closedObject(
    {
      family_name: Type.Optional(family_name),
      given_name: Type.Optional(given_name),
      email: Type.Optional(email),
      shared_mailbox: omittable(shared_mailbox),
      duties: omittable(duties({ maxItems: 3 })),
      ...kept_notice,
      name_override: Type.Optional(name_override),
      role: compared(roleField('The role is handed over with `PUT /v1/contracts/{contract_id}/primary`.')),
      ...returnedContact.compared,
    },
    {
      description:
        'What changes of a contact, as JSON Merge Patch (RFC 7396): what is absent stays, null removes. A contact ' +
        'may be sent back whole.',
    },
    { contact_id: compared(contactId), ...returnedContact.passed_over },
  ),
)

/** A person on a form or in a request, which say the privacy notice of those who have none of their own. */
export const ListedPersonInput = component(
  'ListedPersonInput',
  closedObject(
    {
      role: omittable(
        roleField('`primary` (主担当) for the one primary of the contract; `secondary` (副担当) is the default.'),
      ),
      ...contactFields,
      privacy_notice_version: ownNotice,
      name: returnedContact.compared.name,
    },
    { description: 'A person to register, on an application form or in a change request.' },
    returnedPerson,
  ),
)

/** The successor of a primary: exactly one of the two is to be named. */
export const successorFields = {
  contact_id: omittable(
    ownId('The contact of the contract who becomes the primary; or else `new_contact`.', CONTACT_ID),
  ),
  new_contact: Type.Optional(ref(NewPrimary)),
  former_primary: omittable(
    oneOfList(FORMER_PRIMARY_OUTCOMES, {
      description:
        'What becomes of the present primary: `secondary` (the default), or `removed` in the same step, which works also when every seat is taken (R11).',
      examples: ['secondary'],
    }),
  ),
}

export const PrimaryInput = component(
  'PrimaryInput',
  closedObject(successorFields, {
    description: 'Who becomes the primary: exactly one of `contact_id` and `new_contact` has to be given (else 400).',
    'x-exactly-one-of': ['contact_id', 'new_contact'],
  }),
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
  ListedPersonInput,
  ContactPatch,
  PrimaryInput,
  ContactPage,
  ContractContactPage,
]
