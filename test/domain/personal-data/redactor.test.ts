import t from 'tap'
import { redactorOf } from '#domain/personal-data/redactor.ts'
import { personTraces } from '#domain/personal-data/person-traces.ts'

const ID = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
const person = (contact_id: string, family_name: string, email_key: string) => ({
  traces: personTraces([contact_id], [{ name: { family_name, given_name: null }, email_key }]),
  own_keys: new Set([email_key]),
  external_ids: new Set<string>(),
})
const redact = redactorOf([
  person(ID, '服部', 'hattori@xn--fsq.example.jp'),
  person('019d4672-0000-7c41-9d2e-3f5b8a1c7e90', '度会', 'watarai@example.jp'),
])

t.test('R33: each document loses the people whom it names, and says which', async t => {
  const other = { note: '佐藤様より', email: 'sato@example.jp' }
  t.strictSame(redact(other, 'null'), { value: other, named: [] })
  t.strictSame(redact({ note: '服部様と度会様より' }, 'null'), { value: { note: '[erased]' }, named: [0] })
  const names = { display_name: '服部/度会/佐藤' }
  t.strictSame(redact(names, 'null'), { value: { display_name: '[erased]/[erased]/佐藤' }, named: [0, 1] })
  const named = { contact_id: ID, name: 'X' }
  t.strictSame(redact({ ...named, email: null }, 'null').value, { contact_id: ID, name: null, email: null })
  t.strictSame(redact(named, 'null').value, { contact_id: ID, name: '[erased]' }, 'the answer has a text there')
})

t.test('R33: a document that is not about a person keeps the name of a namesake', async t => {
  const names = { display_name: '服部/度会' }
  const left = { display_name: '服部/[erased]' }
  t.strictSame(
    redact(names, 'null', place => place === 1),
    { value: left, named: [1] },
  )
})

t.test('R33: an address is found in whichever way it is written', async t => {
  for (const email of ['Hattori@例.example.jp', 'hattori@xn--fsq.example.jp', 'ＨＡＴＴＯＲＩ@例.example.jp'])
    t.strictSame(redact({ email }, 'null'), { value: { email: null }, named: [0] }, email)
  const quoted = { note: 'a "quoted" note of 度会さん' }
  t.strictSame(redact(quoted, 'word'), { value: { note: '[erased]' }, named: [1] })
  t.strictSame(redact({ note: 'a "quoted" note' }, 'word').named, [])
})
