import t from 'tap'
import { asPresentPerson, sharedBefore, type PresentContact } from '#domain/contacts/present-person.ts'
import type { DesiredContact } from '#domain/roster.ts'

const OKA: DesiredContact = {
  contact_id: 'oka',
  role: 'primary',
  duties: [],
  family_name: '岡',
  given_name: '花子',
  name_doubtful: false,
  email: 'oka@a.example.jp',
  email_key: 'oka@a.example.jp',
  privacy_notice_version: '2025-10',
  privacy_notice_shown_at: '2026-04-01T00:00:00.000Z',
}
const NOW = { family_name: '鈴木', given_name: '花子', email: 'suzuki@a.example.jp', email_key: 'suzuki@a.example.jp' }
const BEFORE = { family_name: '岡', given_name: '花子', email: 'OKA@a.example.jp', is_same: false, until: '2026-04-02' }

const present = (fields: Partial<PresentContact> = {}): PresentContact => ({
  contact_id: 'suzuki',
  ...NOW,
  name_doubtful: true,
  first_registered_at: '2026-04-01T00:00:00.000Z',
  former: [BEFORE],
  ...fields,
})

t.test('R34: a person who was known under this name and address is known under the present ones', async t => {
  t.same(asPresentPerson(OKA, [present()]), { ...OKA, ...NOW, name_doubtful: true })
  const rowOf = (former: PresentContact['former']) => asPresentPerson(OKA, [present({ former })])
  t.match(rowOf([{ ...BEFORE, email: 'other@a.example.jp' }, BEFORE]), NOW, 'at any moment since')
  t.equal(rowOf([{ ...BEFORE, email: 'unreadable' }]), OKA)
  t.equal(rowOf([{ ...BEFORE, family_name: '丘' }]), OKA)
  t.equal(asPresentPerson(OKA, [present()], '2026-04-02'), OKA, 'who had the name first is not the same')
  t.equal(asPresentPerson(OKA, [present(), present({ ...OKA, former: [] })]), OKA, 'the person is there as before')
})

t.test('R34: another whole name is another person, unless it came with a change of the person', async t => {
  const other = { family_name: '田中', given_name: null }
  t.equal(asPresentPerson(OKA, [present(other)]), OKA)
  const changed = present({ ...other, former: [{ ...BEFORE, is_same: true }] })
  t.match(asPresentPerson(OKA, [changed]), other)
})

t.test('R17: a mailbox was shared before if all its people used it before', async t => {
  const gone = { email_key: NOW.email_key, removed_at: '2026-05-01T00:00:00.000Z' }
  const at = { former: [{ ...BEFORE, email: 'Suzuki@a.example.jp' }] }
  t.ok(sharedBefore(gone, [present(at), present({ email_key: 'elsewhere', first_registered_at: '2026-06' })]))
  t.notOk(sharedBefore(gone, [present({ ...at, first_registered_at: '2026-06-01T00:00:00.000Z' })]))
  t.notOk(sharedBefore(gone, [present()]), 'who had another address')
})
