import { Type } from 'typebox'
import { closedObject, comparedWithPath, component, passedOver, type NamedSchema } from '#http/schemas/named-schema.ts'
import { LATER_FIELDS, masterId, moment, pageSchema } from '#http/schemas/common.ts'
import { CUSTOMER_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const customerId = masterId("The customer's id in the CRM.", CUSTOMER_ID)

const name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: PATTERNS.trimmed,
  description:
    "The company's name in the CRM. 1–200 characters, stored as sent, without spaces at the beginning or end.",
  examples: ['株式会社青空商事'],
})

export const Customer = component(
  'Customer',
  Type.Object(
    {
      customer_id: customerId,
      name,
      updated_at: moment('When the CRM last changed it.', '2026-04-01T00:00:00.000Z'),
    },
    { description: 'A customer (お客様企業) from the CRM.' },
  ),
)
export const CustomerInput = component(
  'CustomerInput',
  closedObject(
    { name, customer_id: comparedWithPath(customerId) },
    {
      description: `A customer (お客様企業) from the CRM. ${LATER_FIELDS}`,
    },
    passedOver(Customer, 'updated_at'),
  ),
)
export const CustomerPage = pageSchema('CustomerPage', Customer, 'A page of customers, in the order of their ids.')

const customer = { customer_id: CUSTOMER_ID, name: '株式会社青空商事', updated_at: '2026-04-01T00:00:00.000Z' }
export const customerExamples = {
  input: { company: { summary: 'A company', value: { name: customer.name } } },
  answer: { company: { summary: 'A company', value: customer } },
  page: { all: { summary: 'The only page', value: { items: [customer], next_cursor: null } } },
}

/** The named schemas of this file. */
export const customersComponents: readonly NamedSchema[] = [Customer, CustomerInput, CustomerPage]
