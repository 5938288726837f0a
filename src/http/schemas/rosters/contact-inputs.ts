import { Type } from 'typebox'
import { FORMER_PRIMARY_OUTCOMES } from '#domain/vocabulary.ts'
import {
  closedObject,
  compared,
  component,
  nullable,
  omittable,
  oneOfList,
  passedOver,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
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
  roleField,
  shared_mailbox,
} from '#http/schemas/rosters/contact-fields.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'

/** Read-only fields that a client may send back with a planned contact. */
const returnedPerson = passedOver(Contact, 'name_doubtful', 'mailbox_shared', 'warnings')

/** Read-only fields that a client may send back with a contact that it has read. */
export const returnedContact = {
  passed_over: passedOver(
    Contact,
    'account_id',
    'name_doubtful',
    'mailbox_shared',
    'registered_at',
    'first_registered_at',
    'carried_from',
    'updated_at',
    'warnings',
  ),
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
    removed_at: compared(
      Type.String({
        format: 'date-time',
        minLength: 20,
        maxLength: 40,
        description: 'Always null: only a registered contact can be changed.',
        examples: [null],
      }),
    ),
  },
}

export const ContactInput = component(
  'ContactInput',
  closedObject(
    {
      role: omittable(
        roleField('The first contact of a contract must be `primary`. All others are `secondary`, the default.'),
      ),
      ...contactFields,
      name: returnedContact.compared.name,
      requested_by,
    },
    { description: 'A person to register as a support contact (問い合わせご担当者).' },
    returnedPerson,
  ),
)

const ownNotice = omittable(noticeVersion('Required if the request has no default.'))

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
  privacy_notice_version: omittable(noticeVersion('To change it, send `privacy_notice_shown_at` too.')),
  privacy_notice_shown_at: omittable(privacy_notice_shown_at),
}

const changedFields = {
  family_name: omittable(family_name),
  given_name: Type.Optional(given_name),
  email: omittable(email),
  shared_mailbox: omittable(shared_mailbox),
  duties: omittable(duties({ maxItems: 3 })),
  ...kept_notice,
  name_override: Type.Optional(name_override),
  role: compared(roleField('Change it with `PUT /v1/contracts/{contract_id}/primary`.')),
  ...returnedContact.compared,
}
const MERGED =
  'as JSON Merge Patch (RFC 7396): a field that is omitted stays, null removes it. A client may send back a ' +
  'complete contact.'
const returnedWithId = { contact_id: compared(contactId), ...returnedContact.passed_over }

export const ContactPatch = component(
  'ContactPatch',
  closedObject(
    { ...changedFields, requested_by },
    { description: `The changes of a contact, and their requester, ${MERGED}` },
    returnedWithId,
  ),
)

/** The changes of a contact in a change request, which says once who asked. */
export const ContactChanges = component(
  'ContactChanges',
  closedObject(changedFields, { description: `The changes of a contact, ${MERGED}` }, returnedWithId),
)

/** A person on a form or in a request; the form or request has a privacy notice for persons without their own. */
export const ListedPersonInput = component(
  'ListedPersonInput',
  closedObject(
    {
      role: omittable(
        roleField('`primary` (主担当) for exactly one contact of the contract; `secondary` (副担当) is the default.'),
      ),
      ...contactFields,
      privacy_notice_version: ownNotice,
      name: returnedContact.compared.name,
    },
    { description: 'A person to register, on an application form or in a change request.' },
    returnedPerson,
  ),
)

/** The successor of a primary: a request names either a contact or a new person. */
export const successorFields = {
  contact_id: omittable(
    ownId('The contact of the contract who becomes the primary. Send either this or `new_contact`.', CONTACT_ID),
  ),
  new_contact: Type.Optional(ref(NewPrimary)),
  former_primary: omittable(
    oneOfList(FORMER_PRIMARY_OUTCOMES, {
      description:
        'What happens to the present primary: `secondary` (the default) or `removed`, in the same step. This ' +
        'works also if all seats are taken (R11).',
      examples: ['secondary'],
    }),
  ),
}

export const PrimaryInput = component(
  'PrimaryInput',
  closedObject(
    { ...successorFields, requested_by },
    {
      description: 'Who becomes the primary. Send exactly one of `contact_id` and `new_contact` (else 400).',
      'x-exactly-one-of': ['contact_id', 'new_contact'],
    },
  ),
)

/** The named schemas of this file. */
export const contactInputsComponents: readonly NamedSchema[] = [
  ContactInput,
  NewPrimary,
  ListedPersonInput,
  ContactPatch,
  ContactChanges,
  PrimaryInput,
]
