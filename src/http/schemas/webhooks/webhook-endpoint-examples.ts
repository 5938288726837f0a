import { WEBHOOK_ENDPOINT_ID, WEBHOOK_SECRET_ID } from '#http/schemas/examples.ts'

const input = {
  url: 'https://crm.aozora.example.co.jp/madoguchi',
  types: ['contact.registered', 'contact.changed', 'contact.removed'],
  description: 'CRM, production',
}
const endpoint = {
  endpoint_id: WEBHOOK_ENDPOINT_ID,
  client_id: 'admin',
  ...input,
  include_data: false,
  state: 'enabled',
  disabled_at: null,
  disabled_reason: null,
  failing_since: null,
  secrets: [{ secret_id: WEBHOOK_SECRET_ID, created_at: '2026-09-17T23:46:52.032Z', expires_at: null }],
  created_at: '2026-09-17T23:46:52.032Z',
  updated_at: '2026-09-17T23:46:52.032Z',
}
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

export const endpointExamples = {
  input: { crm: { summary: 'The CRM receives events about contacts', value: input } },
  patch: {
    all: { summary: 'All types of events', value: { types: null } },
    enabled: { summary: 'Enabled again', value: { state: 'enabled' } },
  },
  rotation: { hour: { summary: 'Both secrets sign for an hour', value: { overlap_seconds: 3600 } } },
  answer: { enabled: { summary: 'An endpoint', value: endpoint } },
  created: { new: { summary: 'A new endpoint, with its secret', value: { ...endpoint, secret } } },
  page: { all: { summary: 'The only page', value: { items: [endpoint], next_cursor: null } } },
}
