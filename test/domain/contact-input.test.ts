import t from 'tap'
import { readContactInput, type ContactInput } from '#domain/contact-input.ts'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'

const input: ContactInput = {
  role: 'secondary', duties: [], family_name: '山田', given_name: '太郎', email: 'yamada@example.jp', shared_mailbox: false, privacy_notice_version: '2025-10'
}
const read = (fields: Partial<ContactInput>, pointer?: string) => readContactInput({ ...input, ...fields }, 'new', pointer)
const errorsOf = (fields: Partial<ContactInput>) => read(fields).refusals.flatMap(refusal => refusal.type === 'invalid-request' ? refusal.errors.map(({ pointer, code }) => [pointer, code]) : [])

t.test('R15, R16: names are unified, the address is read, its spelling kept', async t => {
  const { contact, refusals } = read({ family_name: '　ﾔﾏﾀﾞ ', given_name: 'Ｔａｒｏ', email: ' Yamada＠日本語.JP ' })
  t.strictSame(refusals, [])
  t.strictSame(contact, {
    contact_id: 'new', role: 'secondary', duties: [], family_name: 'ヤマダ', given_name: 'Taro', name_doubtful: false,
    email: 'Yamada@日本語.JP', email_key: 'yamada@xn--wgv71a119e.jp', shared_mailbox: false, privacy_notice_version: '2025-10'
  })
})

t.test('R12: duties count once each, in one order', async t => {
  t.strictSame(read({ duties: ['system', 'contract', 'system'] }).contact.duties, ['contract', 'system'])
  for (const role of ROLES) t.strictSame(read({ role, duties: DUTIES }).contact.duties.length, 3)
})

t.test('R15: the given name may be absent, but neither part may be empty', async t => {
  t.strictSame(read({ given_name: null }).refusals, [])
  t.strictSame(errorsOf({ family_name: '\u3000 ', given_name: '\u00A0' }), [['#/family_name', 'empty'], ['#/given_name', 'empty']])
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
    { type: 'name-not-personal', code: 'several-people', pointer: '#/family_name', matched: '/', people: ['山田', '伊藤', '佐藤'] }
  ])
  t.match(read({ given_name: '太郎 / 花子' }).refusals, [{ type: 'name-not-personal', pointer: '#/given_name', people: ['太郎', '花子'] }])
})

t.test('everything that is wrong is said at once, below the pointer given', async t => {
  const { refusals } = read({ family_name: ' ', given_name: '太郎/花子', email: 'x' }, '#/new_contact')
  t.match(refusals, [
    { type: 'invalid-request', errors: [{ pointer: '#/new_contact/family_name' }, { pointer: '#/new_contact/email' }] },
    { type: 'name-not-personal', pointer: '#/new_contact/given_name' }
  ])
})

t.test('reading a contact that was read changes nothing more', async t => {
  const { contact } = read({ family_name: '　ﾔﾏﾀﾞ\uFA19 ', given_name: 'Ｔａｒｏ', email: ' "A..b"＠日本語.JP ', duties: ['system', 'contract'] })
  t.strictSame(read(contact).contact, contact)
})

t.test('R13: a name of which nothing can be seen is no name', async t => {
  for (const family_name of ['\u200B', '\u3164', '\uFFA0', '\u00AD\uFE0F', '・', '--']) t.strictSame(errorsOf({ family_name }), [['#/family_name', 'empty']], JSON.stringify(family_name))
})
