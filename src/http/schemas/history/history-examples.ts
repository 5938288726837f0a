import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  HEAD_HASH,
  REQUEST_ID,
} from '#http/schemas/examples.ts'

export const historyExamples = {
  head: { latest: { summary: 'The latest entry', value: { event_id: 2048, hash: HEAD_HASH } } },
  page: {
    duties: {
      summary: 'A contact whose duties were changed',
      value: {
        items: [
          {
            history_id: 1024,
            event: 'contact.changed',
            subject_id: CONTACT_ID,
            occurred_at: '2026-09-14T23:40:00.000Z',
            client: 'admin',
            on_behalf_of: null,
            request_id: REQUEST_ID,
            source: 'direct',
            change_request_id: null,
            requested_by: {
              channel: 'mail',
              contact_id: CONTACT_ID,
              name: '山田',
              email: null,
              ticket: 'T-20260914-003',
            },
            customer_id: CUSTOMER_ID,
            contract_id: CONTRACT_ID,
            contact_id: CONTACT_ID,
            account_id: ACCOUNT_ID,
            changed: ['duties'],
            before: { ...primaryExample, duties: [] },
            after: primaryExample,
          },
        ],
        next_cursor: null,
      },
    },
  },
}

const terms = {
  client_id: API_CLIENT_ID,
  name: 'CRM, production',
  scopes: ['customers:read', 'customers:write', 'contracts:read'],
  ip_ranges: ['203.0.113.0/24'],
  names_requester: false,
  expires_at: null,
}
const ofClient = {
  client: 'admin',
  on_behalf_of: null,
  request_id: REQUEST_ID,
  source: 'direct',
  change_request_id: null,
  requested_by: null,
  customer_id: null,
  contract_id: null,
  contact_id: null,
  account_id: null,
}
export const apiClientHistoryExamples = {
  page: {
    narrowed: {
      summary: 'A client that was created, and lost a scope',
      value: {
        items: [
          {
            history_id: 1031,
            event: 'api_client.changed',
            subject_id: API_CLIENT_ID,
            occurred_at: '2026-09-14T23:40:00.000Z',
            ...ofClient,
            changed: ['scopes'],
            before: terms,
            after: { ...terms, scopes: ['customers:read', 'customers:write'] },
          },
          {
            history_id: 12,
            event: 'api_client.created',
            subject_id: API_CLIENT_ID,
            occurred_at: '2026-04-01T00:30:00.000Z',
            ...ofClient,
            changed: [],
            before: null,
            after: { ...terms, key_id: API_KEY_ID, hint: 'mdg_live_4fQz' },
          },
        ],
        next_cursor: null,
      },
    },
  },
}
