import t from 'tap'
import { changeRequestDraft } from '#domain/sender-draft.ts'

const draft = (display_name: string | null) =>
  changeRequestDraft({ email: 'a@example.jp', email_key: 'a@example.jp', display_name }, 'C-1')
const contact = (display_name: string | null) => draft(display_name).operations[0].contact

t.test('R15, R24: the name before the address is taken apart as its script has it', async t => {
  t.same(contact('鈴木　三郎'), { family_name: '鈴木', given_name: '三郎', email: 'a@example.jp' })
  t.same(contact('John Q. Smith'), { family_name: 'Smith', given_name: 'John Q.', email: 'a@example.jp' })
  t.same(contact('鈴木'), { family_name: '鈴木', given_name: null, email: 'a@example.jp' })
  t.same(draft('鈴木 三郎').requested_by, { name: '鈴木 三郎', email: 'a@example.jp', channel: 'mail' })
})

t.test('R14: what is no name of one person is left out, for staff to ask', async t => {
  for (const name of [null, '', '  ', 'b@example.jp', '鈴木/山田', 'a "b"', 'x'.repeat(129), '\u202e鈴木']) {
    t.same(
      draft(name),
      {
        contract_id: 'C-1',
        operations: [{ op: 'add', contact: { email: 'a@example.jp' } }],
        requested_by: { email: 'a@example.jp', channel: 'mail' },
      },
      String(name),
    )
  }
  t.same(contact('x'.repeat(100)), { email: 'a@example.jp' }, 'no part of a name is that long')
})
