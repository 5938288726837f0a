import { Type } from 'typebox'
import { CHANNELS } from '#domain/vocabulary.ts'
import {
  closedObject,
  component,
  oneOfList,
  omittable,
  openList,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { day, moment } from '#http/schemas/common.ts'
import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import { noticeVersion, privacy_notice_version } from '#http/schemas/rosters/contact-fields.ts'
import { ListedPersonInput } from '#http/schemas/rosters/contact-inputs.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'
import { warnings } from '#http/schemas/rosters/contact-warnings.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

const form_version = Type.String({
  minLength: 7,
  maxLength: 7,
  pattern: PATTERNS.yearAndMonth,
  description:
    'The version printed on the form, year and month: `YYYY-MM`. It decides how many contacts the form may ' +
    'register (R23).',
  examples: ['2022-10'],
})

export const ApplicationForm = component(
  'ApplicationForm',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      form_version,
      received_on: day('The day on which the form was received.', '2026-03-25'),
      channel: openList(CHANNELS, { description: 'How the form was received.', examples: ['mail'] }),
      privacy_notice_version,
      seat_limit: Type.Integer({
        description: 'How many contacts a form of this version could register at that time.',
        examples: [4],
      }),
      registered_at: moment('When its contacts were registered.', '2026-04-01T00:30:00.000Z'),
      contacts: Type.Array(ref(Contact), {
        description:
          'The contacts that the form registered, as they are now, in the order of the form. Contacts that were ' +
          'removed later are included.',
      }),
      warnings,
    },
    { description: 'The application form (サービス利用申込書) that registered the first contacts of a contract.' },
  ),
)

export const ApplicationFormInput = component(
  'ApplicationFormInput',
  closedObject(
    {
      form_version,
      received_on: omittable(day('The day on which the form was received. Default: today.', '2026-03-25')),
      channel: omittable(
        oneOfList(CHANNELS, {
          description: 'How the form was received. The default is `form`: nothing more is known.',
          examples: ['mail'],
        }),
      ),
      privacy_notice_version: noticeVersion('The default for the contacts of the form.'),
      contacts: Type.Array(ref(ListedPersonInput), {
        minItems: 1,
        maxItems: 1000,
        description: 'The contacts on the form. One of them must be the primary.',
      }),
      requested_by,
    },
    { description: 'An application form (サービス利用申込書).' },
  ),
)

const form = { form_version: '2022-10', received_on: '2026-03-25', channel: 'mail', privacy_notice_version: '2025-10' }
export const applicationFormExamples = {
  input: {
    form: {
      summary: 'A form of version 2022-10 with a primary and a secondary',
      value: {
        ...form,
        contacts: [
          {
            role: 'primary',
            duties: ['system'],
            family_name: '山田',
            given_name: '太郎',
            email: 'Yamada.Taro@aozora.example.co.jp',
          },
          { family_name: '佐藤', given_name: '次郎', email: 'support-desk@aozora.example.co.jp' },
        ],
      },
    },
  },
  answer: {
    form: {
      summary: 'The form, accepted',
      value: {
        contract_id: CONTRACT_ID,
        customer_id: CUSTOMER_ID,
        ...form,
        seat_limit: 4,
        registered_at: '2026-04-01T00:30:00.000Z',
        contacts: [primaryExample],
      },
    },
  },
}

/** The named schemas of this file. */
export const applicationFormsComponents: readonly NamedSchema[] = [ApplicationForm, ApplicationFormInput]
