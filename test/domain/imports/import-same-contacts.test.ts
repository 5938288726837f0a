import t from 'tap'
import { sameContacts } from '#domain/imports/same-contacts.ts'
import { readRosterRow } from '#domain/imports/import-roster-row.ts'
import { doneRow, refusedRow, unchangedRow } from '#domain/imports/import-row-outcome.ts'
import { contact, NOW, rosterOf } from '../rosters/roster-facts.ts'

const PRIMARY = contact('p', { role: 'primary' })
const OTHER = contact('q', { family_name: '伊藤', email: 'b@example.jp', email_key: 'b@example.jp' })

t.test('R39: steps that end in the same people give the ids that these had before', async t => {
  const after = [
    { ...OTHER, contact_id: 'new-2' },
    { ...PRIMARY, contact_id: 'new-1' },
  ]
  t.strictSame(
    sameContacts([PRIMARY, OTHER], after),
    new Map([
      ['new-2', 'q'],
      ['new-1', 'p'],
    ]),
  )
})

t.test('R39: steps that leave a person out, or change one, end in other people', async t => {
  t.equal(sameContacts([PRIMARY, OTHER], [PRIMARY]), undefined)
  t.equal(sameContacts([PRIMARY, OTHER], [PRIMARY, { ...OTHER, role: 'primary' }]), undefined)
  t.equal(sameContacts([PRIMARY, OTHER], [PRIMARY, { ...OTHER, family_name: '佐藤' }]), undefined)
})

t.test('R39: a row that was taken and changed nothing in the end is unchanged, under the id that is there', async t => {
  const created = doneRow({ line: 2 }, 'created', { contact_id: 'new-1' })
  t.match(unchangedRow(created, new Map([['new-1', 'p']])), { line: 2, outcome: 'unchanged', contact_id: 'p' })
  t.match(unchangedRow(created), { line: 2, outcome: 'unchanged', contact_id: null })
  const refused = refusedRow({ line: 3 }, [])
  t.equal(unchangedRow(refused), refused)
})

t.test('R10, R39: a list in which a newcomer has no name or no address is refused with the places', async t => {
  const reading = { roster: rosterOf([PRIMARY]), options: { privacy_notice_version: null }, newId: () => '', now: NOW }
  const contacts = [{ contact_id: 'p', role: 'primary' }, { family_name: '伊藤' }, { email: 'c@example.jp' }]
  const { contacts: listed, refusals } = readRosterRow({ fields: { contacts } }, reading)
  t.strictSame(listed, [])
  t.strictSame(refusals, [
    {
      type: 'invalid-request',
      errors: [
        { pointer: '#/contacts/1/email', code: 'required' },
        { pointer: '#/contacts/2/family_name', code: 'required' },
      ],
    },
  ])
})
