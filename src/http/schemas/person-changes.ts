import { Type } from 'typebox'
import { closedObject, component, nullable, omittable, ref, type NamedSchema } from '#http/openapi/component.ts'
import { ownId } from '#http/schemas/common.ts'
import {
  contactId,
  email,
  family_name,
  given_name,
  name_override,
  shared_mailbox,
} from '#http/schemas/contact-fields.ts'
import { NewPrimary } from '#http/schemas/contact-inputs.ts'
import { Contact } from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/contact-warnings.ts'
import { requested_by } from '#http/schemas/requested-by.ts'
import { RosterPlan } from '#http/schemas/roster-plans.ts'

const PersonFields = component(
  'PersonFields',
  nullable(
    closedObject(
      {
        family_name: Type.Optional(family_name),
        given_name: Type.Optional(given_name),
        email: Type.Optional(email),
      },
      {
        description:
          'What changes of the person on every contract. A field that is absent stays; ' +
          '`"given_name": null` removes the given name.',
        minProperties: 1,
      },
    ),
  ),
)

const PersonSuccessor = component(
  'PersonSuccessor',
  closedObject(
    {
      contract_id: contractId,
      contact_id: omittable(
        ownId('The contact of this contract who becomes the primary; or else `new_contact`.', SUCCESSOR_ID),
      ),
      new_contact: Type.Optional(ref(NewPrimary)),
    },
    {
      description:
        'Who follows the person on one contract: a contact of it who becomes the primary, or a new person who takes ' +
        'the seat and the role. Exactly one of `contact_id` and `new_contact` has to be given (else 400).',
      'x-exactly-one-of': ['contact_id', 'new_contact'],
    },
  ),
)

export const PersonChangeInput = component(
  'PersonChangeInput',
  closedObject(
    {
      contact_id: contactId,
      changes: Type.Optional(ref(PersonFields)),
      leaves: omittable(
        Type.Unsafe<true>({ type: 'boolean', enum: [true], description: 'The person leaves every contract.' }),
      ),
      successors: omittable(
        Type.Array(ref(PersonSuccessor), {
          maxItems: 1000,
          description: 'Only with `leaves`: who follows the person. Needed where the primary leaves and others stay.',
        }),
      ),
      shared_mailbox: omittable(shared_mailbox),
      name_override: Type.Optional(name_override),
      requested_by,
    },
    {
      description:
        'What concerns a person on all contracts of the customer (R34). `contact_id` is any contact of the person; ' +
        'exactly one of `changes` and `leaves` has to be given (else 400).',
      'x-exactly-one-of': ['changes', 'leaves'],
    },
  ),
)

export const PersonChanged = component(
  'PersonChanged',
  Type.Object(
    {
      contacts: Type.Array(ref(Contact), {
        description: 'The contacts of the person as they are now, by contract; those that left have `removed_at`.',
      }),
      warnings,
    },
    { description: 'What a person change did.' },
  ),
)

export const PersonChangePlan = component(
  'PersonChangePlan',
  Type.Object(
    {
      feasible: Type.Boolean({
        description: 'Whether it could be applied at this moment: nothing prevents it on any contract.',
        examples: [true],
      }),
      contracts: Type.Array(ref(RosterPlan), {
        description: 'What it would do on each contract on which the person stands, in the order of their ids.',
      }),
    },
    { description: 'What a person change would do, before it is made. All of it happens, or nothing.' },
  ),
)

/** The named schemas of this file. */
export const personChangesComponents: readonly NamedSchema[] = [
  PersonFields,
  PersonSuccessor,
  PersonChangeInput,
  PersonChanged,
  PersonChangePlan,
]
