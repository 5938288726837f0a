import t from 'tap'
import { concernsPerson, personTraces } from '#domain/personal-data/person-traces.ts'

const ID = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
const EMAIL_KEY = 'hattori@aozora.example.co.jp'
const hattori = personTraces(
  [ID],
  [
    { name: { family_name: '服部', given_name: '一郎' }, email_key: EMAIL_KEY },
    { name: { family_name: '林', given_name: null }, email_key: null },
    { name: null, email_key: 'old@aozora.example.co.jp' },
  ],
)
const smith = personTraces([], [{ name: { family_name: 'Form', given_name: 'Ann' }, email_key: 'ann@x.example' }])
const stranger = personTraces([], [{ name: null, email_key: 'nazo@example.jp' }])

t.test('R33: a person is recognised in documents by id, by address and name, and by the whole name', async t => {
  const theirs = [
    { contact_id: ID },
    { name: '服部 一郎', email: 'no address' },
    [{ op: 'remove', contact_id: ID }],
    { contact: { family_name: '服部', given_name: '一郎', email: 'HATTORI@aozora.example.co.jp' } },
    { name: '服部様', email: 'ｈattori@aozora.example.co.jp' },
    { email: 'old@aozora.example.co.jp', state: 'open' },
    { name: '一郎 服部', email: null },
    { confirmation: { confirmed_by: { contact_id: null, name: '服部　一郎' } } },
    { display_name: '佐藤/服部' },
  ]
  for (const value of theirs) t.ok(concernsPerson(value, hattori), JSON.stringify(value))
  const of_others = [
    null,
    3,
    { contact_id: '019d4672-0000-7c41-9d2e-3f5b8a1c7e90', name: '服部 一郎', email: EMAIL_KEY },
    { name: '佐藤', email: EMAIL_KEY },
    { name: '服部 一郎', email: 'other@aozora.example.co.jp' },
    { family_name: '服部', given_name: '二郎', email: null },
    { contract_id: '服部', channel: '服部' },
    { op: 'update', changes: { given_name: '花' } },
  ]
  for (const value of of_others) t.notOk(concernsPerson(value, hattori), JSON.stringify(value))
})

t.test('R33: a note names a person by an address, by the whole name, or by the family name', async t => {
  for (const note of [
    '服部さんより電話',
    `書面: ${EMAIL_KEY.toUpperCase()}`,
    'ＨＡＴＴＯＲＩ@aozora.example.co.jp',
    '林様の件',
    '林',
  ])
    t.ok(concernsPerson({ note }, hattori), note)
  for (const note of ['林業部', '佐藤さん', '']) t.notOk(concernsPerson({ note }, hattori), note)
  t.ok(concernsPerson({ note: 'Ann Form called' }, smith))
  t.ok(concernsPerson({ note: 'Ms. form' }, smith))
  t.notOk(concernsPerson({ note: 'a formal letter', channel: 'form' }, smith))
})

t.test('R33: of a person without a name, every record with the address is theirs', async t => {
  t.ok(concernsPerson({ name: '謎', email: 'nazo@example.jp' }, stranger))
  t.notOk(concernsPerson({ name: '謎', email: 'other@example.jp' }, stranger))
  t.notOk(
    concernsPerson(
      { note: 'nobody' },
      personTraces([], [{ name: { family_name: '', given_name: null }, email_key: null }]),
    ),
  )
})
