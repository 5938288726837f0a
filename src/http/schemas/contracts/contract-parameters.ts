import { Type } from 'typebox'
import { CONTRACT_STATES, REGISTRATIONS } from '#domain/vocabulary.ts'
import { anyIdOf, anyOfList, listQuery, updatedSince } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { CUSTOMER_ID } from '#http/schemas/examples.ts'

import { fileParameters } from '#http/schemas/list-files.ts'

export const ContractPath = Type.Object({ contract_id: contractId })

export const ContractQuery = listQuery({
  customer_id: Type.Optional(anyIdOf('Only the contracts of these customers.', CUSTOMER_ID)),
  product_id: Type.Optional(anyIdOf('Only contracts of these products.', 'manage_ac')),
  state: Type.Optional(anyOfList(CONTRACT_STATES, 'Only contracts in these states today.')),
  registration: Type.Optional(
    anyOfList(
      REGISTRATIONS,
      '`registered`: only contracts that have, or have had, contacts; `unregistered`: only contracts that never ' +
        'had a contact.',
    ),
  ),
  updated_since: updatedSince,
  ...fileParameters,
  over_limit: Type.Optional(
    Type.Boolean({
      description: '`true`: only contracts with more contacts than seats (R27); `false`: only the other contracts.',
    }),
  ),
})

export const contractLinks = {
  listContractContacts: {
    operationId: 'listContractContacts',
    description: "Lists the contract's contacts.",
    parameters: { contract_id: '$response.body#/contract_id' },
  },
  registerContact: {
    operationId: 'registerContact',
    description: 'Registers a contact within its seats.',
    parameters: { contract_id: '$response.body#/contract_id' },
  },
  getCustomer: {
    operationId: 'getCustomer',
    description: 'Reads its customer.',
    parameters: { customer_id: '$response.body#/customer_id' },
  },
}
