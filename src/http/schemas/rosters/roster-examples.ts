import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import {
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SHARED_ACCOUNT_ID,
  SHARER_IDS,
  SUCCESSOR_ID,
} from '#http/schemas/examples.ts'

const shared = {
  ...primaryExample,
  contact_id: SHARER_IDS[0],
  account_id: SHARED_ACCOUNT_ID,
  role: 'secondary',
  duties: ['operations'],
  family_name: '佐藤',
  given_name: '次郎',
  name: '佐藤 次郎',
  email: 'support-desk@aozora.example.co.jp',
  mailbox_shared: true,
  privacy_notice_shown_at: '2026-04-01T00:30:00.000Z',
  registered_at: '2026-04-01T00:30:00.000Z',
  updated_at: '2026-04-01T00:30:00.000Z',
}

const roster = {
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  seats: { limit: 12, used: 2, available: 10, over: 0 },
  contacts: [primaryExample, shared],
}

const planned = {
  role: 'secondary',
  duties: [],
  family_name: '中村',
  given_name: '葵',
  name: '中村 葵',
  name_doubtful: false,
  email: 'nakamura.aoi@aozora.example.co.jp',
  mailbox_shared: false,
  privacy_notice_version: '2025-10',
  privacy_notice_shown_at: null,
}

export const planExample = {
  contract_id: CONTRACT_ID,
  feasible: true,
  added: [planned],
  changed: [],
  removed: [],
  role_changes: [],
  accounts: {
    opened: [{ account_id: null, email: planned.email, display_name: planned.name }],
    renamed: [],
    rekeyed: [],
    closed: [],
    residual_access: [],
  },
  seats: { before: roster.seats, after: { limit: 12, used: 3, available: 9, over: 0 } },
  problems: [],
  warnings: [],
}

export const rosterExamples = {
  input: {
    primary: {
      summary: '山田 太郎 is the primary, 伊藤 花子 and 佐藤 次郎 are secondaries, all others are removed',
      value: {
        contacts: [
          {
            contact_id: CONTACT_ID,
            role: 'primary',
            duties: ['system'],
            family_name: '山田',
            given_name: '太郎',
            email: 'Yamada.Taro@aozora.example.co.jp',
            privacy_notice_version: '2025-10',
          },
          {
            contact_id: SUCCESSOR_ID,
            role: 'secondary',
            family_name: '伊藤',
            given_name: '花子',
            email: 'ito.hanako@aozora.example.co.jp',
            privacy_notice_version: '2025-10',
          },
          {
            contact_id: SHARER_IDS[0],
            family_name: '佐藤',
            given_name: '次郎',
            email: 'support-desk@aozora.example.co.jp',
            privacy_notice_version: '2025-10',
          },
        ],
      },
    },
  },
  answer: { two: { summary: 'A primary and a secondary', value: roster } },
  plan: { possible: { summary: 'What the list would change', value: planExample } },
}
