import t from 'tap'
import { noAccountChanges, type AccountPlan } from '#domain/accounts/planned-accounts.ts'
import {
  account,
  closedAccount,
  desiredContact,
  elsewhere,
  LEFT_AT,
  leaver,
  NOW,
  planRoster,
  primary,
  rosterOf,
  storedAccount,
} from '../rosters/roster-facts.ts'

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
  back,
  closing,
  renamed,
} from './account-plan-facts.ts'

t.test('R28: when the contract ends, an account with no person elsewhere closes, another one stays', async t => {
  t.strictSame(plan([yamada, ito], [yamada, ito], [open], 'ends'), { ...closing, former: [left('山田'), left('伊藤')] })
  t.strictSame(plan([yamada, ito], [yamada, ito], [account(MAILBOX, { elsewhere: [elsewhere('伊藤')] })], 'ends'), {
    renamed: renamed('山田/伊藤', '伊藤'),
    departed: [left('山田')],
  })
})

t.test('R21, R28: a contract that comes back into force finds its accounts as they were', async t => {
  const closed = closedAccount(MAILBOX, [yamada, ito])
  t.strictSame(plan([yamada, ito], [yamada, ito], [closed], 'comes back'), {
    reopened: [here],
    updated: [storedAccount(closed, { closed_at: null })],
    returned: [back('山田', true), back('伊藤', true)],
  })
  const inUse = account(MAILBOX, { elsewhere: [elsewhere('佐藤')], residual_access: [leaver(ito)] })
  t.strictSame(
    plan([yamada, ito], [yamada, ito], [inUse], 'comes back'),
    { renamed: renamed('佐藤', '山田/伊藤/佐藤'), returned: [back('伊藤')] },
    'or joins those who have the address by now',
  )
})

t.test(
  'R21, R28: while an end is not recorded, the same people continue, and others take the account over',
  async t => {
    const lapsed = account(MAILBOX, { run_out: [elsewhere('山田')], residual_access: [leaver(ito)] })
    t.strictSame(plan([], [yamada, ito], [{ ...lapsed, run_out: [elsewhere('山田'), elsewhere('伊藤')] }]), {
      renamed: renamed('伊藤/山田', '山田/伊藤'), // by role and id
      returned: [back('伊藤')],
    })
    t.strictSame(plan([], [primary('佐藤', { email_key: MAILBOX })], [lapsed]), {
      lapsed: [{ account_id: ACCOUNT, customer_id: 'customer-1' }],
      reopened: [here],
      updated: [storedAccount(lapsed, without)],
      departed: [{ ...left('山田 elsewhere'), name: '山田' }],
      remaining: [left('伊藤', LEFT_AT)],
    })
    t.strictSame(
      plan([yamada], [], [open], 'run out'),
      { ...closing, former: [left('山田')] },
      'and the last who is removed closes it',
    )
  },
)

t.test('R21: who is known to have left is not recorded again when the end of the contract is', async t => {
  const taken = account(MAILBOX, { elsewhere: [elsewhere('佐藤')], residual_access: [leaver(yamada)] })
  t.strictSame(plan([yamada], [yamada], [taken], 'ends'), {})
  t.strictSame(plan([yamada], [yamada], [{ ...taken, elsewhere: [], run_out: [elsewhere('佐藤')] }], 'ends'), {})
})

t.test(
  'R20, R21: another customer at the same address gets an account of its own, and gives the address back',
  async t => {
    const abandoned = account(MAILBOX, {
      account_id: 'theirs',
      customer_id: 'customer-2',
      run_out: [elsewhere('前田')],
    })
    const makesRoom = {
      lapsed: [{ account_id: 'theirs', customer_id: 'customer-2' }],
      former: [{ account_id: 'theirs', contact_id: '前田 elsewhere', name: '前田', left_at: NOW }],
    }
    t.strictSame(plan([], [yamada], [abandoned]), {
      ...makesRoom,
      opened: [{ account_id: 'new-1', email: MAILBOX, email_key: MAILBOX }],
      updated: [storedAccount(abandoned, { closed_at: NOW })],
    })
    const closed = closedAccount(MAILBOX, [yamada])
    t.strictSame(plan([], [yamada], [{ ...abandoned, closed }]), {
      ...makesRoom,
      reopened: [here],
      returned: [back('山田', true)],
      updated: [storedAccount(abandoned, { closed_at: NOW }), storedAccount(closed, { closed_at: null })],
    })
  },
)

t.test('R20: people who leave an address touch no account of another customer, and none that is closed', async t => {
  t.strictSame(plan([yamada], [], [account(MAILBOX, { customer_id: 'customer-2' })]), {})
  t.strictSame(plan([yamada], [], [closedAccount(MAILBOX, [])]), {})
  t.strictSame(plan([yamada], [], []), {})
})

t.test('R21, R28: people of a contract that ended have not left the account that others opened since', async t => {
  const newer = account(MAILBOX, { account_id: 'newer', elsewhere: [elsewhere('佐藤')] })
  t.strictSame(plan([yamada, ito], [], [newer], 'run out'), {
    renamed: [{ ...here, account_id: 'newer', before: '山田/伊藤/佐藤', after: '佐藤' }],
  })
  t.strictSame(plan([yamada], [], [{ ...newer, elsewhere: [] }], 'run out'), {}, 'nor do they close it')
})

t.test('R26: a change of nothing changes no account', async t => {
  t.strictSame(
    planRoster(rosterOf([yamada]), [desiredContact(yamada)], new Map()).accounts,
    noAccountChanges() satisfies AccountPlan,
  )
})
