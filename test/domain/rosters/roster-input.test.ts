import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import { contactView } from '#domain/contact.ts'
import { readRoster, type RosterContactInput } from '#domain/rosters/roster-input.ts'
import { contact, primary, rosterOf } from './roster-facts.ts'

const a = primary('a')
const [b, c, d] = ['b', 'c', 'd'].map(id => contact(id)) as [Contact, Contact, Contact]
const roster = rosterOf([a, b, c, d])

const said = (
  { contact_id, role, duties, family_name, given_name, email, privacy_notice_version }: Contact,
  fields: Partial<RosterContactInput> = {},
): RosterContactInput => ({
  contact_id,
  role,
  duties,
  family_name,
  given_name,
  email,
  privacy_notice_version,
  derived: {},
  ...fields,
})
const read = (contacts: RosterContactInput[], confirm_removals: number | null = null, of = roster) => {
  let ids = 0
  return readRoster(
    of,
    { contacts, confirm_removals, customer_id: null, privacy_notice_version: null },
    () => `new-${++ids}`,
  )
}

t.test('R10: contacts are found again by their id, else by person and address; others are new', async t => {
  const {
    contacts: desired,
    refusals,
    places,
  } = read(
    [
      said(a),
      said(b, { contact_id: null, duties: ['system'] }),
      said(c, { contact_id: null, family_name: '新田' }),
      said(d),
    ],
    1,
  )
  t.strictSame(refusals, [])
  t.strictSame(
    desired.map(({ contact_id }) => contact_id),
    ['a', 'b', 'new-2', 'd'],
  )
  t.strictSame(
    [...places],
    [
      ['a', '#/contacts/0'],
      ['b', '#/contacts/1'],
      ['new-2', '#/contacts/2'],
      ['d', '#/contacts/3'],
    ],
  )
})

t.test('R19: a contact that the list names by id elsewhere is not found a second time by name and address', async t => {
  const { contacts: desired } = read([said(a), said(b, { contact_id: null }), said(b), said(c), said(d)])
  t.strictSame(
    desired.map(({ contact_id }) => contact_id),
    ['a', 'new-1', 'b', 'c', 'd'],
  )
})

t.test('an id that the roster does not hold, or that comes twice, is refused with its place', async t => {
  const { refusals } = read([
    said(a),
    said(b),
    said(b),
    said(c, { contact_id: 'nobody', family_name: '田中' }),
    said(d),
  ])
  t.strictSame(refusals, [
    { type: 'invalid-request', errors: [{ pointer: '#/contacts/2/contact_id', code: 'duplicate' }] },
    {
      type: 'unknown-reference',
      references: [{ pointer: '#/contacts/3/contact_id', resource: 'contact', id: 'nobody' }],
    },
  ])
})

t.test('what the registry derives may be sent back as it was answered, and not otherwise', async t => {
  const { name, contract_id, customer_id } = contactView(b)
  t.strictSame(read([said(a), said(b, { derived: { name, contract_id, customer_id } }), said(c), said(d)]).refusals, [])
  const { refusals } = read([
    said(a),
    said(b, { derived: { name: 'x', contract_id: 'C-2' } }),
    said(c),
    said(d),
    said(b, { contact_id: null, family_name: '新田', derived: { name: '新山' } }),
  ])
  t.strictSame(
    refusals.map(refusal =>
      refusal.type === 'invalid-request' ? refusal.errors.map(({ pointer, code }) => [pointer, code]) : [],
    ),
    [
      [
        ['#/contacts/1/name', 'read-only'],
        ['#/contacts/1/contract_id', 'read-only'],
      ],
      [['#/contacts/4/name', 'read-only']],
    ],
  )
})

t.test('R16: addresses that cannot be read are refused, and make no other problem', async t => {
  const { contacts: desired, refusals } = read([said(a), said(b, { email: 'x y' }), said(c, { email: 'x y' }), said(d)])
  t.strictSame(
    refusals.map(({ type }) => type),
    ['invalid-request', 'invalid-request'],
  )
  t.not(desired[1]?.email_key, desired[2]?.email_key)
})

t.test('R10: removing all, or more than half of three or more, has to be confirmed by their number', async t => {
  const unconfirmed = [
    { type: 'removals-unconfirmed', contract_id: 'C-1', removals: 3, pointers: ['#/confirm_removals'] },
  ]
  t.strictSame(read([said(a)]).refusals, unconfirmed)
  t.strictSame(read([said(a)], 2).refusals, unconfirmed)
  t.strictSame(read([said(a)], 3).refusals, [])
  t.strictSame(read([said(a), said(b)]).refusals, [], 'half of them is not more than half')
  t.strictSame(
    read([said(a), said(b)], 1).refusals,
    [{ ...unconfirmed[0], removals: 2 }],
    'a number that is given has to be right',
  )
  t.strictSame(read([said(a)], null, rosterOf([a, b])).refusals, [], 'one of two is easily seen')
  t.strictSame(read([], null, rosterOf([a])).refusals, [{ ...unconfirmed[0], removals: 1 }], 'no person would be left')
  t.strictSame(read([], 2, rosterOf([a, b])).refusals, [])
  t.strictSame(read([], null, rosterOf([])).refusals, [])
  t.strictSame(read([], null, rosterOf([a, b, c])).refusals, [{ ...unconfirmed[0] }])
})
