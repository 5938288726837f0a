import { Type } from 'typebox'
import { component, nullable, oneOfList, openList, type NamedSchema } from '#http/schemas/named-schema.ts'
import { listQuery, pageSchema, filterId } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { ACCOUNT_ID, CONTRACT_ID, CUSTOMER_ID, SHARED_ACCOUNT_ID } from '#http/schemas/examples.ts'
import { bom, purpose, PURPOSE } from '#http/schemas/list-files.ts'
import { accountId } from '#http/schemas/accounts/support-accounts.ts'
import { PURPOSES, ROLES } from '#domain/vocabulary.ts'

export const NoticeQuery = listQuery({
  purpose,
  customer_id: Type.Optional(filterId('Only the accounts of this customer.', CUSTOMER_ID)),
  product_id: Type.Optional(filterId('Only accounts with a contact on a contract of this product.', 'manage_ac')),
  role: Type.Optional(
    oneOfList(ROLES, {
      description: 'Only accounts with a contact in this role; with `product_id`, on a contract of that product.',
    }),
  ),
  bom,
})

const NoticeRecipient = component(
  'NoticeRecipient',
  Type.Object(
    {
      account_id: accountId,
      customer_id: customerId,
      customer_name: Type.String({ description: "The customer's name.", examples: ['株式会社青空商事'] }),
      email: Type.String({
        description: 'The email address to send to.',
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      display_name: nullable(
        Type.String({ description: 'How the support site shows the account (R18).', examples: ['山田 太郎'] }),
      ),
      shared: Type.Boolean({ description: 'Whether several people use the mailbox.', examples: [false] }),
      roles: Type.Array(oneOfList(ROLES, { description: 'One role.' }), {
        description: 'The roles of the contacts of the account.',
        examples: [['primary']],
      }),
      contract_ids: Type.Array(contractId, {
        description: 'Their contracts that have not ended.',
        examples: [[CONTRACT_ID]],
      }),
      product_ids: Type.Array(Type.String({ description: 'The id of a product.' }), {
        description: 'The products of those contracts.',
        examples: [['manage_ac']],
      }),
    },
    { description: 'A support account that a notice goes to, once (R31).' },
  ),
)

export const NoticeRecipientPage = pageSchema(
  'NoticeRecipientPage',
  NoticeRecipient,
  'A page of the recipients of a notice, in the order in which their accounts were opened.',
  {
    purpose: openList(PURPOSES, {
      description: `The purpose of the list, as requested. ${PURPOSE}`,
      examples: ['product_information'],
    }),
  },
)

export const NoticeLines = component(
  'NoticeLines',
  Type.String({
    description: 'Each line is one `NoticeRecipient` in JSON, to the end of the list.',
    examples: ['{"account_id":"…"}\n'],
  }),
)
export const NoticeTable = component(
  'NoticeTable',
  Type.String({
    description:
      'A CSV file (RFC 4180, UTF-8) with the fields of `NoticeRecipient` as columns, to the end of the list. ' +
      'Several values in a cell are separated by spaces; a value that a spreadsheet would run as a formula ' +
      'begins with an apostrophe.',
    examples: ['account_id,customer_id,…\r\n'],
  }),
)

const recipient = {
  account_id: ACCOUNT_ID,
  customer_id: CUSTOMER_ID,
  customer_name: '株式会社青空商事',
  email: 'Yamada.Taro@aozora.example.co.jp',
  display_name: '山田 太郎',
  shared: false,
  roles: ['primary'],
  contract_ids: [CONTRACT_ID],
  product_ids: ['manage_ac'],
}
const shared = {
  ...recipient,
  account_id: SHARED_ACCOUNT_ID,
  email: 'support-desk@aozora.example.co.jp',
  display_name: '佐藤/鈴木',
  shared: true,
  roles: ['secondary'],
}
const NOTICE_CELLS = '株式会社青空商事,Yamada.Taro@aozora.example.co.jp,山田 太郎,false,primary'
export const noticeExamples = {
  page: {
    all: {
      summary: 'The only page',
      value: { items: [recipient, shared], next_cursor: null, purpose: 'product_information' },
    },
  },
  lines: { one: { summary: 'A list of one', value: `${JSON.stringify(recipient)}\n` } },
  table: {
    one: {
      summary: 'A list of one',
      value: [
        'account_id,customer_id,customer_name,email,display_name,shared,roles,contract_ids,product_ids',
        `${ACCOUNT_ID},${CUSTOMER_ID},${NOTICE_CELLS},${CONTRACT_ID},manage_ac`,
        '',
      ].join('\r\n'),
    },
  },
}

/** The named schemas of this file. */
export const noticeRecipientsComponents: readonly NamedSchema[] = [
  NoticeRecipient,
  NoticeRecipientPage,
  NoticeLines,
  NoticeTable,
]
