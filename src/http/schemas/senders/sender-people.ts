import { Type } from 'typebox'
import { CONTRACT_STATES, DUTIES, ROLES } from '#domain/vocabulary.ts'
import { component, nullable, oneOfList, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { day, ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { ACCOUNT_ID } from '#http/schemas/examples.ts'

const productId = Type.String({ description: "The product's id.", examples: ['manage_ac'] })

export const name = Type.String({ description: "The person's whole name.", examples: ['山田 太郎'] })

export const SenderAccount = component(
  'SenderAccount',
  Type.Object(
    {
      account_id: ownId("The support account's id.", ACCOUNT_ID),
      customer_id: customerId,
      email: Type.String({
        description: 'The email address, as it was sent: use this spelling to send mail.',
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      display_name: nullable(
        Type.String({ description: 'How the support site shows the account (R18).', examples: ['山田 太郎'] }),
      ),
      shared: Type.Boolean({ description: 'Whether several people use the mailbox.', examples: [false] }),
    },
    { description: 'The support account of a sender.' },
  ),
)

const SenderContact = component(
  'SenderContact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      role: oneOfList(ROLES, { description: 'The role on that contract (R10).', examples: ['primary'] }),
      duties: Type.Array(oneOfList(DUTIES, { description: 'One duty.' }), {
        description: 'The duties on that contract (R12).',
        examples: [['system']],
      }),
    },
    { description: 'One registration of a person.' },
  ),
)

export const SenderPerson = component(
  'SenderPerson',
  Type.Object(
    {
      name,
      family_name: Type.String({ description: 'The family name.', examples: ['山田'] }),
      given_name: nullable(
        Type.String({ description: 'The given name; null if it is not known.', examples: ['太郎'] }),
      ),
      contacts: Type.Array(ref(SenderContact), { description: 'The registrations of the person.' }),
    },
    { description: 'A person who may be the sender.' },
  ),
)

export const SenderContract = component(
  'SenderContract',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      product_id: productId,
      state: openList(CONTRACT_STATES, {
        description: 'The state of the contract on the day of the check.',
        examples: ['in_force'],
      }),
      starts_on: day('The first day.', '2024-04-01'),
      ends_on: nullable(day('The last day; null if it has no end date.', '2027-03-31')),
    },
    { description: 'A contract that a sender is registered on.' },
  ),
)

const ConfirmingPrimary = component(
  'ConfirmingPrimary',
  Type.Object(
    {
      contact_id: contactId,
      name,
      email: Type.String({ description: "The primary's address.", examples: ['Yamada.Taro@aozora.example.co.jp'] }),
    },
    { description: 'The primary (主担当) of a contract, who confirms.' },
  ),
)

export const ConfirmWith = component(
  'ConfirmWith',
  Type.Object(
    {
      contract_id: contractId,
      product_id: productId,
      customer_id: customerId,
      customer_name: Type.String({ description: "The customer's name.", examples: ['株式会社青空商事'] }),
      primary: ref(ConfirmingPrimary),
    },
    {
      description:
        "A contract in force of a customer with the sender's domain, and its primary, who can confirm (R30).",
    },
  ),
)

/** The named schemas of this file. */
export const senderPeopleComponents: readonly NamedSchema[] = [
  SenderAccount,
  SenderContact,
  SenderPerson,
  SenderContract,
  ConfirmingPrimary,
  ConfirmWith,
]
