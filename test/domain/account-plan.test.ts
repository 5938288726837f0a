import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import { noAccountChanges, type AccountPlan } from '#domain/planned-accounts.ts'
import type { AddressAccount } from '#domain/roster.ts'
import {
  account,
  accountsOf,
  closedAccount,
  contact,
  desiredContact,
  elsewhere,
  leaver,
  NOW,
  planRoster,
  primary,
  rosterOf,
  storedAccount,
} from './roster-facts.ts'

const MAILBOX = 'support@example.jp'
const ACCOUNT = `account of ${MAILBOX}`
const yamada = primary('山田', { email_key: MAILBOX })
const ito = contact('伊藤', { email_key: MAILBOX })
const sato = contact('佐藤', { email_key: MAILBOX })
const here = { account_id: ACCOUNT, email: MAILBOX, email_key: MAILBOX }
const open = account(MAILBOX)
const without = { password_set_at: null, in_use_since: NOW }

type Term = 'in force' | 'ends' | 'comes back' | 'run out'

const TERMS = {
  'in force': {},
  ends: { ends_on: '2025-03-31' },
  'comes back': { end_recorded_at: '2025-03-31T15:00:00.000Z' },
  'run out': { ends_on: '2025-03-31' },
}
const FORMER_TERMS = {
  'in force': undefined,
  ends: { starts_on: '2024-04-01', ends_on: null },
  'comes back': { starts_on: '2024-04-01', ends_on: '2025-03-31' },
  'run out': undefined,
}

/** What becomes of the accounts, without the kinds of change that there are none of. */
function plan(before: Contact[], after: Contact[], accounts: AddressAccount[], term: Term = 'in force') {
  const planned = planRoster(
    rosterOf(before, TERMS[term]),
    after.map(desiredContact),
    accountsOf([], ...accounts),
    FORMER_TERMS[term],
  ).accounts
  return Object.fromEntries(Object.entries(planned).filter(([, changes]) => changes.length > 0))
}

const left = (contact_id: string, left_at = NOW) => ({ account_id: ACCOUNT, contact_id, left_at })
const back = (contact_id: string, at_closing = false) => ({ account_id: ACCOUNT, contact_id, at_closing })
const closing = { closed: [here], updated: [storedAccount(open, { closed_at: NOW })] }
const renamed = (before: string | null, after: string | null) => [{ ...here, before, after }]
const to = (person: Contact, email_key: string): Contact => ({ ...person, email: email_key, email_key })

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

t.test('R21: an account closes with its last contact, and keeps the password and who stood behind it', async t => {
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

t.test(
  'R21: of several who stood behind it some come back: the password stays, and the others may read it',
  async t => {
    const closed = closedAccount(MAILBOX, [yamada, ito])
    t.strictSame(plan([], [yamada], [closed]), {
      reopened: [here],
      updated: [storedAccount(closed, { closed_at: null })],
      departed: [left('伊藤', closed.closed_at!)],
      returned: [back('山田', true)],
    })
    t.match(plan([], [yamada, sato], [closed]), { updated: [without] }, 'but somebody else with them voids it')
  },
)

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

t.test('R28: when the contract ends, an account with nobody elsewhere closes, another one stays', async t => {
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
      departed: [left('山田 elsewhere')],
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
      former: [{ account_id: 'theirs', contact_id: '前田 elsewhere', left_at: NOW }],
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
