import t from 'tap'
import { account, closedAccount, contact, elsewhere, leaver, primary, storedAccount } from '../rosters/roster-facts.ts'

import {
  MAILBOX,
  yamada,
  ito,
  sato,
  here,
  open,
  without,
  plan,
  left,
  back,
  closing,
  renamed,
} from './account-plan-facts.ts'

t.test('R21: an account opens with its first contact, in the spelling given', async t => {
  const first = { ...yamada, email: 'Support@Example.jp' }
  t.strictSame(plan([], [first, ito], []), {
    opened: [{ account_id: 'new-1', email: 'Support@Example.jp', email_key: MAILBOX }],
  })
})

t.test('R18, R19: people join the account of an address, and a person on two contracts is one of them', async t => {
  t.strictSame(plan([yamada], [yamada, ito], [open]), { renamed: renamed('山田', '山田/伊藤') })
  t.strictSame(plan([], [yamada], [account(MAILBOX, { elsewhere: [elsewhere('山田')] })]), {})
})

t.test('R21: an account closes with its last contact, and keeps password and people', async t => {
  const earlier = account(MAILBOX, { residual_access: [leaver(sato)] })
  t.strictSame(plan([yamada, ito], [], [earlier]), { ...closing, former: [left('山田'), left('伊藤')] })
})

t.test('R21: a person who comes back gets the same account, with the password', async t => {
  const closed = closedAccount(MAILBOX, [yamada])
  const again = { ...yamada, contact_id: 'again' }
  for (const comer of [yamada, again])
    t.strictSame(
      plan([], [comer], [closed]),
      { reopened: [here], updated: [storedAccount(closed, { closed_at: null })], returned: [back('山田', true)] },
      comer.contact_id,
    )
})

t.test('R21: others who come to the address get the account without the password', async t => {
  const closed = closedAccount(MAILBOX, [yamada])
  t.strictSame(plan([], [primary('佐藤', { email_key: MAILBOX })], [closed]), {
    reopened: [here],
    updated: [storedAccount(closed, { closed_at: null, ...without })],
    departed: [left('山田', closed.closed_at!)],
  })
})

t.test('R21: of several who used it some come back: the password stays, and the others may read it', async t => {
  const closed = closedAccount(MAILBOX, [yamada, ito])
  t.strictSame(plan([], [yamada], [closed]), {
    reopened: [here],
    updated: [storedAccount(closed, { closed_at: null })],
    departed: [left('伊藤', closed.closed_at!)],
    returned: [back('山田', true)],
  })
  t.match(plan([], [yamada, sato], [closed]), { updated: [without] }, 'but another person with them voids it')
})

t.test('R21: a person who left before the closing is one of the others', async t => {
  const closed = closedAccount(MAILBOX, [yamada])
  const earlier = { ...closed, residual_access: [...closed.residual_access, leaver(sato)] }
  t.strictSame(plan([], [{ ...sato, role: 'primary' }], [earlier]), {
    reopened: [here],
    updated: [storedAccount(closed, { closed_at: null, ...without })],
    departed: [left('山田', closed.closed_at!)],
    returned: [back('佐藤')],
  })
})

t.test(
  'R21: when one of several leaves, the account stays, is renamed, and says that they may still read it',
  async t => {
    t.strictSame(plan([yamada, ito], [yamada], [open]), {
      renamed: renamed('山田/伊藤', '山田'),
      departed: [left('伊藤')],
    })
    t.strictSame(plan([yamada], [], [account(MAILBOX, { elsewhere: [elsewhere('佐藤')] })]), {
      renamed: renamed('山田/佐藤', '佐藤'),
      departed: [left('山田')],
    })
    t.strictSame(plan([yamada], [], [account(MAILBOX, { elsewhere: [elsewhere('山田')] })]), {}, 'but not who stays')
  },
)

t.test('R21: a person who is merely renamed has not left', async t => {
  t.strictSame(plan([yamada, ito], [yamada, { ...ito, family_name: '佐々木' }], [open]), {
    renamed: renamed('山田/伊藤', '山田/佐々木'),
  })
})

t.test('R21: others who take the place of all at once have the account from now on, without the password', async t => {
  t.strictSame(plan([yamada], [primary('佐藤', { email_key: MAILBOX })], [open]), {
    renamed: renamed('山田', '佐藤'),
    departed: [left('山田')],
    updated: [storedAccount(open, without)],
  })
  t.strictSame(
    plan([yamada, ito], [{ ...ito, role: 'primary' }, sato], [open]),
    { renamed: renamed('山田/伊藤', '伊藤/佐藤'), departed: [left('山田')] },
    'but not where one of them stays',
  )
  t.strictSame(plan([yamada], [{ ...yamada, contact_id: 'again' }], [open]), {}, 'nor where the same person comes')
})

t.test('R21: a person who comes back has no residual access any more, also under a new id', async t => {
  const shared = account(MAILBOX, {
    residual_access: [leaver({ ...sato, contact_id: 'old' }), leaver(contact('鈴木'))],
  })
  t.strictSame(plan([yamada], [yamada, sato], [shared]), {
    renamed: renamed('山田', '山田/佐藤'),
    returned: [back('old')],
  })
})
