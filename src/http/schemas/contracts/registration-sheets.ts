import { Type } from 'typebox'
import { PURPOSES } from '#domain/vocabulary.ts'
import { component, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { asOf, moment } from '#http/schemas/common.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { Contract, contractExamples } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CONTACT_ID, CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { bom, purpose, PURPOSE } from '#http/schemas/list-files.ts'

export const RegistrationQuery = Type.Object(
  {
    purpose,
    as_of: asOf,
    bom,
  },
  { additionalProperties: false },
)

const RegisteredContract = component(
  'RegisteredContract',
  Type.Object(
    {
      contract: ref(Contract),
      product_name: Type.String({ description: 'The name of the product.', examples: ['ManageAC'] }),
      contacts: Type.Array(ref(Contact), {
        description: 'Its contacts: the primary (主担当) first, then the others in the order of their registration.',
      }),
    },
    { description: 'One contract on the sheet, with its contacts.' },
  ),
)

export const RegistrationSheet = component(
  'RegistrationSheet',
  Type.Object(
    {
      customer_id: customerId,
      customer_name: Type.String({ description: "The customer's name.", examples: ['株式会社青空商事'] }),
      as_of: moment('The moment that the sheet is of.', '2026-10-01T00:00:00.000Z'),
      purpose: openList(PURPOSES, { description: `What the sheet is for. ${PURPOSE}`, examples: ['inquiries'] }),
      contracts: Type.Array(ref(RegisteredContract), {
        description: 'Every contract of the customer in the order of their ids, those that have ended last.',
      }),
    },
    { description: 'What is registered of a whole customer (現在のご登録状況, R26).' },
  ),
)

export const RegistrationTable = component(
  'RegistrationTable',
  Type.String({
    description:
      'A CSV file (RFC 4180, UTF-8) with a row for each contact; a contract without contacts has one row. Several ' +
      'values in a cell are separated by spaces.',
    examples: ['contract_id,product_id,…\r\n'],
  }),
)

export const RegistrationPage = component(
  'RegistrationPage',
  Type.String({
    description: 'A page to print on A4, in the language of `Accept-Language`. It loads and runs nothing.',
    examples: ['<!doctype html>…'],
  }),
)

const [primary, ...others] = contactExamples.page.all.value.items
const sheet = {
  customer_id: CUSTOMER_ID,
  customer_name: '株式会社青空商事',
  as_of: '2026-10-01T00:00:00.000Z',
  purpose: 'inquiries',
  contracts: [
    { contract: contractExamples.answer.manage_ac.value, product_name: 'ManageAC', contacts: [primary, ...others] },
  ],
}

export const registrationExamples = {
  sheet: { all: { summary: 'A customer with one contract', value: sheet } },
  table: {
    one: {
      summary: 'One contact',
      value: [
        'contract_id,product_id,product_name,state,seat_limit,seats_used,' +
          'role,duties,name,email,contact_id,registered_at',
        `${CONTRACT_ID},manage_ac,ManageAC,in_force,12,1,primary,system,山田 太郎,Yamada.Taro@aozora.example.co.jp,` +
          `${CONTACT_ID},2026-04-01T00:30:00.000Z`,
        '',
      ].join('\r\n'),
    },
  },
  page: { one: { summary: 'The beginning of a page', value: '<!doctype html>\n<html lang="ja">' } },
}

/** The named schemas of this file. */
export const registrationSheetsComponents: readonly NamedSchema[] = [
  RegisteredContract,
  RegistrationSheet,
  RegistrationTable,
  RegistrationPage,
]
