import { Type } from 'typebox'
import { closedObject, component, omittable, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { day } from '#http/schemas/common.ts'
import { warnings } from '#http/schemas/rosters/contact-warnings.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'
import { personChangeFields } from '#http/schemas/change-requests/requested-person-changes.ts'
import { RosterPlan } from '#http/schemas/rosters/roster-plans.ts'

export const PersonChangeInput = component(
  'PersonChangeInput',
  closedObject(
    {
      ...personChangeFields,
      effective_on: omittable(
        day(
          "The day on which the change takes effect (00:00, vendor's time zone): today or later. With it, a change " +
            'request is recorded.',
          '2027-04-01',
        ),
      ),
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
        description: 'What it would do on each contract that lists the person, in the order of their ids.',
      }),
    },
    { description: 'What a person change would do, before it is made. All of it happens, or nothing.' },
  ),
)

/** The named schemas of this file. */
export const personChangesComponents: readonly NamedSchema[] = [PersonChangeInput, PersonChanged, PersonChangePlan]
