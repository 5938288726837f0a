import { kindOf } from '#domain/history/event-types.ts'
import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  IMPORT_ID,
  WEBHOOK_ENDPOINT_ID,
} from '#http/schemas/examples.ts'
import { TEST_TYPE } from '#http/schemas/webhooks/webhook-messages.ts'

const NONE = {
  customer_id: null as string | null,
  contract_id: null as string | null,
  contact_id: null as string | null,
  account_id: null as string | null,
  change_request_id: null as string | null,
}
const ofCustomer = { ...NONE, customer_id: CUSTOMER_ID }
const ofContract = { ...ofCustomer, contract_id: CONTRACT_ID }

/** The ids of an event of each kind. */
const IDS: Readonly<Record<string, typeof NONE & { subject_id: string }>> = {
  contract: { subject_id: CONTRACT_ID, ...ofContract },
  contact: { subject_id: CONTACT_ID, ...ofContract, contact_id: CONTACT_ID, account_id: ACCOUNT_ID },
  support_account: { subject_id: ACCOUNT_ID, ...ofContract, account_id: ACCOUNT_ID },
  application_form: { subject_id: CONTRACT_ID, ...ofContract },
  change_request: { subject_id: CHANGE_REQUEST_ID, ...ofContract, change_request_id: CHANGE_REQUEST_ID },
  customer: { subject_id: CUSTOMER_ID, ...ofCustomer },
  product: { subject_id: 'manage_ac', ...NONE },
  app: { subject_id: 'attendance', ...NONE },
  import: { subject_id: IMPORT_ID, ...NONE },
  history: { subject_id: 'Wq3nN0yY2mJ1b0m8b0sT3w', ...NONE },
  webhook_endpoint: { subject_id: WEBHOOK_ENDPOINT_ID, ...NONE },
  api_client: { subject_id: API_CLIENT_ID, ...NONE },
}

const timestamp = '2026-09-14T23:40:00.000Z'

/** The examples of a type of delivery: with ids alone, and of a changed contact also with data. */
export function messageExamples(type: string): Record<string, { summary: string; value: object }> {
  if (type === TEST_TYPE)
    return { test: { summary: 'A test', value: { type, timestamp, data: { endpoint_id: WEBHOOK_ENDPOINT_ID } } } }
  const data = { event_id: 2048, ...IDS[kindOf(type)] }
  const thin = { ids: { summary: 'Ids alone', value: { type, timestamp, data } } }
  return type === 'contact.changed' ? { ...thin, ...withData(data) } : thin
}

function withData(data: object): ReturnType<typeof messageExamples> {
  const changed = { before: { ...primaryExample, duties: [] }, after: primaryExample }
  const value = { type: 'contact.changed', timestamp, data: { ...data, seats: SEATS, ...changed } }
  return { data: { summary: 'With `include_data`', value } }
}

const SEATS = { limit: 4, used: 3, over: 0 }
