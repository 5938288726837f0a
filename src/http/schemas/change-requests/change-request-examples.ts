import {
  API_CLIENT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  LATER_DAY,
  SHARER_IDS,
} from '#http/schemas/examples.ts'
import { planExample } from '#http/schemas/rosters/roster-examples.ts'

const add = {
  op: 'add',
  contact: {
    family_name: '中村',
    given_name: '葵',
    email: 'nakamura.aoi@aozora.example.co.jp',
    privacy_notice_version: '2025-10',
  },
}
const asking = { name: '高橋 恵', email: 'takahashi.megumi@aozora.example.co.jp', channel: 'mail' }
const stored = {
  role: 'secondary',
  given_name: '葵',
  family_name: '中村',
  email: 'nakamura.aoi@aozora.example.co.jp',
  duties: [],
  privacy_notice_version: '2025-10',
}
const filer = { client: 'oauth:help-desk', credential: 'access_token', on_behalf_of: '00u1a2b3c4d5e6f7g8h9' }
const approver = { client: API_CLIENT_ID, credential: 'api_client', on_behalf_of: null }
const request = {
  change_request_id: CHANGE_REQUEST_ID,
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  state: 'needs_primary_confirmation',
  operations: [{ op: 'add', contact: stored }],
  person_change: null,
  subject: null,
  confirm_removals: null,
  concerns_contract: false,
  requested_by: { ...asking, ticket: null, contact_id: null },
  effective_on: null,
  needs_confirmation: ['requester_not_registered'],
  confirmation: null,
  confirmations: [],
  approved_by: null,
  approved_at: null,
  received_at: '2026-09-14T23:41:00.000Z',
  filed_by: [filer],
  closed_at: null,
  reason: null,
  problems: [],
  plan: planExample,
  contract_plans: null,
}
const confirmation = {
  confirmed_by: { contact_id: CONTACT_ID, name: '山田 太郎', position: null, is_primary: true },
  primary_contact_id: CONTACT_ID,
  channel: 'phone',
  note: null,
  ticket: null,
  reason: null,
  confirmed_at: '2026-11-25T01:15:00.000Z',
  recorded_by: approver,
}
const confirmed = { ...request, state: 'ready', confirmation, confirmations: [confirmation] }
const closed = (state: string, fields: object = {}) => ({
  ...confirmed,
  state,
  closed_at: '2026-11-25T02:00:00.000Z',
  plan: null,
  ...fields,
})
const awaiting = { ...confirmed, state: 'needs_approval', effective_on: LATER_DAY }
const approved = {
  ...awaiting,
  state: 'scheduled',
  approved_by: approver,
  approved_at: '2026-11-25T01:20:00.000Z',
}
const { plan: _plan, contract_plans: _plans, ...listed } = request
export const changeRequestExamples = {
  input: {
    add: {
      summary: 'A new contact, requested by mail',
      value: { contract_id: CONTRACT_ID, operations: [add], requested_by: asking },
    },
    matter: {
      summary: 'A matter that changes nothing',
      value: {
        contract_id: CONTRACT_ID,
        operations: [],
        subject: 'Wants to see the registration',
        requested_by: asking,
      },
    },
    person: {
      summary: 'The new name of a person, on all contracts',
      value: { person_change: { contact_id: CONTACT_ID, changes: { family_name: '山本' } }, requested_by: asking },
    },
    restore: {
      summary: 'A contact who was removed by mistake, as they were',
      value: {
        contract_id: CONTRACT_ID,
        operations: [{ op: 'restore', contact_id: SHARER_IDS[2] }],
        requested_by: asking,
      },
    },
    reshuffle: {
      summary: 'The April reshuffle: the primary is replaced on 1 April',
      value: {
        contract_id: CONTRACT_ID,
        effective_on: LATER_DAY,
        requested_by: { ...asking, channel: 'phone', ticket: 'T-20270310-007' },
        operations: [{ op: 'make_primary', new_contact: add.contact, former_primary: 'removed' }],
      },
    },
  },
  confirm: {
    phone: { summary: 'Confirmed by telephone', value: { confirmed_by: { contact_id: CONTACT_ID }, channel: 'phone' } },
    other: {
      summary: 'By another person, because the primary has left',
      value: {
        confirmed_by: { name: '中村 葵', position: '情報システム部長' },
        channel: 'mail',
        reason: 'The primary has left the company.',
      },
    },
  },
  patch: {
    day: { summary: 'For another day, which is filed again', value: { effective_on: LATER_DAY } },
    subject: { summary: 'What it is about', value: { subject: 'The April reshuffle' } },
  },
  changed: { waiting: { summary: 'Filed again, for a day', value: { ...request, effective_on: LATER_DAY } } },
  reject: {
    names: { summary: 'The names were not final', value: { reason: 'The customer asked again with other names.' } },
  },
  withdraw: { silent: { summary: 'Without a reason', value: {} } },
  answer: { waiting: { summary: 'Waits for the primary', value: request } },
  confirmed: {
    ready: { summary: 'Confirmed, and ready', value: confirmed },
    awaiting: { summary: 'Confirmed, with a day, by a client that may not approve it', value: awaiting },
  },
  approved: { scheduled: { summary: 'Approved for its day', value: approved } },
  applied: { applied: { summary: 'Applied', value: closed('applied') } },
  rejected: {
    rejected: {
      summary: 'Rejected',
      value: closed('rejected', { reason: 'The customer asked again with other names.' }),
    },
  },
  withdrawn: { withdrawn: { summary: 'Withdrawn', value: closed('withdrawn') } },
  page: { all: { summary: 'The only page', value: { items: [listed], next_cursor: null } } },
}
