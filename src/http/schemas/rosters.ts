import { Type } from 'typebox'
import { closedObject, component, nullableRef, ref, type NamedSchema } from '#http/openapi/component.ts'
import { notKnown, ownId } from '#http/schemas/common.ts'
import { contactFields, roleField } from '#http/schemas/contact-fields.ts'
import { Contact } from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { customerId } from '#http/schemas/customers.ts'
import { ACCOUNT_ID, CONTACT_ID } from '#http/schemas/examples.ts'
import { returnedWarnings, warnings } from '#http/schemas/name-warnings.ts'
import { SeatCount } from '#http/schemas/roster-plans.ts'

export const Roster = component(
  'Roster',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      seats: nullableRef(
        ref(SeatCount),
        'The seats; null only where nothing is known of the moment that was asked for.',
      ),
      contacts: Type.Array(ref(Contact), {
        description: 'Every contact of the contract, in the order of their registration.',
      }),
      not_known: notKnown,
      warnings,
    },
    {
      description:
        'The contacts (問い合わせご担当者) of one contract as one list. Its entity tag is what a new list is based on.',
    },
  ),
)

/** What the registry derives: a contact may be sent back as it was answered. */
const derived = {
  name: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'As it was answered; derived from the parts of the name.',
      examples: ['山田 太郎'],
    }),
  ),
  name_doubtful: Type.Optional(Type.Boolean({ description: 'As it was answered.', examples: [false] })),
  contract_id: Type.Optional(contractId),
  customer_id: Type.Optional(customerId),
  account_id: Type.Optional(ownId("As it was answered: the support account of the contact's address.", ACCOUNT_ID)),
  registered_at: Type.Optional(
    Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'As it was answered. RFC 3339 in UTC.',
      examples: ['2026-04-01T00:30:00.000Z'],
    }),
  ),
  removed_at: Type.Optional(
    Type.Null({ description: 'As it was answered: whoever is in the list is not removed.', examples: [null] }),
  ),
}

export const RosterContactInput = component(
  'RosterContactInput',
  closedObject(
    {
      contact_id: Type.Optional(
        ownId(
          'The contact that is there already; without it, a contact with the same name and address is taken to be the same person, and anybody else is new.',
          CONTACT_ID,
        ),
      ),
      role: Type.Optional(
        roleField('`primary` (主担当) for exactly one of the list; `secondary` (副担当) is the default.'),
      ),
      ...contactFields,
      ...derived,
      warnings: returnedWarnings,
    },
    {
      description:
        'One contact of the list, whole: what is left out gets its default. What the registry derives (`name`, `account_id`, …) may be sent back as it was answered, and is refused where it differs.',
    },
  ),
)

export const RosterInput = component(
  'RosterInput',
  closedObject(
    {
      contacts: Type.Array(ref(RosterContactInput), {
        maxItems: 1000,
        description: 'Who shall be registered on the contract: whoever is not in the list is removed.',
      }),
      confirm_removals: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description:
            'How many contacts the list removes. Needed where it is more than half of three or more; where it is given, it has to be right.',
          examples: [1],
        }),
      ),
    },
    { description: "The list of a contract's contacts as it shall be." },
  ),
)

/** The named schemas of this file. */
export const rostersComponents: readonly NamedSchema[] = [Roster, RosterContactInput, RosterInput]
