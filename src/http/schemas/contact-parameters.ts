import { Type } from 'typebox'
import { ROLES } from '#domain/vocabulary.ts'
import { oneOfList } from '#http/openapi/component.ts'
import { contactId } from '#http/schemas/contact-fields.ts'

export const ContactPath = Type.Object({ contact_id: contactId })

export const RoleQuery = { role: Type.Optional(oneOfList(ROLES, { description: 'Only contacts with this role.' })) }

export const contactLinks = {
  getContact: {
    operationId: 'getContact',
    description: 'Reads the contact again.',
    parameters: { contact_id: '$response.body#/contact_id' },
  },
  getContract: {
    operationId: 'getContract',
    description: 'Reads its contract, with the seats.',
    parameters: { contract_id: '$response.body#/contract_id' },
  },
  getSupportAccount: {
    operationId: 'getSupportAccount',
    description: 'Reads its support account.',
    parameters: { account_id: '$response.body#/account_id' },
  },
}
