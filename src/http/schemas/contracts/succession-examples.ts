import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import {
  OTHER_CUSTOMER_ID,
  RENEWED_ACCOUNT_ID,
  RENEWED_CONTACT_ID,
  RENEWED_CONTRACT_ID,
  SUCCESSOR_CONTRACT_ID,
} from '#http/schemas/examples.ts'

const seats = { limit: 2, used: 1, available: 1, over: 0 }

const maeda = {
  ...primaryExample,
  customer_id: OTHER_CUSTOMER_ID,
  account_id: RENEWED_ACCOUNT_ID,
  duties: [],
  family_name: '前田',
  given_name: '誠',
  name: '前田 誠',
  email: 'maeda@minato.example.jp',
  privacy_notice_shown_at: '2025-04-01T00:30:00.000Z',
}

const carried = {
  ...maeda,
  contract_id: SUCCESSOR_CONTRACT_ID,
  registered_at: '2026-04-20T01:00:00.000Z',
  first_registered_at: '2025-04-01T00:30:00.000Z',
  carried_from: RENEWED_CONTACT_ID,
  updated_at: '2026-04-20T01:00:00.000Z',
}

const former = {
  ...maeda,
  contact_id: RENEWED_CONTACT_ID,
  contract_id: RENEWED_CONTRACT_ID,
  registered_at: '2025-04-01T00:30:00.000Z',
  first_registered_at: '2025-04-01T00:30:00.000Z',
  updated_at: '2025-04-01T00:30:00.000Z',
}

const planned = {
  role: carried.role,
  duties: carried.duties,
  family_name: carried.family_name,
  given_name: carried.given_name,
  name: carried.name,
  name_doubtful: carried.name_doubtful,
  email: carried.email,
  mailbox_shared: carried.mailbox_shared,
  privacy_notice_version: carried.privacy_notice_version,
  privacy_notice_shown_at: carried.privacy_notice_shown_at,
}

const nothing = {
  feasible: true,
  added: [],
  changed: [],
  removed: [],
  role_changes: [],
  accounts: { opened: [], renamed: [], rekeyed: [], closed: [], residual_access: [] },
  problems: [],
  warnings: [],
}

const empty = { limit: 2, used: 0, available: 2, over: 0 }
const role = { contact_id: RENEWED_CONTACT_ID, name: carried.name, before: 'primary', after: null }

export const successionExamples = {
  input: {
    renewal: {
      summary: 'The contract was renewed under a new number',
      value: { from_contract_id: RENEWED_CONTRACT_ID, to_contract_id: SUCCESSOR_CONTRACT_ID },
    },
  },
  answer: {
    renewal: {
      summary: 'The contact goes on under the successor',
      value: {
        from_contract_id: RENEWED_CONTRACT_ID,
        to_contract_id: SUCCESSOR_CONTRACT_ID,
        customer_id: OTHER_CUSTOMER_ID,
        seats,
        contacts: [carried],
      },
    },
  },
  plan: {
    possible: {
      summary: 'Possible now',
      value: {
        feasible: true,
        contracts: [
          {
            contract_id: SUCCESSOR_CONTRACT_ID,
            ...nothing,
            added: [planned],
            role_changes: [{ ...role, contact_id: null, before: null, after: 'primary' }],
            seats: { before: empty, after: seats },
          },
          {
            contract_id: RENEWED_CONTRACT_ID,
            ...nothing,
            removed: [former],
            role_changes: [role],
            seats: { before: seats, after: empty },
          },
        ],
      },
    },
  },
}
