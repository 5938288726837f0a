import t from 'tap'
import { withoutPeople, withoutPerson } from '#domain/personal-data/person-redaction.ts'
import { personTraces } from '#domain/personal-data/person-traces.ts'

const ID = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
const OTHER_ID = '019d4672-0000-7c41-9d2e-3f5b8a1c7e90'
const OWN = 'hattori@aozora.example.co.jp'
const SHARED = 'desk@aozora.example.co.jp'
const name = { family_name: '服部', given_name: '一郎' }
const traces = personTraces(
  [ID],
  [
    { name, email_key: OWN },
    { name, email_key: SHARED },
  ],
)
const own_keys = new Set([OWN])
const external_ids = new Set(['desk-hattori'])
const without = (value: unknown, blanking: 'null' | 'word' = 'null') =>
  withoutPerson(value, { traces, own_keys, external_ids, blanking })

t.test('R33: what describes an erased person loses names and address, and keeps ids, times and words', async t => {
  const before = { contact_id: ID, ...name, name: '服部 一郎', email: OWN, role: 'primary', removed_at: null }
  const blank = { family_name: null, given_name: null, name: null, email: null }
  t.strictSame(without(before), { ...before, ...blank })
  t.strictSame(without({ email: OWN, state: 'open' }), { email: null, state: 'open' })
  const request = [{ op: 'update', contact_id: ID, changes: { given_name: '次郎', email: 'new@aozora.example.co.jp' } }]
  t.strictSame(without(request), [{ op: 'update', contact_id: ID, changes: { given_name: null, email: null } }])
})

t.test('R33: the id of the help desk is erased, and not that of another account', async t => {
  const account = { account_id: OTHER_ID, external_id: 'desk-hattori' }
  t.strictSame(without(account), { account_id: OTHER_ID, external_id: null })
  t.strictSame(without({ external_id: 'desk-1' }), { external_id: 'desk-1' })
  t.strictSame(without({ external_id: null }), { external_id: null })
})

t.test('R33: where documents demand texts, a word is in place of the name', async t => {
  const step = { op: 'add', contact: { ...name, email: OWN, duties: [], removals: 1 } }
  const erased = { family_name: '[erased]', given_name: null, email: 'erased@erased.invalid', duties: [], removals: 1 }
  t.strictSame(without(step, 'word'), { op: 'add', contact: erased })
  t.strictSame(without({ name: '服部 一郎', email: null }, 'word'), { name: '[erased]', email: null })
})

t.test('R33: an account that only others use keeps its display name, also where one has the same name', async t => {
  const own = { contact_id: ID, name: '服部 一郎' }
  const namesake = { contact_id: OTHER_ID, name: '服部 一郎' }
  t.strictSame(without({ display_name: '服部 一郎', contacts: [namesake] }), {
    display_name: '服部 一郎',
    contacts: [namesake],
  })
  t.match(without({ display_name: '服部 一郎', contacts: [own, namesake] }), { display_name: '[erased]' })
  t.match(without({ display_name: '服部 一郎', contacts: [] }), { display_name: '[erased]' })
})

t.test('R33: display names lose the part, and notes are erased whole', async t => {
  t.strictSame(without({ display_name: '佐藤/服部/伊藤' }), { display_name: '佐藤/[erased]/伊藤' })
  t.strictSame(without({ display_name: null }), { display_name: null })
  t.strictSame(without({ reason: '服部様(内線 12)より', note: '佐藤様より' }), {
    reason: '[erased]',
    note: '佐藤様より',
  })
})

t.test('R33: others stay, and so does an address that others have', async t => {
  for (const value of [
    { contact_id: OTHER_ID, family_name: '田所', given_name: '花', email: SHARED },
    { contact_id: OTHER_ID, name: '服部 二郎', email: SHARED },
    { email: SHARED, state: 'open' },
    { email: 'no address' },
    { confirm_removals: 2 },
  ])
    t.strictSame(without(value), value)
})

t.test('R33: of a document without any person, ids, times and words are left', async t => {
  const request = {
    operations: [{ op: 'add', contact: { ...name, email: OWN, duties: ['system'], name_override: null } }],
    requested_by: { contact_id: null, name: '謎', email: OWN, channel: 'mail', ticket: 'T-1' },
    subject: '電話でのご依頼',
    changed_fields: ['subject'],
    confirm_removals: 1,
  }
  t.strictSame(withoutPeople(request, 'word'), {
    operations: [
      {
        op: 'add',
        contact: {
          family_name: '[erased]',
          given_name: null,
          email: 'erased@erased.invalid',
          duties: ['system'],
          name_override: null,
        },
      },
    ],
    requested_by: {
      contact_id: null,
      name: '[erased]',
      email: 'erased@erased.invalid',
      channel: 'mail',
      ticket: 'T-1',
    },
    subject: '[erased]',
    changed_fields: ['subject'],
    confirm_removals: 1,
  })
})
