import t from 'tap'
import { readOperations, type ChangeOperation } from '#domain/change-requests/change-operations.ts'
import type { Contact } from '#domain/contact.ts'
import { contact, primary, rosterOf } from '../rosters/roster-facts.ts'

const a = primary('a')
const [b, c] = ['b', 'c'].map(id => contact(id)) as [Contact, Contact]
const person = {
  duties: [],
  family_name: '新田',
  given_name: null,
  email: 'new@example.jp',
  privacy_notice_version: '2025-10',
}
const read = (...operations: ChangeOperation[]) => {
  let ids = 0
  return readOperations(rosterOf([a, b, c]), { operations, confirm_removals: null }, () => `new-${++ids}`)
}
const roles = (...operations: ChangeOperation[]) =>
  read(...operations).contacts.map(({ contact_id, role }) => `${contact_id} ${role}`)

t.test('R24: steps are taken one after the other', async t => {
  const {
    contacts: desired,
    refusals,
    places,
  } = read(
    { op: 'add', contact: { ...person, role: 'secondary' } },
    { op: 'update', contact_id: 'b', changes: { duties: ['system'] } },
    { op: 'remove', contact_id: 'c' },
  )
  t.strictSame(refusals, [])
  t.strictSame(
    desired.map(({ contact_id, duties }) => [contact_id, duties]),
    [
      ['a', []],
      ['b', ['system']],
      ['new-1', []],
    ],
  )
  t.strictSame(
    [...places],
    [
      ['new-1', '#/operations/0/contact'],
      ['b', '#/operations/1'],
      ['c', '#/operations/2'],
    ],
  )
})

t.test('R11: the primary role goes to a contact, or to a new person; the former stays or is removed', async t => {
  t.strictSame(roles({ op: 'make_primary', contact_id: 'b', former_primary: 'secondary' }), [
    'a secondary',
    'b primary',
    'c secondary',
  ])
  t.strictSame(roles({ op: 'make_primary', contact_id: 'b', former_primary: 'removed' }), ['b primary', 'c secondary'])
  t.strictSame(roles({ op: 'make_primary', new_contact: person, former_primary: 'removed' }), [
    'b secondary',
    'c secondary',
    'new-1 primary',
  ])
  t.strictSame(
    roles({ op: 'make_primary', contact_id: 'a', former_primary: 'removed' }),
    ['a primary', 'b secondary', 'c secondary'],
    'the present primary stays it',
  )
  t.strictSame(
    roles({ op: 'remove', contact_id: 'a' }, { op: 'make_primary', contact_id: 'c', former_primary: 'secondary' }),
    ['b secondary', 'c primary'],
  )
})

t.test('contacts that are not, or no longer, on the roster are refused all at once', async t => {
  const { refusals } = read(
    { op: 'remove', contact_id: 'b' },
    { op: 'update', contact_id: 'b', changes: {} },
    { op: 'make_primary', contact_id: 'nobody', former_primary: 'removed' },
    { op: 'remove', contact_id: 'b' },
  )
  t.strictSame(refusals, [
    {
      type: 'unknown-reference',
      references: [
        [1, 'b'],
        [2, 'nobody'],
        [3, 'b'],
      ].map(([index, id]) => ({ pointer: `#/operations/${index}/contact_id`, resource: 'contact', id })),
    },
  ])
  t.strictSame(
    roles({ op: 'make_primary', contact_id: 'nobody', former_primary: 'removed' }),
    ['a primary', 'b secondary', 'c secondary'],
    'no person loses the role to no person',
  )
})

t.test('R14, R16: what cannot be read is refused with its place', async t => {
  const { refusals } = read(
    { op: 'add', contact: { ...person, role: 'secondary', family_name: '山田/伊藤' } },
    { op: 'update', contact_id: 'b', changes: { email: 'x y' } },
    { op: 'make_primary', new_contact: { ...person, email: '@' }, former_primary: 'secondary' },
  )
  t.match(refusals, [
    { type: 'name-not-personal', pointer: '#/operations/0/contact/family_name' },
    { type: 'invalid-request', errors: [{ pointer: '#/operations/1/changes/email' }] },
    { type: 'invalid-request', errors: [{ pointer: '#/operations/2/new_contact/email' }] },
  ])
})
