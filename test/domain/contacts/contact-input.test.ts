import t from 'tap'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'
import { read, NOTHING_NOTICED, namesRefused, errorsOf } from './contact-input-facts.ts'

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

t.test('R15: heaps of combining marks and endless names are no names, and are not judged', async t => {
  t.strictSame(errorsOf({ family_name: `a${'\u0300\u0336\u0321'.repeat(5)}` }), [['#/family_name', 'combining-marks']])
  t.strictSame(errorsOf({ given_name: 'あ'.repeat(10_000) }), [['#/given_name', 'too-long']])
  t.strictSame(errorsOf({ family_name: 'Nguye\u0302\u0303n' }), [])
})
