import t from 'tap'
import { account, contact, elsewhere, rosterOf } from '../rosters/roster-facts.ts'
import { a, b, c, refusals } from '../rosters/roster-refusals.ts'

t.test('R19: one person is on a contract once; who is there is named', async t => {
  const again = contact('new', { family_name: 'b', email_key: b.email_key })
  t.strictSame(refusals(rosterOf([a, b]), [a, b, again]), [
    { type: 'duplicate-contact', contract_id: 'C-1', contact_id: 'b' },
  ])
  t.match(refusals(rosterOf([a, b, c]), [a, b, { ...c, family_name: 'B', email_key: b.email_key }]), [
    { type: 'duplicate-contact', contact_id: 'b' },
  ])
  t.match(refusals(rosterOf([a]), [a, again, { ...again, contact_id: 'newer' }]), [
    { type: 'duplicate-contact', contact_id: 'new' },
  ])
  t.strictSame(refusals(rosterOf([a, b]), [a, again]), [], 'unless in the place of the other')
  t.strictSame(
    refusals(rosterOf([a, b, again]), [a, b, again, c]),
    [],
    'a person who was there twice before stops no other',
  )
})

t.test('R17: a second person at an address is refused unless the mailbox is said to be shared', async t => {
  const second = contact('new', { family_name: '伊藤', email_key: a.email_key })
  t.strictSame(refusals(rosterOf([a]), [a, second]), [
    { type: 'email-in-use', contacts: [{ contact_id: 'a', contract_id: 'C-1', name: 'a' }] },
  ])
  t.strictSame(refusals(rosterOf([a]), [a, { ...second, shared_mailbox: true }]), [])
  t.match(
    refusals(rosterOf([a, b]), [a, { ...b, email_key: a.email_key }]),
    [{ type: 'email-in-use' }],
    'also by a change of address',
  )
  t.strictSame(
    refusals(rosterOf([a, b]), [
      { ...a, email_key: b.email_key },
      { ...b, email_key: a.email_key },
    ]),
    [],
    'who swap addresses share none',
  )
})

t.test('R17: the address of a contact of another contract of the customer is in use as well', async t => {
  const open = account('b@example.jp', { elsewhere: [elsewhere('伊藤', { given_name: '花子' }), elsewhere('佐藤')] })
  t.strictSame(refusals(rosterOf([a]), [a, b], open), [
    {
      type: 'email-in-use',
      contacts: [
        { contact_id: '伊藤 elsewhere', contract_id: 'C-2', name: '伊藤 花子' },
        { contact_id: '佐藤 elsewhere', contract_id: 'C-2', name: '佐藤' },
      ],
    },
  ])
  t.strictSame(refusals(rosterOf([a]), [a, { ...b, shared_mailbox: true }], open), [])
})

t.test('R17: two who come together need one statement, of the one who comes second', async t => {
  const second = contact('c', { email_key: b.email_key })
  t.match(refusals(rosterOf([a]), [a, b, second]), [{ type: 'email-in-use', contacts: [{ contact_id: 'b' }] }])
  t.strictSame(refusals(rosterOf([a]), [a, b, { ...second, shared_mailbox: true }]), [])
})

t.test('R17: a contact who shares a mailbox already needs no statement to stay', async t => {
  const sharing = { ...b, email_key: a.email_key }
  t.strictSame(refusals(rosterOf([a, sharing]), [a, { ...sharing, duties: ['system'] }]), [])
  t.strictSame(refusals(rosterOf([a, sharing]), [a, { ...sharing, family_name: '伊藤' }]), [], 'also under a new name')
})

t.test('R19: the same person on a second contract needs no flag, also where others share the mailbox', async t => {
  t.strictSame(refusals(rosterOf([a]), [a, b], account(b.email_key, { elsewhere: [elsewhere('b')] })), [])
  t.strictSame(
    refusals(rosterOf([a]), [a, b], account(b.email_key, { elsewhere: [elsewhere('伊藤'), elsewhere('b')] })),
    [],
  )
})

t.test('R20: an address of another customer is refused, flag or not, and nothing more is said', async t => {
  const theirs = account('b@example.jp', { customer_id: 'customer-2', elsewhere: [elsewhere('b')] })
  t.strictSame(refusals(rosterOf([a]), [a, b], theirs), [{ type: 'email-taken' }])
  t.strictSame(refusals(rosterOf([a]), [a, { ...b, shared_mailbox: true }], theirs), [{ type: 'email-taken' }])
  t.strictSame(refusals(rosterOf([a, c]), [a, { ...c, email_key: b.email_key }], theirs), [{ type: 'email-taken' }])
})

t.test('R20: an account behind which no person is left serves no customer', async t => {
  t.strictSame(refusals(rosterOf([a]), [a, b], account('b@example.jp', { customer_id: 'customer-2' })), [])
})

t.test('R17: of a mailbox that a thousand come to unasked, each learns of a few of the others', async t => {
  const crowd = Array.from({ length: 1000 }, (_, index) => contact(`crowd-${index}`, { email_key: 'crowd@example.jp' }))
  const named = refusals(rosterOf([a], { seat_limit: 2000 }), [a, ...crowd]).flatMap(refusal =>
    refusal.type === 'email-in-use' ? [refusal.contacts.length] : [],
  )
  t.equal(named.length, 999)
  t.strictSame(named.slice(0, 12), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10])
})

t.test(
  'R17: a newcomer who may be the same person in another spelling is refused with the name as registered',
  async t => {
    const here = contact('here', { family_name: '山田', given_name: '太郎', email_key: 'y@example.jp' })
    const newcomer = contact('new', { family_name: '山田', email_key: here.email_key })
    t.match(refusals(rosterOf([a, here]), [a, here, newcomer]), [
      {
        contacts: [{ contact_id: 'here' }],
        possibly_same_person: [
          { contact_id: 'here', contract_id: 'C-1', family_name: '山田', given_name: '太郎', registered: 'here' },
        ],
      },
    ])
    const open = account(here.email_key, {
      elsewhere: [elsewhere('伊藤'), elsewhere('髙橋', { given_name: '一郎' }), elsewhere('佐藤')],
    })
    const variant = { ...newcomer, family_name: '高橋', given_name: '一郎' }
    t.match(
      refusals(rosterOf([a]), [a, variant], open),
      [{ contacts: { length: 3 }, possibly_same_person: [{ family_name: '髙橋', registered: 'elsewhere' }] }],
      'on another contract',
    )
    const [together] = refusals(rosterOf([a]), [a, { ...here, contact_id: 'first' }, newcomer])
    t.match(together, { possibly_same_person: [{ contact_id: 'first', family_name: '山田', given_name: '太郎' }] })
    t.notMatch(together, { possibly_same_person: [{ registered: String }] }, 'both come with the request')
    t.strictSame(refusals(rosterOf([a, here]), [a, here, { ...newcomer, shared_mailbox: true }]), [])
  },
)

t.test('R17: who may be the same person is sought for no more refusals than are kept', async t => {
  const crowd = Array.from({ length: 60 }, (_, index) =>
    contact(`crowd-${index}`, { family_name: '山田', given_name: `太郎${index}`, email_key: 'crowd@example.jp' }),
  )
  const surname = contact('surname', { family_name: '山田', email_key: 'crowd@example.jp' })
  const refused = refusals(rosterOf([a], { seat_limit: 200 }), [a, surname, ...crowd])
  t.equal(refused.filter(refusal => 'possibly_same_person' in refusal).length, 51)
  t.equal(refused.length, 60)
})
