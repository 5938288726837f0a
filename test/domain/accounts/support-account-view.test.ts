import t from 'tap'
import { supportAccountView, type SupportAccount } from '#domain/accounts/support-account-view.ts'
import { ACCOUNT_STATES } from '#domain/vocabulary.ts'
import { elsewhere } from '../rosters/roster-facts.ts'

const yamada = elsewhere('山田', { contact_id: 'yamada', contract_id: 'C-1', role: 'primary', given_name: '太郎' })
const ito = elsewhere('伊藤', { contact_id: 'ito', contract_id: 'C-1' })

function view(fields: Partial<SupportAccount> = {}) {
  return supportAccountView({
    account_id: 'account-1',
    customer_id: 'customer-1',
    email: 'Support@example.jp',
    opened_at: '2024-04-01T00:00:00.000Z',
    closed_at: null,
    password_set_at: null,
    in_use_since: '2024-04-01T00:00:00.000Z',
    mail_state: 'unknown',
    external_id: null,
    contacts: [yamada],
    residual_access: [],
    ...fields,
  })
}

t.test('R18, R22: the account of one person', async t => {
  t.strictSame(view(), {
    account_id: 'account-1',
    customer_id: 'customer-1',
    email: 'Support@example.jp',
    display_name: '山田 太郎',
    state: 'open',
    shared: false,
    capabilities: ['email_inquiry', 'notices'],
    contacts: [{ contact_id: 'yamada', contract_id: 'C-1', role: 'primary', name: '山田 太郎' }],
    contract_ids: ['C-1'],
    residual_access: [],
    opened_at: '2024-04-01T00:00:00.000Z',
    in_use_since: '2024-04-01T00:00:00.000Z',
    closed_at: null,
    password_set_at: null,
    mail_state: 'unknown',
    external_id: null,
  })
})

t.test('R18: an account is shared when several people use it', async t => {
  t.match(view({ contacts: [yamada, ito] }), { display_name: '山田/伊藤', shared: true, contract_ids: ['C-1'] })
})

t.test('R19: one person on two contracts is not a shared account, and each contract is named once', async t => {
  const again = { ...yamada, contact_id: 'yamada-2', contract_id: 'C-2' }
  t.match(view({ contacts: [yamada, again] }), {
    display_name: '山田 太郎',
    shared: false,
    contacts: { length: 2 },
    contract_ids: ['C-1', 'C-2'],
  })
})

t.test('R21: who left a shared mailbox and may still read it is named', async t => {
  const left_at = '2025-03-01T00:00:00.000Z'
  t.strictSame(
    view({ residual_access: [{ contact_id: 'sato', family_name: '佐藤', given_name: '花子', left_at }] })
      .residual_access,
    [{ contact_id: 'sato', name: '佐藤 花子', left_at }],
  )
})

t.test('R28: with no person left whose contract has not ended, an account is closed all the same', async t => {
  t.match(view({ contacts: [], password_set_at: '2024-04-02T00:00:00.000Z' }), {
    state: 'closed',
    display_name: null,
    shared: false,
    capabilities: { length: 0 },
    contacts: { length: 0 },
    contract_ids: { length: 0 },
  })
})

t.test('R21: a closed account shows no person, also when one came back under another account', async t => {
  t.match(view({ closed_at: '2025-03-01T00:00:00.000Z' }), {
    state: 'closed',
    display_name: null,
    capabilities: { length: 0 },
    contacts: { length: 0 },
  })
  t.strictSame(
    [view(), view({ contacts: [] })].map(({ state }) => state),
    ACCOUNT_STATES,
  )
})
