import { CLIENT_PRESETS } from '#http/auth/client-presets.ts'
import { OVERLAP_SECONDS } from '#http/schemas/api-clients/api-client-input.ts'
import { API_CLIENT_ID, API_KEY_ID } from '#http/schemas/examples.ts'

const key = {
  key_id: API_KEY_ID,
  hint: 'mdg_live_4fQz',
  created_at: '2026-04-01T00:30:00.000Z',
  expires_at: '2027-04-02T00:30:00.000Z',
  last_used_at: '2026-09-14T23:40:00.000Z',
}

const client = {
  client_id: API_CLIENT_ID,
  name: 'CRM, production',
  scopes: [...CLIENT_PRESETS.crm],
  ip_ranges: ['203.0.113.0/24'],
  names_requester: false,
  state: 'active',
  keys: [key],
  expires_at: '2026-12-31T15:00:00.000Z',
  created_at: '2026-04-01T00:30:00.000Z',
  revoked_at: null,
  parent_client_id: null,
  last_used_at: '2026-09-14T23:40:00.000Z',
}

const unused = { ...client, keys: [{ ...key, last_used_at: null }], last_used_at: null }

const successor = {
  key_id: '01a0b1c2-4e50-7a7b-8c8d-9e0f1a2b3c4d',
  hint: 'mdg_live_Hn3c',
  created_at: '2026-10-01T00:30:00.000Z',
  expires_at: '2027-10-02T00:30:00.000Z',
  last_used_at: null,
}

const changed = { ...client, scopes: ['customers:read', 'customers:write'], ip_ranges: ['203.0.113.0/28'] }

const rotated = { ...client, keys: [{ ...key, expires_at: '2026-10-02T00:30:00.000Z' }, successor] }

export const apiClientExamples = {
  input: {
    preset: {
      summary: 'A CRM, by its preset',
      value: { name: client.name, preset: 'crm', ip_ranges: client.ip_ranges },
    },
    scopes: {
      summary: 'A client with its own list of scopes, for 90 days',
      value: { name: 'Seat report', scopes: ['contracts:read'] },
    },
  },
  created: {
    created: {
      summary: 'The client, with its first key',
      value: { ...unused, key: 'mdg_live_4fQzV0kq8mJ2sN6tXw1yB3cD5eF7gH9iK0lM2nO4pQ6rUR1xE' },
    },
    replayed: { summary: 'A repeat of the first answer, without the key', value: { ...unused, key: null } },
  },
  answer: { client: { summary: 'A client', value: client } },
  page: { all: { summary: 'The only page', value: { items: [client], next_cursor: null } } },
  patch: {
    narrowed: {
      summary: 'Fewer scopes, and fewer addresses',
      value: { scopes: ['customers:read', 'customers:write'], ip_ranges: ['203.0.113.0/28'] },
    },
  },
  changed: { narrowed: { summary: 'Fewer scopes, and fewer addresses', value: changed } },
  key_input: {
    rotation: { summary: 'The present key stays valid for a day', value: { overlap_seconds: OVERLAP_SECONDS } },
    leak: { summary: 'The present key leaked: it is revoked immediately', value: { overlap_seconds: 0 } },
  },
  key_added: {
    rotation: {
      summary: 'The new key, and the former key with its expiry',
      value: { ...rotated, key: 'mdg_live_Hn3cW8rT1vL5pZ7qAx2yC4dE6fG8hJ0kM1nO3pQ5rS7tUV2a9Xw' },
    },
  },
}
