import { Type } from 'typebox'
import { closedObject, component, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { masterId, ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { ACQUIRER_ID, MOVED_CONTRACT_ID, OTHER_CUSTOMER_ID, RENEWED_ACCOUNT_ID } from '#http/schemas/examples.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'
import { RosterPlan } from '#http/schemas/rosters/roster-plans.ts'

const contract_id = masterId('A contract that goes to the customer, as a whole.', MOVED_CONTRACT_ID)
const to_customer_id = masterId('The customer that the contracts go to.', ACQUIRER_ID)
const account_ids = Type.Array(ownId('One support account.', RENEWED_ACCOUNT_ID), {
  description: 'The support accounts that go along, with their people and passwords.',
})
const superseded_account_ids = Type.Array(ownId('One support account.', RENEWED_ACCOUNT_ID), {
  description:
    "Closed accounts that stay closed for good, because another account is the customer's at their address: usually " +
    'those that the new customer had there.',
})

export const TransferInput = component(
  'TransferInput',
  closedObject(
    {
      contract_ids: Type.Array(contract_id, {
        minItems: 1,
        maxItems: 1000,
        description: 'The contracts, of one customer or of several. One that is named twice counts once.',
      }),
      to_customer_id,
      requested_by,
    },
    {
      description: 'Contracts that go to another customer together (契約の移管), with all that belongs to them (R36).',
    },
  ),
)

const TransferredContract = component(
  'TransferredContract',
  Type.Object(
    {
      contract_id,
      from_customer_id: masterId('The customer that had the contract before.', OTHER_CUSTOMER_ID),
      contact_ids: Type.Array(contactId, {
        description: 'The contacts that went along, in the order of their registration. They keep their ids.',
      }),
    },
    { description: 'One contract that went to another customer.' },
  ),
)

export const Transfer = component(
  'Transfer',
  Type.Object(
    {
      to_customer_id,
      contracts: Type.Array(ref(TransferredContract), { description: 'The contracts, in the order of their ids.' }),
      account_ids,
      superseded_account_ids,
    },
    { description: 'What went to another customer.' },
  ),
)

export const TransferPlan = component(
  'TransferPlan',
  Type.Object(
    {
      feasible: Type.Boolean({ description: 'Whether it could be applied at this moment.', examples: [true] }),
      contracts: Type.Array(ref(RosterPlan), {
        description:
          'What prevents it on each contract, in the order of their ids. A transfer changes no contact but for its ' +
          'customer, so the other lists are empty.',
      }),
      account_ids,
      superseded_account_ids,
    },
    { description: 'What a transfer would do, before it is made. All of it happens, or nothing.' },
  ),
)

/** The named schemas of this file. */
export const transfersComponents: readonly NamedSchema[] = [TransferInput, TransferredContract, Transfer, TransferPlan]
