import t from 'tap'
import { changeRequestDraft } from '#domain/senders/sender-draft.ts'

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

t.test('R15, R29: names come out as a person would split them', async t => {
  for (const [name, family_name, given_name] of [
    ['山田花子', '山田', '花子'],
    ['山田花子(Hanako Yamada)', '山田', '花子'],
    ['Hanako Yamada (山田 花子)', '山田', '花子'],
    ["'山田 太郎'", '山田', '太郎'],
    ['「山田 太郎」', '山田', '太郎'],
    ['“山田 太郎”', '山田', '太郎'],
    ['YAMADA Taro', 'YAMADA', 'Taro'],
    ['Taro YAMADA', 'YAMADA', 'Taro'],
    ['Taro Yamada', 'Yamada', 'Taro'],
    ['Jane Smith (via Docs)', 'Smith', 'Jane'],
    ['Jane (Janie) Smith', 'Smith', 'Jane'],
    ['山田 太郎（旧姓 佐藤）', '山田', '太郎'],
    ['Smith, Jane', 'Smith', 'Jane'],
    ['SMITH, Jane', 'SMITH', 'Jane'],
    ['van der Berg, Anna', 'van der Berg', 'Anna'],
    ['Smith, Jane, Jr.', 'Smith, Jr.', 'Jane'],
    ['Smith, Jane, PhD', 'Smith, PhD', 'Jane'],
  ] as const)
    t.same(contact(name), { family_name, given_name, email: 'a@example.jp' }, name)
})

t.test('R29: a suffix alone, a company in directory order and two spellings of companies make no person', async t => {
  for (const name of ['Acme, Inc.', 'Support, Team', '青空商事(Aozora Inc.)'])
    t.notOk('given_name' in contact(name) && contact(name).given_name !== null, name)
  t.same(contact('King, Jr.'), { family_name: 'King, Jr.', given_name: null, email: 'a@example.jp' })
  t.same(contact('Jane Smith, PhD'), { family_name: 'Smith, PhD', given_name: 'Jane', email: 'a@example.jp' })
})
