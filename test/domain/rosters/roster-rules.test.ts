import t from 'tap'
import { contact, primary, rosterOf, TODAY } from './roster-facts.ts'
import { a, b, c, d, e, full, refusals } from './roster-refusals.ts'

t.test('R10: the first contact has to be the primary', async t => {
  t.strictSame(refusals(rosterOf([]), [a]), [])
  t.strictSame(refusals(rosterOf([]), [b]), [{ type: 'primary-required', contract_id: 'C-1' }])
})

t.test('R10: the primary does not go while others remain, and goes as the last', async t => {
  t.strictSame(refusals(rosterOf([a, b]), [b]), [
    { type: 'primary-required', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
  t.strictSame(refusals(rosterOf([a]), []), [])
})

t.test('R10: no person steps down without a successor', async t => {
  t.strictSame(refusals(rosterOf([a, b]), [{ ...a, role: 'secondary' }, b]), [
    { type: 'primary-required', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
})

t.test('R10: a contract has one primary, who is named', async t => {
  t.strictSame(refusals(rosterOf([a, b]), [a, b, primary('c')]), [
    { type: 'primary-exists', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
  t.strictSame(refusals(rosterOf([]), [a, primary('b')]), [
    { type: 'primary-exists', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
})

t.test('R11: the primary is handed over or replaced in one step, also when every seat is taken', async t => {
  t.strictSame(refusals(full, [{ ...a, role: 'secondary' }, { ...b, role: 'primary' }, c, d]), [])
  t.strictSame(refusals(full, [primary('new'), b, c, d]), [])
  t.strictSame(refusals(full, [{ ...b, role: 'primary' }, c, d]), [])
  t.match(refusals(full, [primary('new'), { ...a, role: 'secondary' }, b, c, d]), [
    { type: 'seat-limit-reached', limit: 4, used: 4, over: 0 },
  ])
})

t.test('R12, R27: roles and duties change also when the contract is over its limit', async t => {
  const over = rosterOf([a, b, c, d], { seat_limit: 2 })
  t.strictSame(
    refusals(over, [{ ...a, role: 'secondary' }, { ...b, role: 'primary', duties: ['system', 'contract'] }, c, d]),
    [],
  )
})

t.test('R9, R24: a contract registers up to its limit', async t => {
  t.strictSame(refusals(rosterOf([a, b, c]), [a, b, c, d]), [])
  t.strictSame(refusals(full, [a, b, c, d, e]), [
    { type: 'seat-limit-reached', contract_id: 'C-1', limit: 4, used: 4, over: 0 },
  ])
})

t.test('R9: each person who shares a mailbox takes a seat', async t => {
  t.match(refusals(full, [a, b, c, d, contact('e', { email_key: a.email_key, shared_mailbox: true })]), [
    { type: 'seat-limit-reached' },
  ])
})

t.test('R27: over its limit a contract changes, replaces and loses contacts, and gains none', async t => {
  const over = rosterOf([a, b, c, d], { seat_limit: 2 })
  t.strictSame(refusals(over, [a, b, c, { ...d, family_name: '佐藤' }]), [])
  t.strictSame(refusals(over, [a, b, c, e]), [])
  t.strictSame(refusals(over, [a, b, e]), [], 'still over, but by less')
  t.strictSame(refusals(over, [a, b, c, d, e]), [
    { type: 'seat-limit-reached', contract_id: 'C-1', limit: 2, used: 4, over: 2 },
  ])
  t.match(
    refusals(rosterOf([a, b], { seat_limit: 2 }), [a, b, e]),
    [{ type: 'seat-limit-reached' }],
    'until it is within the limit again',
  )
})

t.test('R28: no person is registered on a contract that has ended, nor given another address', async t => {
  const ended = rosterOf([a, b], { ends_on: '2025-03-31' })
  const refused = [{ type: 'contract-not-in-force', contract_id: 'C-1', state: 'ended', ends_on: '2025-03-31' }]
  t.strictSame(refusals(ended, [a, b, c]), refused)
  t.strictSame(refusals(ended, [a, { ...b, email_key: 'new@example.jp' }]), refused)
  t.strictSame(refusals(ended, [{ ...a, family_name: '佐藤' }]), [], 'but renamed and removed')
  t.strictSame(refusals(rosterOf([a], { ends_on: TODAY }), [a, b]), [], 'its last day is included')
  t.strictSame(refusals(rosterOf([], { starts_on: '2025-05-01' }), [a]), [], 'before it starts')
})

t.test('every problem is said at once', async t => {
  const after = [
    a,
    b,
    c,
    d,
    contact('a again', { family_name: 'a', email_key: a.email_key }),
    primary('f', { email_key: b.email_key }),
  ]
  t.strictSame(
    refusals(full, after).map(({ type }) => type),
    ['primary-exists', 'seat-limit-reached', 'duplicate-contact', 'email-in-use'],
  )
})
