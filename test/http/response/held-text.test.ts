import t from 'tap'
import { eventText, heldText } from '#http/response/personal-data/held-text.ts'

const day = (moment: string | null) => moment?.slice(0, 10) ?? null
const text = (document: unknown, language: 'en' | 'ja' = 'ja') => heldText(document, words => words[language], day)

t.test('R33: a page says what a record holds of a person once each, in words and days', async t => {
  const contact = {
    role: 'secondary',
    name: '服部 一郎',
    family_name: '服部',
    given_name: '一郎',
    email: 'a@example.jp',
    registered_at: '2026-04-01T00:30:00.000Z',
    removed_at: null,
    contract_seats: { limit: 4 },
  }
  t.equal(text(contact), '服部 一郎 a@example.jp 副担当 2026-04-01')
  t.equal(text(contact, 'en'), '服部 一郎 a@example.jp Secondary 2026-04-01')
  t.equal(text({ op: 'update', changes: { given_name: '次郎' } }), '次郎')
  t.equal(text({ contacts: [{ name: '服部' }, { name: '度会', role: 'unknown' }] }), '服部 度会')
  t.equal(text(null), '')
  t.equal(text({ state: 'open' }), '')
})

t.test('R33: an event is named in words, where it has some', async t => {
  t.equal(
    eventText('contact.removed', words => words.ja),
    'ご登録の解除',
  )
  t.equal(
    eventText('contract.changed', words => words.en),
    'contract.changed',
  )
})
