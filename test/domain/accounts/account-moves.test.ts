import t from 'tap'
import { account, closedAccount, contact, elsewhere, NOW, storedAccount } from '../rosters/roster-facts.ts'

import {
  MAILBOX,
  ACCOUNT,
  yamada,
  ito,
  here,
  open,
  without,
  plan,
  left,
  closing,
  renamed,
  to,
} from './account-plan-facts.ts'

t.test('R21: the account goes along with the person who alone uses it', async t => {
  const moved = to({ ...yamada, family_name: '山田' }, 'new@example.jp')
  t.strictSame(plan([yamada], [moved], [open]), {
    rekeyed: [
      {
        account_id: ACCOUNT,
        contact_ids: ['山田'],
        mail_state: 'unknown',
        before: { email: MAILBOX, email_key: MAILBOX },
        after: { email: 'new@example.jp', email_key: 'new@example.jp' },
      },
    ],
    updated: [storedAccount(open, { email: 'new@example.jp', email_key: 'new@example.jp' })],
  })
  t.match(plan([yamada], [moved], [{ ...open, mail_state: 'bounced' }]), {
    rekeyed: [{ account_id: ACCOUNT, mail_state: 'bounced' }],
    updated: [{ account_id: ACCOUNT, mail_state: 'unknown' }], // R31: of the new address
  })
  const married = { ...to(yamada, 'new@example.jp'), family_name: '佐藤', given_name: '花子' }
  t.match(plan([{ ...yamada, given_name: '花子' }], [married], [open]), {
    rekeyed: [{ account_id: ACCOUNT }],
    renamed: [{ before: '山田 花子', after: '佐藤 花子' }],
  })
  t.match(
    plan([yamada], [{ ...moved, family_name: '佐藤' }], [open]),
    { closed: [here], opened: [{ account_id: 'new-1' }] },
    'but not with another name: that is another person',
  )
})

t.test('R21: an account that others use stays, and its leaver opens or enters another', async t => {
  t.strictSame(plan([yamada, ito], [yamada, to(ito, 'ito@example.jp')], [open]), {
    opened: [{ account_id: 'new-1', email: 'ito@example.jp', email_key: 'ito@example.jp' }],
    renamed: renamed('山田/伊藤', '山田'),
    departed: [left('伊藤')],
  })
  t.match(plan([yamada], [to(yamada, 'new@example.jp')], [account(MAILBOX, { elsewhere: [elsewhere('佐藤')] })]), {
    opened: [{ account_id: 'new-1' }],
    departed: [left('山田')],
  })
})

t.test('R21: where the new address has an account of the customer, that one opens and the old one closes', async t => {
  const moved = to(yamada, 'new@example.jp')
  const target = closedAccount('new@example.jp', [])
  t.strictSame(plan([yamada], [moved], [open, target]), {
    ...closing,
    reopened: [{ account_id: target.account_id, email: 'new@example.jp', email_key: 'new@example.jp' }],
    former: [left('山田')],
    updated: [storedAccount(open, { closed_at: NOW }), storedAccount(target, { closed_at: null, ...without })],
  })
  const mailbox = account('new@example.jp', { elsewhere: [elsewhere('佐藤')] })
  t.match(plan([yamada], [moved], [open, mailbox]), {
    ...closing,
    renamed: [{ account_id: mailbox.account_id, before: '佐藤', after: '山田/佐藤' }],
  })
})

t.test('R21: two who swap addresses keep their accounts; so do people who move up in a row', async t => {
  const other = contact('伊藤')
  const theirs = account(other.email_key)
  t.match(plan([yamada, other], [to(yamada, other.email_key), to(other, MAILBOX)], [open, theirs]), {
    rekeyed: [
      { account_id: theirs.account_id, after: { email_key: MAILBOX } },
      { account_id: ACCOUNT, after: { email_key: other.email_key } },
    ],
    opened: undefined,
    closed: undefined,
  })
  const row = [to(yamada, other.email_key), to(other, 'new@example.jp')]
  t.match(plan([yamada, other], row, [open, theirs])['rekeyed'], [
    { account_id: ACCOUNT, after: { email_key: other.email_key } },
    { account_id: theirs.account_id, after: { email_key: 'new@example.jp' } },
  ])
  t.match(
    plan([yamada, other], row, [open, theirs, closedAccount('new@example.jp', [])]),
    { rekeyed: undefined, closed: [here], reopened: [{ email_key: 'new@example.jp' }] },
    'where the row ends at an account, each enters the one before it',
  )
})

t.test('R21: of two who come to one new address, the account of the first goes there', async t => {
  const other = contact('伊藤')
  const both = [to(yamada, 'new@example.jp'), to(other, 'new@example.jp')]
  t.match(plan([yamada, other], both, [open, account(other.email_key)]), {
    rekeyed: [{ account_id: ACCOUNT }],
    closed: [{ email_key: other.email_key }],
    renamed: [{ account_id: ACCOUNT, before: '山田', after: '山田/伊藤' }],
  })
})

t.test('R21: an address that an account left gets a new one for the next person', async t => {
  const next = contact('佐藤', { email_key: MAILBOX })
  t.match(plan([yamada], [to(yamada, 'new@example.jp'), next], [open]), {
    rekeyed: [{ account_id: ACCOUNT }],
    opened: [{ account_id: 'new-1', email_key: MAILBOX }],
  })
})
