import t from 'tap'
import { always, names, closedBy } from './planned-roster.ts'

t.test(
  "R16, R20: every contact of a contract in force has the one open account of the address, never another customer's",
  async t => {
    always(t, ({ behind, openAfter, open }) =>
      behind.every(({ email_key, account_id }) => {
        const accounts = openAfter.filter(account => account.email_key === email_key)
        return (
          accounts.length === 1 &&
          accounts[0]!.account_id === account_id &&
          !open.some(account => account.account_id === account_id && account.customer_id !== 'customer-1')
        )
      }),
    )
  },
)

t.test('R16: no address has two open accounts', async t => {
  always(t, ({ openAfter }) => new Set(openAfter.map(({ email_key }) => email_key)).size === openAfter.length)
})

t.test('R20: no account behind which another customer has somebody is touched', async t => {
  always(t, ({ open, plan: { accounts } }) => {
    const theirs = open.filter(({ customer_id, elsewhere }) => customer_id !== 'customer-1' && elsewhere.length > 0)
    const touched = new Set([
      ...closedBy({ accounts }),
      ...accounts.reopened,
      ...[...accounts.departed, ...accounts.returned].map(({ account_id }) => account_id),
    ])
    return !theirs.some(({ account_id }) => touched.has(account_id))
  })
})

t.test('R21, R28: exactly the accounts close behind which nobody is left', async t => {
  always(
    t,
    ({ open, looked, plan, peopleAt, isRunOut }) =>
      open
        .filter(({ email_key }) => looked.includes(email_key))
        .every(({ account_id, customer_id, email_key, elsewhere }) => {
          const isDeserted =
            customer_id === 'customer-1'
              ? peopleAt(email_key).length === 0 || isRunOut(account_id, email_key, elsewhere)
              : elsewhere.length === 0 && peopleAt(email_key).length > 0
          return closedBy(plan).includes(account_id) === isDeserted
        }) && closedBy(plan).every(account_id => open.some(account => account.account_id === account_id)),
  )
})

t.test('R21, R28: an account opens or reopens where somebody comes to an address that has none', async t => {
  always(t, ({ open, roster, plan: { accounts }, peopleAt, openAfter, isRunOut }) =>
    [...accounts.opened.map(({ account_id }) => account_id), ...accounts.reopened].every(account_id => {
      const { email_key } = openAfter.find(account => account.account_id === account_id)!
      const isFormer = roster.contacts.some(
        contact => contact.account_id === account_id && contact.email_key === email_key,
      )
      return (
        peopleAt(email_key).length > 0 &&
        !open.some(
          account =>
            account.email_key === email_key &&
            account.customer_id === 'customer-1' &&
            !isRunOut(account.account_id, email_key, account.elsewhere),
        ) &&
        isFormer === accounts.reopened.includes(account_id)
      )
    }),
  )
})

t.test('R21: exactly those who left an account that stays open have residual access', async t => {
  always(t, ({ open, roster, final, wasInForce, isInForce, plan, peopleAt }) =>
    roster.contacts.every(({ contact_id, email_key, ...name }) => {
      const stays = open.some(
        account => account.email_key === email_key && !closedBy(plan).includes(account.account_id),
      )
      const isThere =
        isInForce && final.some(contact => contact.contact_id === contact_id && contact.email_key === email_key)
      const hasLeft = wasInForce && stays && !isThere && !names(peopleAt(email_key), name)
      return plan.accounts.departed.some(departure => departure.contact_id === contact_id) === hasLeft
    }),
  )
})

t.test('R21: residual access ends for exactly those who are back, and with the account', async t => {
  always(t, ({ open, looked, plan, peopleAt }) =>
    open
      .filter(({ email_key }) => looked.includes(email_key))
      .every(({ account_id, email_key, customer_id, residual_access }) =>
        residual_access.every(person => {
          const ends =
            closedBy(plan).includes(account_id) || (customer_id === 'customer-1' && names(peopleAt(email_key), person))
          return (
            plan.accounts.returned.some(
              departure => departure.account_id === account_id && departure.contact_id === person.contact_id,
            ) === ends
          )
        }),
      ),
  )
})
