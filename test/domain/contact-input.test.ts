import t from 'tap'
import { readContactInput, type ContactInput, type InputContext } from '#domain/contact-input.ts'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'

const input: ContactInput = {
  role: 'secondary',
  duties: [],
  family_name: '山田',
  given_name: '太郎',
  email: 'yamada@example.jp',
  shared_mailbox: false,
  privacy_notice_version: '2025-10',
}
const read = (fields: Partial<ContactInput>, context: Partial<InputContext> = {}) =>
  readContactInput({ ...input, ...fields }, 'new', { customer_name: '株式会社青空商事', ...context })
const NOTHING_NOTICED = { pointer: '#', warnings: [], override: null }
const namesRefused = (fields: Partial<ContactInput>, context?: Partial<InputContext>) =>
  read(fields, context).refusals.flatMap(refusal =>
    refusal.type === 'name-not-personal' ? [[refusal.pointer, refusal.code, refusal.can_be_overridden]] : [],
  )
const errorsOf = (fields: Partial<ContactInput>) =>
  read(fields).refusals.flatMap(refusal =>
    refusal.type === 'invalid-request' ? refusal.errors.map(({ pointer, code }) => [pointer, code]) : [],
  )

t.test('R15, R16: names are unified, the address is read, its spelling kept', async t => {
  const { contact, refusals } = read({ family_name: '　ﾔﾏﾀﾞ ', given_name: 'Ｔａｒｏ', email: ' Yamada＠日本語.JP ' })
  t.strictSame(refusals, [])
  t.strictSame(contact, {
    contact_id: 'new',
    role: 'secondary',
    duties: [],
    family_name: 'ヤマダ',
    given_name: 'Taro',
    name_doubtful: false,
    name_note: NOTHING_NOTICED,
    email: 'Yamada@日本語.JP',
    email_key: 'yamada@xn--wgv71a119e.jp',
    shared_mailbox: false,
    privacy_notice_version: '2025-10',
    privacy_notice_shown_at: null,
  })
})

t.test('R12: duties count once each, in one order', async t => {
  t.strictSame(read({ duties: ['system', 'contract', 'system'] }).contact.duties, ['contract', 'system'])
  for (const role of ROLES) t.strictSame(read({ role, duties: DUTIES }).contact.duties.length, 3)
})

t.test('R15: the given name may be absent, but neither part may be empty', async t => {
  t.strictSame(read({ given_name: null }).refusals, [])
  t.strictSame(namesRefused({ family_name: '\u3000 ', given_name: '太郎' }), [['#/family_name', 'empty', false]])
  t.strictSame(namesRefused({ given_name: '\u00A0' }), [['#/given_name', 'empty', false]])
})

t.test('R15: a part of a name has at most 64 characters, counted as people see them once unified', async t => {
  t.strictSame(errorsOf({ family_name: '𠮷'.repeat(64), given_name: 'ﾀﾞ'.repeat(64) }), [])
  t.strictSame(errorsOf({ family_name: '𠮷'.repeat(65) }), [['#/family_name', 'too-long']])
  t.strictSame(errorsOf({ given_name: '㍿'.repeat(17) }), [['#/given_name', 'too-long']], 'one sign of four characters')
})

t.test('R16: an address that is none is refused by name, and kept as given', async t => {
  t.strictSame(errorsOf({ email: 'yamada' }), [['#/email', 'invalid-address']])
  t.match(read({ email: 'yamada' }).contact, { email: 'yamada', email_key: 'unreadable new' })
})

t.test('R14: / and ／ join several people; each of them is offered', async t => {
  t.strictSame(read({ family_name: '山田/伊藤／佐藤', given_name: null }).refusals, [
    {
      type: 'name-not-personal',
      code: 'several-people',
      pointer: '#/family_name',
      matched: '/',
      can_be_overridden: false,
      suggestions: ['山田', '伊藤', '佐藤'].map(family_name => ({ family_name, given_name: null })),
    },
  ])
  t.match(read({ given_name: '太郎 / 花子' }).refusals, [
    {
      type: 'name-not-personal',
      pointer: '#/given_name',
      suggestions: [{ family_name: '山田', given_name: '太郎' }, { family_name: '花子' }],
    },
  ])
})

t.test('everything that is wrong is said at once, below the pointer given', async t => {
  const { refusals } = read({ given_name: '太郎/花子', email: 'x' }, { pointer: '#/new_contact' })
  t.match(refusals, [
    { type: 'invalid-request', errors: [{ pointer: '#/new_contact/email' }] },
    { type: 'name-not-personal', pointer: '#/new_contact/given_name' },
  ])
})

t.test('reading a contact that was read changes nothing more', async t => {
  const { contact } = read({
    family_name: '　ﾔﾏﾀﾞ\uFA19 ',
    given_name: 'Ｔａｒｏ',
    email: ' "A..b"＠日本語.JP ',
    duties: ['system', 'contract'],
  })
  t.strictSame(read(contact).contact, contact)
})

t.test('R13: a name of which nothing can be seen is no name', async t => {
  for (const family_name of ['\u200B', '\u3164', '\uFFA0', '\u00AD\uFE0F', '・', '--'])
    t.strictSame(namesRefused({ family_name }), [['#/family_name', 'empty', false]], JSON.stringify(family_name))
})

t.test('R15: heaps of combining marks and endless names are no names, and are not judged', async t => {
  t.strictSame(errorsOf({ family_name: `a${'\u0300\u0336\u0321'.repeat(5)}` }), [['#/family_name', 'combining-marks']])
  t.strictSame(errorsOf({ given_name: 'あ'.repeat(10_000) }), [['#/given_name', 'too-long']])
  t.strictSame(errorsOf({ family_name: 'Nguye\u0302\u0303n' }), [])
})

t.test('R13: what is no person is refused, what may be none is taken with a doubt', async t => {
  t.strictSame(namesRefused({ family_name: '情報システム部', given_name: null }), [
    ['#/family_name', 'department', true],
  ])
  t.strictSame(namesRefused({ family_name: '山田', given_name: '部長' }), [['#/given_name', 'title', true]])
  t.strictSame(namesRefused({ family_name: '株式会社山田', given_name: null }), [['#/family_name', 'company', false]])
  t.match(read({ family_name: '水流所', given_name: null }).contact, {
    family_name: '水流所',
    name_doubtful: true,
    name_note: { warnings: [{ code: 'name-doubtful', pointer: '#/family_name', reason: 'doubtful', matched: '所' }] },
  })
  t.match(read({ family_name: 'みどりの風', given_name: null }, { customer_name: 'みどりの風株式会社' }).refusals, [
    { code: 'equals-customer' },
  ])
  t.strictSame(
    read({ family_name: 'みどりの風', given_name: null }, { customer_name: null }).refusals,
    [],
    'whose contact it becomes is not known yet',
  )
})

t.test('R13: a title is left out, and said so', async t => {
  const titles = [
    [{ family_name: '山田様', given_name: null }, { family_name: '山田', given_name: null }, '様', '#/family_name'],
    [{ given_name: '太郎 様' }, { given_name: '太郎' }, '様', '#/given_name'],
    [{ given_name: '様' }, { given_name: null }, '様', '#/given_name'],
  ] as const
  for (const [given, kept, matched, pointer] of titles) {
    t.match(read(given).contact, {
      ...kept,
      name_doubtful: false,
      name_note: { warnings: [{ code: 'title-removed', matched, pointer }] },
    })
  }
})

t.test('R13: somebody may vouch for what only looks like no person, never for what is none', async t => {
  const name_override = { reason: 'Confirmed by phone.' }
  t.match(read({ family_name: '情報システム部', given_name: null, name_override }), {
    refusals: [],
    contact: { family_name: '情報システム部', name_doubtful: false, name_note: { override: name_override } },
  })
  t.match(read({ family_name: '水流所', given_name: null, name_override }), {
    refusals: [],
    contact: { name_doubtful: false, name_note: { warnings: [], override: name_override } },
  })
  for (const family_name of ['株式会社山田', '未定', 'info@example.jp', '山田/伊藤'])
    t.match(
      namesRefused({ family_name, given_name: null, name_override }),
      [['#/family_name', String, false]],
      family_name,
    )
})

t.test('R13: a name that the contact has already is not judged again', async t => {
  const before = { ...read({}).contact, family_name: '情報システム部', given_name: null, name_doubtful: true }
  const { name_note: _note, ...stored } = before
  const present = () => stored
  t.match(read({ family_name: '情報システム部', given_name: null, duties: ['system'] }, { present }), {
    refusals: [],
    contact: { duties: ['system'], name_doubtful: true },
  })
  t.strictSame(namesRefused({ family_name: '経理部', given_name: null }, { present }), [
    ['#/family_name', 'department', true],
  ])
  const vouched = read(
    { family_name: '情報システム部', given_name: null, name_override: { reason: 'Confirmed by phone.' } },
    { present },
  )
  t.match(vouched.contact, { name_doubtful: false, name_note: { override: { reason: 'Confirmed by phone.' } } })
  t.match(
    read({ family_name: '情報システム部', given_name: null }, { present: () => vouched.contact }).contact.name_note,
    { override: { reason: 'Confirmed by phone.' } },
    'what an earlier step of the request said of it stays',
  )
})

t.test('R14: nobody vouches a slash into a name, wherever it stands', async t => {
  const name_override = { reason: 'Confirmed by phone.' }
  for (const family_name of ['山田、佐藤/伊藤', '山田 & 佐藤／伊藤', '山田/佐藤 他1名']) {
    t.strictSame(
      namesRefused({ family_name, given_name: null, name_override }),
      [['#/family_name', 'several-people', false]],
      family_name,
    )
  }
})
