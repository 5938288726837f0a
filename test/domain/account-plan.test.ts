import t from 'tap'
import { noAccountChanges, planAccounts } from '#domain/account-plan.ts'
import type { Contact } from '#domain/contact.ts'
import type { AddressAccount } from '#domain/roster.ts'
import { account, accountsOf, contact, desiredContact, elsewhere, moment, primary, rosterOf } from './roster-facts.ts'

const MAILBOX = 'support@example.jp'
const ACCOUNT = `account of ${MAILBOX}`
const yamada = primary('山田', { email_key: MAILBOX })
const ito = contact('伊藤', { email_key: MAILBOX })
const sato = contact('佐藤', { email_key: MAILBOX })

/** The plan for the mailbox, and for every other address that the contacts have. */
function plan(before: Contact[], after: Contact[], open: AddressAccount | undefined, known: Contact[] = before) {
  const addresses = [...new Set([...before, ...after].map(({ email_key }) => email_key))]
  const accounts = accountsOf(
    before.filter(({ email_key }) => email_key !== MAILBOX),
    ...(open === undefined ? [] : [open]),
  )
  const step = {
    roster: rosterOf(known),
    desired: after.map(desiredContact),
    wasInForce: before.length > 0,
    isInForce: after.length > 0,
    accounts: noAccountChanges(),
  }
  const account_ids = planAccounts(addresses, accounts, [step], moment().newId)
  return { ...step.accounts, account_ids: Object.fromEntries(account_ids) }
}

const nothing = { opened: [], reopened: [], closed: [], lapsed: [], departed: [], returned: [], account_ids: {} }
const stays = { ...nothing, account_ids: { [MAILBOX]: ACCOUNT } }
const left = (contact_id: string) => ({ account_id: ACCOUNT, contact_id })

t.test('R21: an account opens with its first contact, in the spelling given', async t => {
  const first = { ...yamada, email: 'Support@Example.jp' }
  t.strictSame(plan([], [first, ito], undefined), {
    ...nothing,
    opened: [{ account_id: 'new-1', email: 'Support@Example.jp', email_key: MAILBOX }],
    account_ids: { [MAILBOX]: 'new-1' },
  })
})

t.test('R18: whoever comes to an address that has an account joins it', async t => {
  t.strictSame(plan([yamada], [yamada, ito], account(MAILBOX)), stays)
})

t.test('R19: the same person on a second contract joins the account', async t => {
  t.strictSame(plan([], [yamada], account(MAILBOX, { elsewhere: [elsewhere('山田')] })), stays)
})

t.test('R21: an account closes with its last contact, and residual access to it ends', async t => {
  const open = account(MAILBOX, { residual_access: [{ contact_id: 'before', family_name: '前田', given_name: null }] })
  t.strictSame(plan([yamada], [], open), { ...nothing, closed: [ACCOUNT], returned: [left('before')] })
})

t.test('R21: when one of several leaves, the account stays and says that they may still read it', async t => {
  t.strictSame(plan([yamada, ito], [yamada], account(MAILBOX)), { ...stays, departed: [left('伊藤')] })
})

t.test('R21: the last of this contract leaves residual access while others share the mailbox elsewhere', async t => {
  t.strictSame(plan([yamada], [], account(MAILBOX, { elsewhere: [elsewhere('佐藤')] })), {
    ...stays,
    departed: [left('山田')],
  })
})

t.test('R21: who stays behind the account through another contract has not left it', async t => {
  t.strictSame(plan([yamada], [], account(MAILBOX, { elsewhere: [elsewhere('山田')] })), stays)
})

t.test('R21: who is merely renamed has not left', async t => {
  t.strictSame(plan([yamada, ito], [yamada, { ...ito, family_name: '佐々木' }], account(MAILBOX)), stays)
})

t.test('R21: who is replaced at the same address has left, and the account stays', async t => {
  t.strictSame(plan([yamada], [primary('佐藤', { email_key: MAILBOX })], account(MAILBOX)), {
    ...stays,
    departed: [left('山田')],
  })
})

t.test('R21: who comes back has no residual access any more, also under a new id', async t => {
  const open = account(MAILBOX, {
    residual_access: [
      { contact_id: 'old', family_name: '佐藤', given_name: null },
      { contact_id: 'other', family_name: '鈴木', given_name: null },
    ],
  })
  t.strictSame(plan([yamada], [yamada, sato], open), { ...stays, returned: [left('old')] })
})

t.test('R21: a change of address leaves one account and enters another', async t => {
  const moved = { ...ito, email: 'ito@example.jp', email_key: 'ito@example.jp' }
  const opened = [{ account_id: 'new-1', email: 'ito@example.jp', email_key: 'ito@example.jp' }]
  t.strictSame(plan([yamada, ito], [yamada, moved], account(MAILBOX)), {
    ...stays,
    opened,
    departed: [left('伊藤')],
    account_ids: { [MAILBOX]: ACCOUNT, 'ito@example.jp': 'new-1' },
  })
  t.strictSame(plan([ito], [moved], account(MAILBOX)), {
    ...nothing,
    opened,
    closed: [ACCOUNT],
    account_ids: { 'ito@example.jp': 'new-1' },
  })
})

t.test('R21: two who swap addresses keep both accounts, and each may still read the other', async t => {
  const other = contact('伊藤')
  const swapped = [
    { ...yamada, email_key: other.email_key },
    { ...other, email_key: MAILBOX },
  ]
  const { departed, opened, closed } = plan([yamada, other], swapped, account(MAILBOX))
  t.strictSame({ opened, closed }, { opened: [], closed: [] })
  t.strictSame(departed, [left('山田'), { account_id: other.account_id, contact_id: '伊藤' }])
})

t.test('R28: when the contract ends, an account with nobody elsewhere closes, another one stays', async t => {
  t.strictSame(plan([yamada, ito], [], account(MAILBOX)), { ...nothing, closed: [ACCOUNT] })
  t.strictSame(plan([yamada, ito], [], account(MAILBOX, { elsewhere: [elsewhere('伊藤')] })), {
    ...stays,
    departed: [left('山田')],
  })
})

t.test('R28: a contract that comes back into force finds its closed account again', async t => {
  t.strictSame(plan([], [yamada, ito], undefined, [yamada, ito]), {
    ...nothing,
    reopened: [ACCOUNT],
    account_ids: { [MAILBOX]: ACCOUNT },
  })
})

t.test('R28: where the customer has a newer account at the address, a contract that comes back joins that', async t => {
  const newer = account(MAILBOX, {
    account_id: 'newer',
    elsewhere: [elsewhere('佐藤')],
    residual_access: [{ contact_id: '伊藤', family_name: '伊藤', given_name: null }],
  })
  t.strictSame(plan([], [yamada, ito], newer, [yamada, ito]), {
    ...nothing,
    returned: [{ account_id: 'newer', contact_id: '伊藤' }],
    account_ids: { [MAILBOX]: 'newer' },
  })
})

t.test('R20, R28: an account behind which another customer has nobody left closes for the newcomer', async t => {
  const abandoned = account(MAILBOX, {
    account_id: 'theirs',
    customer_id: 'customer-2',
    residual_access: [{ contact_id: 'left', family_name: '前田', given_name: null }],
  })
  t.strictSame(plan([], [yamada], abandoned), {
    ...nothing,
    opened: [{ account_id: 'new-1', email: MAILBOX, email_key: MAILBOX }],
    lapsed: [{ account_id: 'theirs', customer_id: 'customer-2' }],
    returned: [{ account_id: 'theirs', contact_id: 'left' }],
    account_ids: { [MAILBOX]: 'new-1' },
  })
})

t.test('R20: whoever leaves an address touches no account of another customer, and none that is closed', async t => {
  t.strictSame(plan([yamada], [], account(MAILBOX, { customer_id: 'customer-2' })), nothing)
  t.strictSame(plan([yamada], [], undefined), nothing)
})

t.test(
  'R21, R28: whoever was on a contract whose days had run out has not left the account that somebody else opened ' +
    'at the address since',
  async t => {
    const newer = account(MAILBOX, { account_id: 'newer', elsewhere: [elsewhere('佐藤')] })
    t.strictSame(plan([yamada, ito], [], newer), nothing)
    t.strictSame(
      plan([yamada], [], { ...newer, elsewhere: [] }),
      nothing,
      'and when its own contract has run out too, that one closes it',
    )
  },
)
