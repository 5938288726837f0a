import { Type } from 'typebox'
import {
  closedObject,
  compared,
  component,
  nullableRef,
  omittable,
  passedOver,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { notKnown, ownId } from '#http/schemas/common.ts'
import { contactFields, noticeVersion, roleField } from '#http/schemas/rosters/contact-fields.ts'
import { kept_notice, returnedContact } from '#http/schemas/rosters/contact-inputs.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/rosters/contact-warnings.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'
import { SeatCount } from '#http/schemas/rosters/roster-plans.ts'

export const Roster = component(
  'Roster',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      seats: nullableRef(ref(SeatCount), 'The seats; null only if there is no data for `as_of`.'),
      contacts: Type.Array(ref(Contact), {
        description: 'Every contact of the contract, in the order of their registration.',
      }),
      not_known: notKnown,
      warnings,
    },
    {
      description:
        'The contacts (問い合わせご担当者) of one contract as one list. A new list must be based on its entity tag.',
    },
  ),
)

export const RosterContactInput = component(
  'RosterContactInput',
  closedObject(
    {
      contact_id: omittable(
        ownId(
          'The id of a registered contact: no other field is required, and omitted fields keep their value. ' +
            'Without `contact_id`, a contact with the same name and email address is the same person, and any ' +
            'other person is a new contact.',
          CONTACT_ID,
        ),
      ),
      role: omittable(
        roleField(
          '`primary` (主担当) for exactly one contact in the list; `secondary` (副担当) is the default of a new contact.',
        ),
      ),
      ...contactFields,
      family_name: omittable(contactFields.family_name),
      email: omittable(contactFields.email),
      ...kept_notice,
      ...returnedContact.compared,
    },
    {
      description:
        'One contact of the list. With a `contact_id`, omitted fields stay, and null removes a value. Without it, ' +
        '`family_name` and `email` are required, and `privacy_notice_version` too if the list has no default. A ' +
        'client may send back a contact as it received it.',
    },
    returnedContact.passed_over,
  ),
)

export const RosterInput = component(
  'RosterInput',
  closedObject(
    {
      contacts: Type.Array(ref(RosterContactInput), {
        maxItems: 1000,
        description: 'All contacts of the contract after the change. A contact that is not in the list is removed.',
      }),
      privacy_notice_version: omittable(
        noticeVersion('The default for new contacts in the list; registered contacts keep their version.'),
      ),
      confirm_removals: omittable(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description:
            'How many contacts the list removes. Required if it removes all contacts, or more than half of three or ' +
            'more (R10). If it is given, it must be correct.',
          examples: [1],
        }),
      ),
      customer_id: compared(customerId),
      requested_by,
    },
    {
      description:
        "The complete list of a contract's contacts after the change. A client may send back a roster as it " +
        'received it.',
    },
    { contract_id: compared(contractId), ...passedOver(Roster, 'seats', 'not_known', 'warnings') },
  ),
)

/** The named schemas of this file. */
export const rostersComponents: readonly NamedSchema[] = [Roster, RosterContactInput, RosterInput]
