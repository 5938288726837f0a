import {
  ACCOUNT_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SHARED_ACCOUNT_ID,
  SHARER_IDS,
} from '#http/schemas/examples.ts'

const account = {
  account_id: ACCOUNT_ID,
  customer_id: CUSTOMER_ID,
  email: 'Yamada.Taro@aozora.example.co.jp',
  display_name: '山田 太郎',
  state: 'open',
  shared: false,
  capabilities: ['email_inquiry', 'notices', 'web_inquiry', 'chat_inquiry', 'my_activity', 'follow'],
  contacts: [{ contact_id: CONTACT_ID, contract_id: CONTRACT_ID, role: 'primary', name: '山田 太郎' }],
  contract_ids: [CONTRACT_ID],
  residual_access: [],
  opened_at: '2026-04-01T00:30:00.000Z',
  in_use_since: '2026-04-01T00:30:00.000Z',
  closed_at: null,
  password_set_at: '2026-04-02T01:15:00.000Z',
  mail_state: 'reachable',
  external_id: '361084729',
}
const [sato, suzuki, takahashi] = SHARER_IDS
const shared = {
  account_id: SHARED_ACCOUNT_ID,
  customer_id: CUSTOMER_ID,
  email: 'support-desk@aozora.example.co.jp',
  display_name: '佐藤/鈴木',
  state: 'open',
  shared: true,
  capabilities: ['email_inquiry', 'notices'],
  contacts: [
    { contact_id: sato, contract_id: CONTRACT_ID, role: 'secondary', name: '佐藤 次郎' },
    { contact_id: suzuki, contract_id: CONTRACT_ID, role: 'secondary', name: '鈴木 三郎' },
  ],
  contract_ids: [CONTRACT_ID],
  residual_access: [{ contact_id: takahashi, name: '高橋 恵', left_at: '2026-09-30T08:00:00.000Z' }],
  opened_at: '2026-04-01T00:30:00.000Z',
  in_use_since: '2026-04-01T00:30:00.000Z',
  closed_at: null,
  password_set_at: null,
  mail_state: 'bounced',
  external_id: null,
}
export const supportAccountExamples = {
  patch: {
    set: { summary: 'The password was set', value: { password_set_at: '2026-04-02T01:15:00Z' } },
    none: { summary: 'The account has no password any more', value: { password_set_at: null } },
    bounced: { summary: 'Mail to the address came back', value: { mail_state: 'bounced' } },
    user: { summary: 'The user of the help desk who has the account', value: { external_id: '361084729' } },
  },
  answer: {
    person: { summary: 'One person, whose password is set', value: account },
    shared: { summary: 'A shared mailbox that a person left, before its password was set', value: shared },
  },
  page: { all: { summary: 'The only page', value: { items: [account, shared], next_cursor: null } } },
}
