import { Type } from 'typebox'
import { closedObject, component, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { masterId } from '#http/schemas/common.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { RENEWED_CONTRACT_ID, SUCCESSOR_CONTRACT_ID } from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/rosters/contact-warnings.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'
import { RosterPlan, SeatCount } from '#http/schemas/rosters/roster-plans.ts'

const from_contract_id = masterId('The contract that goes on under a new number.', RENEWED_CONTRACT_ID)
const to_contract_id = masterId(
  'The successor: a contract of the same customer, without contacts.',
  SUCCESSOR_CONTRACT_ID,
)

export const SuccessionInput = component(
  'SuccessionInput',
  closedObject(
    { from_contract_id, to_contract_id, requested_by },
    { description: 'A contract (契約の更新) that goes on under the number of its successor (R35).' },
  ),
)

export const Succession = component(
  'Succession',
  Type.Object(
    {
      from_contract_id,
      to_contract_id,
      customer_id: customerId,
      seats: ref(SeatCount),
      contacts: Type.Array(ref(Contact), {
        description:
          'The contacts of the successor, in the order of the former contract. `carried_from` is the contact of the ' +
          'former contract that each continues.',
      }),
      warnings,
    },
    { description: 'The contacts that go on under the successor, and its seats.' },
  ),
)

export const SuccessionPlan = component(
  'SuccessionPlan',
  Type.Object(
    {
      feasible: Type.Boolean({ description: 'Whether it could be applied at this moment.', examples: [true] }),
      contracts: Type.Array(ref(RosterPlan), {
        description: 'What it would do on the successor, and then on the former contract.',
      }),
    },
    { description: 'What a succession would do, before it is made. All of it happens, or nothing.' },
  ),
)

/** The named schemas of this file. */
export const successionsComponents: readonly NamedSchema[] = [SuccessionInput, Succession, SuccessionPlan]
