import { Type } from 'typebox'
import { ROLES } from '#domain/vocabulary.ts'
import { oneOfList } from '#http/schemas/named-schema.ts'
import { anyIdOf, anyOfList, listQuery, updatedSince } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { fileParameters } from '#http/schemas/list-files.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'

export const ContactPath = Type.Object({ contact_id: contactId })

export const RoleQuery = { role: Type.Optional(oneOfList(ROLES, { description: 'Only contacts with this role.' })) }

export const ContactQuery = listQuery({
  customer_id: Type.Optional(anyIdOf('Only the contacts of these customers.', CUSTOMER_ID)),
  contract_id: Type.Optional(anyIdOf('Only the contacts of these contracts.', CONTRACT_ID)),
  role: Type.Optional(anyOfList(ROLES, 'Only contacts with these roles.')),
  name_doubtful: Type.Optional(
    Type.Boolean({
      description: "`true`: only contacts whose name may not be a person's; `false`: only the other contacts (R13).",
    }),
  ),
  privacy_notice: Type.Optional(
    oneOfList(['unknown'], {
      description: 'Only contacts whose version of the privacy notice is not known (R32).',
    }),
  ),
  updated_since: updatedSince,
  ...fileParameters,
})

export const contactLinks = {
  getContact: {
    operationId: 'getContact',
    description: 'Reads the contact again.',
    parameters: { contact_id: '$response.body#/contact_id' },
  },
  getContract: {
    operationId: 'getContract',
    description: 'Reads its contract with its seats.',
    parameters: { contract_id: '$response.body#/contract_id' },
  },
  getSupportAccount: {
    operationId: 'getSupportAccount',
    description: 'Reads its support account.',
    parameters: { account_id: '$response.body#/account_id' },
  },
}
