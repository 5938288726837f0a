import { customerExamples } from '#http/schemas/contracts/customers.ts'
import { contractExamples } from '#http/schemas/contracts/contracts.ts'
import { applicationFormExamples } from '#http/schemas/contracts/application-forms.ts'
import { apiClientExamples } from '#http/schemas/api-clients/api-client-examples.ts'
import { endpointExamples } from '#http/schemas/webhooks/webhook-endpoint-examples.ts'
import { changeRequestExamples } from '#http/schemas/change-requests/change-request-examples.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  DELETED_ENDPOINT_ID,
  FORM_CONTRACT_ID,
  IMPORT_ID,
  LATER_DAY,
  LEAVER_ACCOUNT_ID,
  LEAVER_ID,
  MISTAKEN_CONTRACT_ID,
  MISTAKEN_CUSTOMER_ID,
  REJECTED_REQUEST_ID,
  REVOKED_CLIENT_ID,
  SHARED_ACCOUNT_ID,
  SHARER_IDS,
  SUCCESSOR_ACCOUNT_ID,
  SUCCESSOR_ID,
  TOUR_CONTRACT_ID,
  UNREADABLE_IMPORT_ID,
  UNAPPROVED_REQUEST_ID,
  WEBHOOK_DELIVERY_ID,
  WEBHOOK_ENDPOINT_ID,
  WEBHOOK_SECRET_ID,
  WITHDRAWN_REQUEST_ID,
} from '#http/schemas/examples.ts'
import { EXAMPLE_LINES } from '#http/schemas/imports/import-examples.ts'
import { OTHER_CUSTOMERS } from '#demo/other-customers.ts'
import { contactOf, contractOf, put, type DemoRequest } from '#demo/demo-request.ts'

const [SATO, SUZUKI, TAKAHASHI] = SHARER_IDS
const ROSTER = `/v1/contracts/${CONTRACT_ID}/contacts`
const DESK = { email: 'support-desk@aozora.example.co.jp', shared_mailbox: true }

// 株式会社青空商事 and its contract of the examples: two contacts by the form, two more in the shared mailbox, of whom
// one leaves, and a successor for the primary.
const AOZORA: DemoRequest[] = [
  put('2026-04-01T00:00:00.000Z', `/v1/customers/${CUSTOMER_ID}`, customerExamples.input.company.value),
  put('2026-04-01T00:00:00.000Z', `/v1/contracts/${CONTRACT_ID}`, contractExamples.input.manage_ac.value),
  {
    at: '2026-04-01T00:30:00.000Z',
    ids: [CONTACT_ID, SATO, ACCOUNT_ID, SHARED_ACCOUNT_ID],
    method: 'POST',
    path: `/v1/contracts/${CONTRACT_ID}/application-form`,
    body: applicationFormExamples.input.form.value,
  },
  { at: '2026-04-01T01:06:00.000Z', ids: [SUZUKI], ...contactOf(ROSTER, '鈴木 三郎', DESK) },
  { at: '2026-04-01T01:07:00.000Z', ids: [TAKAHASHI], ...contactOf(ROSTER, '高橋 恵', DESK) },
  {
    at: '2026-04-02T01:20:00.000Z',
    method: 'PATCH',
    path: `/v1/support-accounts/${SHARED_ACCOUNT_ID}`,
    body: { password_set_at: '2026-04-02T01:15:00Z' },
  },
  {
    at: '2026-09-14T23:38:00.000Z',
    ids: [LEAVER_ID, LEAVER_ACCOUNT_ID],
    ...contactOf(ROSTER, '渡部 亮', { email: 'watabe.ryo@aozora.example.co.jp' }),
  },
  { at: '2026-09-14T23:39:00.000Z', method: 'DELETE', path: `/v1/contacts/${LEAVER_ID}` },
  {
    at: '2026-09-14T23:40:00.000Z',
    ids: [SUCCESSOR_ID, SUCCESSOR_ACCOUNT_ID],
    ...contactOf(ROSTER, '伊藤 花子', { email: 'ito.hanako@aozora.example.co.jp' }),
  },
  { at: '2026-09-14T23:40:30.000Z', method: 'DELETE', path: `/v1/contacts/${TAKAHASHI}` },
]

// Contracts of the same customer without contacts, and what was entered by mistake.
const UNREGISTERED: DemoRequest[] = [
  put('2026-04-01T02:00:00.000Z', `/v1/customers/${MISTAKEN_CUSTOMER_ID}`, { name: '株式会社青空商事（重複）' }),
  put(
    '2026-04-01T02:00:00.000Z',
    `/v1/contracts/${TOUR_CONTRACT_ID}`,
    contractOf(CUSTOMER_ID, 'manage', { app_ids: ['attendance', 'attendance_gap_option', 'man_hours'] }),
  ),
  put(
    '2026-04-01T02:00:00.000Z',
    `/v1/contracts/${FORM_CONTRACT_ID}`,
    contractOf(CUSTOMER_ID, 'data_link', { connections: 2 }),
  ),
  put('2026-04-01T02:00:00.000Z', `/v1/contracts/${MISTAKEN_CONTRACT_ID}`, contractOf(CUSTOMER_ID, 'erp_hosting')),
]

const asked = changeRequestExamples.input.add.value
const [operation] = asked.operations
const registered = { ...asked.requested_by, name: '伊藤 花子', email: 'ito.hanako@aozora.example.co.jp' }

const request = (at: string, id: string, body: object): DemoRequest => ({
  at,
  ids: [null, id], // the first is of the contact that is asked for
  method: 'POST',
  path: '/v1/change-requests',
  body: { ...asked, ...body },
})

const CHANGE_REQUESTS: DemoRequest[] = [
  request('2026-09-14T23:41:00.000Z', CHANGE_REQUEST_ID, {}),
  // A client that may not change contacts files it: it waits for an approval.
  {
    ...request('2026-09-14T23:42:00.000Z', UNAPPROVED_REQUEST_ID, {
      effective_on: LATER_DAY,
      requested_by: registered,
    }),
    without_scope: 'contacts:write',
  },
  request('2026-09-14T23:43:00.000Z', REJECTED_REQUEST_ID, { requested_by: registered }),
  request('2026-09-14T23:44:00.000Z', WITHDRAWN_REQUEST_ID, { requested_by: registered, operations: [operation] }),
]

const API_CLIENTS: DemoRequest[] = [
  {
    at: '2026-09-17T23:44:52.032Z',
    ids: [API_KEY_ID, API_CLIENT_ID],
    method: 'POST',
    path: '/v1/api-clients',
    body: apiClientExamples.input.preset.value,
  },
  {
    at: '2026-09-17T23:45:52.032Z',
    ids: ['01a0b1c3-27a0-7d9e-8faf-1b2c3d4e5f60', REVOKED_CLIENT_ID],
    method: 'POST',
    path: '/v1/api-clients',
    body: { name: 'Mail gateway, test', preset: 'mail_gateway' },
  },
]

// What the CRM itself changed, once it had its key.
const BY_CRM: DemoRequest[] = [
  {
    at: '2026-09-18T00:10:00.000Z',
    client_id: API_CLIENT_ID,
    method: 'PUT',
    path: `/v1/customers/${MISTAKEN_CUSTOMER_ID}`,
    body: { name: '株式会社青空商事（重複、削除予定）' },
  },
]

// A file of the customer's contacts, and one of an unknown kind.
const IMPORTS: DemoRequest[] = [
  { at: '2026-11-24T00:00:00.000Z', ids: [IMPORT_ID], method: 'POST', path: '/v1/imports', lines: EXAMPLE_LINES },
  {
    at: '2026-11-24T00:01:00.000Z',
    ids: [UNREADABLE_IMPORT_ID],
    method: 'POST',
    path: '/v1/imports',
    lines: [{ type: 'person' }],
  },
]

const WEBHOOKS: DemoRequest[] = [
  {
    at: '2026-09-17T23:46:52.032Z',
    ids: [WEBHOOK_ENDPOINT_ID, WEBHOOK_SECRET_ID],
    method: 'POST',
    path: '/v1/webhook-endpoints',
    body: endpointExamples.input.crm.value,
  },
  {
    at: '2026-09-17T23:47:52.032Z',
    ids: [WEBHOOK_DELIVERY_ID],
    method: 'POST',
    path: `/v1/webhook-endpoints/${WEBHOOK_ENDPOINT_ID}/test`,
  },
  {
    at: '2026-09-17T23:48:52.032Z',
    ids: [DELETED_ENDPOINT_ID],
    method: 'POST',
    path: '/v1/webhook-endpoints',
    body: { url: 'https://former.aozora.example.co.jp/madoguchi' },
  },
]

/** The requests that make the demonstration registry, in their order: what the examples of the document speak of. */
export const DEMO_STORY: readonly DemoRequest[] = [
  ...OTHER_CUSTOMERS,
  ...AOZORA,
  ...UNREGISTERED,
  ...CHANGE_REQUESTS,
  ...API_CLIENTS,
  ...BY_CRM,
  ...IMPORTS,
  ...WEBHOOKS,
]
