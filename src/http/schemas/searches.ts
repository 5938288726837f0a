import { Type } from 'typebox'
import { closedObject, component, nullable, omittable, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { filterId, pageParameters } from '#http/schemas/common.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { Customer, customerExamples } from '#http/schemas/contracts/customers.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

const partOfName = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 128, description, examples: [example] })

const page = {
  limit: omittable(pageParameters.limit),
  cursor: omittable(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: PATTERNS.cursor,
      description:
        'Where the page starts: the `next_cursor` of the previous page, unchanged, with the same search. Do not ' +
        'read meaning into it.',
    }),
  ),
}

const LIKENESS =
  'Width, case, kana (ひらがな, カタカナ), variant kanji (髙, 高), accents, signs and spaces do not matter. Separate ' +
  'several words with spaces: the name must contain all of them, in any order.'

export const ContactSearchInput = component(
  'ContactSearchInput',
  closedObject(
    {
      name: omittable(partOfName(`Any part of the name; one character is enough. ${LIKENESS}`, '高橋')),
      email: omittable(
        Type.String({
          minLength: 3,
          maxLength: 320,
          description: 'The complete email address; case and width do not matter (R16).',
          examples: ['Takahashi.Megumi@aozora.example.co.jp'],
        }),
      ),
      domain: omittable(
        Type.String({
          minLength: 3,
          maxLength: 255,
          description: 'The complete domain of the email address; an internationalised domain in either form.',
          examples: ['aozora.example.co.jp'],
        }),
      ),
      customer_id: omittable(filterId('Only contacts of this customer.', CUSTOMER_ID)),
      contract_id: omittable(filterId('Only contacts of this contract.', CONTRACT_ID)),
      include_removed: omittable(
        Type.Boolean({
          default: false,
          description: 'Whether removed contacts are found too.',
          examples: [true],
        }),
      ),
      ...page,
    },
    {
      description:
        'What to search contacts for. The criteria are combined with AND. At least one of `name`, `email`, ' +
        '`domain`, `customer_id` and `contract_id` is needed.',
    },
  ),
)

export const CustomerSearchInput = component(
  'CustomerSearchInput',
  closedObject(
    {
      name: partOfName(
        `Any part of the company's name; one character is enough. ${LIKENESS} ㈱ and (株) are found as 株式会社.`,
        '青空',
      ),
      ...page,
    },
    { description: 'What to search customers for.' },
  ),
)

const next_cursor = nullable(
  Type.String({
    description: 'The `cursor` of the next page, for the body of the next request; null on the last page.',
  }),
)

export const ContactSearchPage = component(
  'ContactSearchPage',
  Type.Object(
    { items: Type.Array(ref(Contact), { description: 'The contacts of this page.' }), next_cursor },
    {
      description:
        'A page of the contacts that a search found: with `name` in the order of the matching parts of the names, ' +
        'removed contacts last; else in the order of their registration.',
    },
  ),
)

export const CustomerSearchPage = component(
  'CustomerSearchPage',
  Type.Object(
    { items: Type.Array(ref(Customer), { description: 'The customers of this page.' }), next_cursor },
    { description: 'A page of the customers that a search found, in the order of the parts that were found.' },
  ),
)

export const searchExamples = {
  contacts: {
    by_name: { summary: 'By a part of the name', value: { name: '山田' } },
    by_address: {
      summary: 'By the address, also of contacts that were removed',
      value: { email: 'Yamada.Taro@aozora.example.co.jp', include_removed: true },
    },
    by_domain: {
      summary: 'By a domain and a part of the name',
      value: { domain: 'aozora.example.co.jp', name: 'ヤマダ', limit: 20 },
    },
  },
  customers: { by_name: { summary: 'By a part of the name', value: { name: '青空' } } },
  found_contacts: contactExamples.page,
  found_customers: customerExamples.page,
}

/** The named schemas of this file. */
export const searchesComponents: readonly NamedSchema[] = [
  ContactSearchInput,
  CustomerSearchInput,
  ContactSearchPage,
  CustomerSearchPage,
]
