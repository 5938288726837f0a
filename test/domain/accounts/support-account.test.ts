import t from 'tap'
import { capabilitiesOf, displayName, peopleOf, type AccountContact } from '#domain/accounts/support-account.ts'
import { CAPABILITIES } from '#domain/vocabulary.ts'

let count = 0

function registered(family_name: string, fields: Partial<AccountContact> = {}): AccountContact {
  const registered_at = new Date(Date.UTC(2024, 3, 1, 0, ++count)).toISOString()
  return {
    contact_id: `contact-${count}`,
    contract_id: 'C-1',
    role: 'secondary',
    family_name,
    given_name: null,
    registered_at,
    ...fields,
  }
}

t.test('R18: people who share a mailbox are shown by their family names: 山田/伊藤/佐藤', async t => {
  const people = [
    registered('山田', { role: 'primary', given_name: '太郎' }),
    registered('伊藤', { given_name: '花子' }),
    registered('佐藤'),
  ]
  t.equal(displayName(people), '山田/伊藤/佐藤')
  t.equal(displayName(people.toReversed()), '山田/伊藤/佐藤', 'whatever order they come in')
})

t.test('R18: the primary comes first, also when registered last', async t => {
  t.equal(
    displayName([registered('伊藤'), registered('佐藤'), registered('山田', { role: 'primary' })]),
    '山田/伊藤/佐藤',
  )
})

t.test('R18: primaries of several contracts come in the order of their registration', async t => {
  t.equal(
    displayName([
      registered('伊藤'),
      registered('佐藤', { role: 'primary' }),
      registered('山田', { role: 'primary', contract_id: 'C-2' }),
    ]),
    '佐藤/山田/伊藤',
  )
})

t.test('R18: registered at the same moment, the id decides', async t => {
  const registered_at = '2024-04-01T00:00:00.000Z'
  t.equal(
    displayName([
      registered('山田', { contact_id: 'b', registered_at }),
      registered('伊藤', { contact_id: 'a', registered_at }),
    ]),
    '伊藤/山田',
  )
  const twice = registered('山田')
  t.equal(peopleOf([twice, twice]).length, 1)
})

t.test('R18: two of one family name are shown with their full names, the others without', async t => {
  const people = [
    registered('山田', { role: 'primary', given_name: '太郎' }),
    registered('伊藤', { given_name: '花子' }),
    registered('山田', { given_name: '次郎' }),
  ]
  t.equal(displayName(people), '山田 太郎/伊藤/山田 次郎')
  t.equal(
    displayName([registered('Smith', { given_name: 'John' }), registered('Smith', { given_name: 'Mary' })]),
    'John Smith/Mary Smith',
  )
  t.equal(
    displayName([registered('山田'), registered('山田', { given_name: '次郎' })]),
    '山田/山田 次郎',
    'as far as it is known',
  )
})

t.test('R18: one person is shown by the full name; no person has no name', async t => {
  t.equal(displayName([registered('山田', { given_name: '太郎' })]), '山田 太郎')
  t.equal(displayName([]), null)
})

t.test('R18, R19: a person on two contracts appears once, where the better standing puts them', async t => {
  const yamada = { family_name: '山田', given_name: '太郎' }
  const people = [
    registered('山田', yamada),
    registered('伊藤'),
    registered('山田', { ...yamada, contract_id: 'C-2', role: 'primary' }),
  ]
  t.equal(displayName(people), '山田/伊藤')
  t.match(peopleOf(people), [{ contract_id: 'C-2' }, { family_name: '伊藤' }])
  t.equal(displayName([people[0]!, people[2]!]), '山田 太郎', 'alone, with the full name')
})

t.test('R22: an open account has mail and notices; what needs a sign-in waits for the password', async t => {
  t.strictSame(capabilitiesOf({ is_open: true, password_set_at: null }), ['email_inquiry', 'notices'])
  t.strictSame(capabilitiesOf({ is_open: true, password_set_at: '2024-04-02T00:00:00.000Z' }), CAPABILITIES)
})

t.test('R22, R28: a closed account may do nothing, password or not', async t => {
  t.strictSame(capabilitiesOf({ is_open: false, password_set_at: null }), [])
  t.strictSame(capabilitiesOf({ is_open: false, password_set_at: '2024-04-02T00:00:00.000Z' }), [])
})
