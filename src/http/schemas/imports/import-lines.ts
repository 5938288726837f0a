import { Type, type TSchema } from 'typebox'
import type { ImportLineType } from '#domain/imports/import-line.ts'
import {
  closedObject,
  component,
  omittable,
  passedOver,
  tag,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import { contactFields, noticeVersion, roleField } from '#http/schemas/rosters/contact-fields.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { Contract, contractId, ContractInput } from '#http/schemas/contracts/contracts.ts'
import { Customer, customerId, CustomerInput } from '#http/schemas/contracts/customers.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { Roster } from '#http/schemas/rosters/rosters.ts'

const lineType = (type: ImportLineType, what: string) => tag(type, `The line is ${what}.`)

const ImportCustomer = component(
  'ImportCustomer',
  closedObject(
    {
      type: lineType('customer', 'a customer, with the fields of `PUT /v1/customers/{customer_id}`'),
      customer_id: customerId,
      name: CustomerInput.properties.name,
    },
    { description: 'A customer (お客様企業) in a file.' },
    passedOver(Customer, 'updated_at'),
  ),
)

const { customer_id, product_id, app_ids, connections, starts_on, ends_on } = ContractInput.properties

const ImportContract = component(
  'ImportContract',
  closedObject(
    {
      type: lineType('contract', 'a contract, with the fields of `PUT /v1/contracts/{contract_id}`'),
      contract_id: contractId,
      customer_id,
      product_id,
      app_ids,
      connections,
      starts_on,
      ends_on,
    },
    { description: 'A contract (契約) in a file.' },
    passedOver(Contract, 'state', 'registration', 'updated_at', 'seats', 'over_limit'),
  ),
)

const past = (description: string) =>
  omittable(
    Type.String({
      format: 'date-time',
      minLength: 20,
      maxLength: 40,
      description,
      examples: ['2021-04-01T00:00:00Z'],
    }),
  )

const { family_name, given_name, email, shared_mailbox, duties, name_override } = contactFields

const personFields = {
  contact_id: omittable(
    ownId(
      'The id of a contact of the contract. An id that the contract does not have is ignored: it is that of the ' +
        'registry which the file comes from.',
      CONTACT_ID,
    ),
  ),
  role: omittable(
    roleField('`primary` (主担当) for one contact of the contract. Without it, a contact keeps its role.'),
  ),
  duties,
  family_name: omittable(family_name),
  given_name,
  name: omittable(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'The whole name, where the file has no `family_name`: a space divides it, and in Latin script the family ' +
        'name comes last (R15).',
      examples: ['山田 太郎'],
    }),
  ),
  email: omittable(email),
  shared_mailbox,
  privacy_notice_version: omittable(
    noticeVersion('Null where it is not known: only an import may leave it so, for registrations of the past.'),
  ),
  privacy_notice_shown_at: contactFields.privacy_notice_shown_at,
  registered_at: past(
    'Since when a newcomer is registered, if that was before the import. A contract that has ended takes only ' +
      'newcomers who have it; they open no account.',
  ),
  first_registered_at: past('When the person was first registered, if that was earlier still.'),
  name_override,
}

const returned = (...names: readonly string[]): Record<string, TSchema> =>
  passedOver(
    Contact,
    ...([
      'account_id',
      'customer_id',
      'name_doubtful',
      'mailbox_shared',
      'carried_from',
      'removed_at',
      'updated_at',
      'warnings',
      ...names,
    ] as never[]), // names of the contact's fields
  )

const ImportContact = component(
  'ImportContact',
  closedObject(
    {
      type: lineType('contact', 'a contact that is added to a contract, or changed on it'),
      contract_id: contractId,
      ...personFields,
      email,
    },
    {
      description:
        'A contact (問い合わせご担当者) in a file: the same person at the same address is changed, any other is added. ' +
        'What the line leaves out stays. A contract may have 1,000 of them in a file. Required are `contract_id`, ' +
        '`email`, and `family_name` or `name`.',
    },
    returned(),
  ),
)

const ListedContact = component(
  'ImportListedContact',
  closedObject(personFields, { description: 'A contact of a list in a file.' }, returned('contract_id')),
)

const ImportRoster = component(
  'ImportRoster',
  closedObject(
    {
      type: lineType('roster', 'the whole list of a contract, as `PUT …/roster` takes it'),
      contract_id: contractId,
      contacts: Type.Array(ref(ListedContact), {
        maxItems: 1000,
        description: 'All contacts of the contract. A contact that is not in the list is removed.',
      }),
      privacy_notice_version: omittable(noticeVersion('The default for new contacts in the list.')),
      confirm_removals: omittable(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description: 'How many contacts the list removes; required where it removes more than half of them (R10).',
          examples: [1],
        }),
      ),
    },
    { description: 'The list of contacts of one contract in a file: the only line by which contacts leave.' },
    passedOver(Roster, 'customer_id', 'seats', 'not_known', 'warnings'),
  ),
)

/** The schema of each type of line. */
export const LINE_SCHEMAS = {
  customer: ImportCustomer,
  contract: ImportContract,
  roster: ImportRoster,
  contact: ImportContact,
} as const satisfies Record<ImportLineType, NamedSchema>

/** The named schemas of this file. */
export const importLinesComponents: readonly NamedSchema[] = [...Object.values(LINE_SCHEMAS), ListedContact]
