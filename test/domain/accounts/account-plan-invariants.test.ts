import t from 'tap'
import { nameKey } from '#domain/names/name-keys.ts'
import { always, names } from '../rosters/planned-roster.ts'

t.test(
  "R16, R20: every contact of a contract in force has the one open account of the address, never another customer's",
  async t => {
    always(t, ({ behind, after }) =>
      behind.every(({ email_key, account_id }) => {
        const [account, ...others] = after.filter(row => row.email_key === email_key && row.closed_at === null)
        return others.length === 0 && account?.account_id === account_id && account.customer_id === 'customer-1'
      }),
    )
  },
)

t.test('R16, R21: no address has two open accounts, and a customer never two of one address', async t => {
  always(t, ({ after }) => {
    const open = after.filter(({ closed_at }) => closed_at === null).map(({ email_key }) => email_key)
    const own = after.map(({ customer_id, email_key }) => `${customer_id} ${email_key}`)
    return new Set(open).size === open.length && new Set(own).size === own.length
  })
})

t.test('R20: no account behind which another customer has a person is touched', async t => {
  always(t, ({ before, plan: { accounts } }) => {
    const { updated, departed, former, returned, lapsed } = accounts
    const touched = new Set([...updated, ...departed, ...former, ...returned, ...lapsed].map(one => one.account_id))
    return !before.some(
      ({ account_id, customer_id, elsewhere }) =>
        customer_id !== 'customer-1' && elsewhere.length > 0 && touched.has(account_id),
    )
  })
})

t.test('R21: an address keeps its account, unless that goes along with its person', async t => {
  always(t, ({ before, after, plan: { accounts } }) =>
    before.every(({ account_id, email_key }) => {
      const move = accounts.rekeyed.find(one => one.account_id === account_id)
      return after.find(row => row.account_id === account_id)?.email_key === (move?.after.email_key ?? email_key)
    }),
  )
})

t.test('R21: an account goes along exactly where one person used it and leaves no person behind', async t => {
  always(t, ({ roster, own, wasInForce, peopleAt, plan: { accounts } }) =>
    accounts.rekeyed.every(({ account_id, before, after }) => {
      const users = roster.contacts.filter(contact => contact.email_key === before.email_key)
      return (
        wasInForce &&
        own(before.email_key)?.account_id === account_id &&
        own(before.email_key)?.elsewhere.length === 0 &&
        new Set(users.map(nameKey)).size === 1 &&
        peopleAt(after.email_key).some(person => users.some(user => user.contact_id === person.contact_id))
      )
    }),
  )
})

t.test('R21, R28: of the addresses concerned exactly those with people have an open account', async t => {
  always(t, ({ looked, after, own, roster, isBehind, peopleAt }) =>
    looked.every(email_key => {
      const isOpen = after.some(
        row => row.email_key === email_key && row.customer_id === 'customer-1' && row.closed_at === null,
      )
      // The accounts of others whose contract ran out are theirs to close.
      const isTheirs =
        own(email_key)?.closed_at === null &&
        !(isBehind && roster.contacts.some(contact => contact.email_key === email_key))
      return isOpen === peopleAt(email_key).length > 0 || isTheirs
    }),
  )
})

t.test(
  'R21: the password stays exactly where a person who knows it does, and no stranger opened the account',
  async t => {
    always(t, ({ before, after, plan: { accounts }, peopleAt, roster, isBehind }) =>
      before
        .filter(({ customer_id }) => customer_id === 'customer-1')
        .every(account => {
          const row = after.find(({ account_id }) => account_id === account.account_id)
          if (row === undefined || row.closed_at !== null || peopleAt(row.email_key).length === 0) return true
          const wasOpen = account.closed_at === null
          const knew = wasOpen
            ? [
                ...account.elsewhere,
                ...(isBehind ? roster.contacts : []).filter(({ email_key }) => email_key === account.email_key),
              ]
            : account.residual_access.filter(({ at_closing }) => at_closing)
          const isKnown = (person: { contact_id: string; family_name: string; given_name: string | null }) =>
            names(knew, person) || knew.some(({ contact_id }) => contact_id === person.contact_id)
          const people = peopleAt(row.email_key)
          const isKept = row.password_set_at !== null
          const isStrange = accounts.reopened.some(({ account_id }) => account_id === row.account_id)
          return (
            isKept === (row.in_use_since === account.in_use_since) &&
            (isStrange ? isKept === people.every(isKnown) : true)
          )
        }),
    )
  },
)

t.test('R21: exactly those who are no longer behind an account may still read it', async t => {
  always(t, ({ roster, own, isBehind, after, peopleAt, plan: { accounts } }) =>
    roster.contacts.every(contact => {
      const account = own(contact.email_key)
      const row = after.find(({ account_id }) => account_id === account?.account_id)
      if (!isBehind || account === undefined || row === undefined) return true
      const people = peopleAt(row.email_key)
      const isThere =
        row.closed_at === null &&
        (names(people, contact) || people.some(({ contact_id }) => contact_id === contact.contact_id))
      const has = [...accounts.departed, ...accounts.former].some(
        one => one.account_id === row.account_id && one.contact_id === contact.contact_id,
      )
      return isThere ? !has : has || !accounts.updated.includes(row)
    }),
  )
})

t.test('R21: residual access ends for exactly those who are back', async t => {
  always(t, ({ before, looked, after, plan: { accounts }, peopleAt }) =>
    before
      .filter(({ email_key, customer_id }) => customer_id === 'customer-1' && looked.includes(email_key))
      .every(({ account_id, residual_access }) => {
        const row = after.find(one => one.account_id === account_id)!
        const people = row.closed_at === null ? peopleAt(row.email_key) : []
        return residual_access.every(
          person =>
            (names(people, person) || people.some(({ contact_id }) => contact_id === person.contact_id)) ===
            accounts.returned.some(one => one.account_id === account_id && one.contact_id === person.contact_id),
        )
      }),
  )
})
