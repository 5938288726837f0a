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
} from '#http/openapi/component.ts'
import { notKnown, ownId } from '#http/schemas/common.ts'
import { contactFields, noticeVersion, roleField } from '#http/schemas/contact-fields.ts'
import { kept_notice, returnedContact } from '#http/schemas/contact-inputs.ts'
import { Contact } from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { customerId } from '#http/schemas/customers.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/name-warnings.ts'
import { requested_by } from '#http/schemas/requested-by.ts'
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

export const RosterContactInput = component(
  'RosterContactInput',
  closedObject(
    {
      contact_id: omittable(
        ownId(
          'A contact that is registered already: it needs no other field, and keeps what the request leaves out. ' +
            'Without a `contact_id`, the service takes a contact with the same name and address to be the same ' +
            'person, and every other person to be new.',
          CONTACT_ID,
        ),
      ),
      role: omittable(
        roleField(
          '`primary` (主担当) for exactly one of the list; `secondary` (副担当) is the default of a new contact.',
        ),
      ),
      ...contactFields,
      family_name: Type.Optional(contactFields.family_name),
      email: Type.Optional(contactFields.email),
      ...kept_notice,
      ...returnedContact.compared,
    },
    {
      description:
        'One contact of the list. With a `contact_id`, a field that the request leaves out stays, and null removes ' +
        'it. Without one, the request describes the person whole: `family_name` and `email` are required, and ' +
        '`privacy_notice_version` where the list has none. A client may send back a contact as it was answered.',
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
        description: 'The contacts that the contract shall have: a contact that is not in the list is removed.',
      }),
      privacy_notice_version: omittable(
        noticeVersion('The default of the new contacts of the list; contacts that are there keep theirs.'),
      ),
      confirm_removals: omittable(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description:
            'How many contacts the list removes. Needed where it removes all of them, or more than half of three ' +
            'or more; where it is given, it has to be right.',
          examples: [1],
        }),
      ),
      customer_id: compared(customerId),
      requested_by,
    },
    { description: "The list of a contract's contacts as it shall be. A roster may be sent back as it was answered." },
    { contract_id: compared(contractId), ...passedOver(Roster, 'seats', 'not_known', 'warnings') },
  ),
)

/** The named schemas of this file. */
export const rostersComponents: readonly NamedSchema[] = [Roster, RosterContactInput, RosterInput]
