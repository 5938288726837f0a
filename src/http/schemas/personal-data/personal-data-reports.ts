import { Type } from 'typebox'
import { closedObject, component, omittable, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { filterId, moment, ownId } from '#http/schemas/common.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { ACCOUNT_ID, API_CLIENT_ID, CONTACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import {
  HeldAccount,
  HeldEntry,
  HeldImportRow,
  HeldRequest,
  PossibleDelivery,
  PossibleDisclosure,
} from '#http/schemas/personal-data/held-data.ts'

const ADDRESS = 'Yamada.Taro@aozora.example.co.jp'
const MOMENT = '2026-04-01T00:30:00.000Z'

export const PersonalDataReportInput = component(
  'PersonalDataReportInput',
  closedObject(
    {
      contact_id: omittable(ownId('One of the contacts of the person, present or removed.', CONTACT_ID)),
      email: omittable(
        Type.String({
          minLength: 3,
          maxLength: 320,
          description: 'An email address that the person has or had; case and width do not matter (R16).',
          examples: [ADDRESS],
        }),
      ),
      customer_id: omittable(filterId('Only what is held of the person at this customer.', CUSTOMER_ID)),
    },
    {
      'x-exactly-one-of': ['contact_id', 'email'],
      description: 'Of whom the report is: exactly one of `contact_id` and `email` (otherwise 400).',
    },
  ),
)

const KeptAnswer = component(
  'KeptAnswer',
  Type.Object(
    {
      client: Type.String({ description: 'The client that made the request.', examples: [API_CLIENT_ID] }),
      kept_since: moment('Since when; it is kept for 24 hours.', MOMENT),
    },
    { description: 'An answer that is kept for repeats.' },
  ),
)

export const PersonalDataReport = component(
  'PersonalDataReport',
  Type.Object(
    {
      reported_at: moment('When the report was made.', MOMENT),
      contacts: Type.Array(ref(Contact), { description: 'Every registration of the person, present and removed.' }),
      accounts: Type.Array(ref(HeldAccount), { description: 'The accounts of those registrations.' }),
      change_requests: Type.Array(ref(HeldRequest), { description: 'The change requests that concern the person.' }),
      history: Type.Array(ref(HeldEntry), { description: 'The history of the person, the oldest entry first.' }),
      disclosures: Type.Array(ref(PossibleDisclosure), {
        description: 'The lists that may have contained the person.',
      }),
      deliveries: Type.Array(ref(PossibleDelivery), {
        description: 'The webhooks that said that something happened to the person.',
      }),
      imports: Type.Array(ref(HeldImportRow), {
        description: 'The rows of received files that name the person, also those that wait.',
      }),
      kept_answers: Type.Array(ref(KeptAnswer), {
        description: 'Answers about the person that are kept for repeats with an `Idempotency-Key`.',
      }),
    },
    { description: 'Everything that the registry holds of one person (R33), without what concerns others.' },
  ),
)

export const PersonalDataPage = component(
  'PersonalDataPage',
  Type.String({
    description: 'A page to print on A4, in the language of `Accept-Language`. It loads and runs nothing.',
    examples: ['<!doctype html>…'],
  }),
)

const [registered] = contactExamples.page.all.value.items

export const personalDataExamples = {
  input: { contact: { summary: 'The person of a contact', value: { contact_id: CONTACT_ID } } },
  report: {
    registered: {
      summary: 'A person on one contract',
      value: {
        reported_at: '2026-10-01T00:00:00.000Z',
        contacts: [registered],
        accounts: [
          {
            account_id: ACCOUNT_ID,
            customer_id: CUSTOMER_ID,
            email: ADDRESS,
            opened_at: MOMENT,
            closed_at: null,
            in_use_since: MOMENT,
            password_set_at: null,
            mail_state: 'unknown',
            external_id: null,
            former_addresses: [],
          },
        ],
        change_requests: [],
        history: [],
        disclosures: [],
        deliveries: [],
        imports: [],
        kept_answers: [],
      },
    },
  },
  page: { one: { summary: 'The beginning of a page', value: '<!doctype html>\n<html lang="ja">' } },
}

/** The named schemas of this file. */
export const personalDataReportsComponents: readonly NamedSchema[] = [
  PersonalDataReportInput,
  KeptAnswer,
  PersonalDataReport,
  PersonalDataPage,
]
