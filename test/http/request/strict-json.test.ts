import t from 'tap'
import { putContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
await putContract(call, 'json')
const person = { role: 'primary', family_name: '山田', email: 'yamada@example.jp', privacy_notice_version: '2025-10' }
const post = async (body: string | Buffer, headers = {}) =>
  await call('POST', '/v1/contracts/json/contacts', body, headers)
const withText = (field: string, escaped: string) =>
  JSON.stringify({ ...person, [field]: 'HERE' }).replace('HERE', () => escaped)
const seats = async (connections: string) =>
  await call('POST', '/v1/seat-calculations', `{"product_id":"data_link","connections":${connections}}`)
const fields = (count: number) => Array.from({ length: count }, (_, index) => `"a${index}":0`).join(',')
const bytes = (...between: number[]) =>
  Buffer.concat([Buffer.from('{"family_name":"'), Buffer.from(between), Buffer.from('"}')])

const REFUSED: Record<string, [body: string | Buffer, pointer: string, code: string]> = {
  'no JSON': ['hello', '#', 'malformed-json'],
  'half an object': ['{"role":', '#', 'malformed-json'],
  'two values': ['{} {}', '#', 'malformed-json'],
  'a trailing comma': ['{"role":"primary",}', '#', 'malformed-json'],
  'a comment': ['{/* */}', '#', 'malformed-json'],
  'single quotes': ["{'role':'primary'}", '#', 'malformed-json'],
  NaN: ['{"role":NaN}', '#', 'malformed-json'],
  'a raw line break in a string': ['{"family_name":"a\nb"}', '#', 'malformed-json'],
  'a bad escape': ['{"family_name":"\\x"}', '#', 'malformed-json'],
  'white space only': ['  \n ', '#', 'malformed-json'],
  'a prototype': ['{"__proto__":{"role":"primary"}}', '#', 'malformed-json'],
  'an escaped prototype': ['{"\\u005f_proto__":{"role":"primary"}}', '#', 'malformed-json'],
  'a constructor with a prototype': ['{"constructor":{"prototype":{"role":"primary"}}}', '#', 'malformed-json'],
  'a key twice': [JSON.stringify(person).replace('{', '{"role":"secondary",'), '#', 'duplicate-key'],
  'a key twice, once escaped': [
    JSON.stringify(person).replace('{', '{"r\\u006fle":"secondary",'),
    '#',
    'duplicate-key',
  ],
  'a key twice, deep inside': ['{"a":[{"b":{"c":1,"c":1}}]}', '#', 'duplicate-key'],
  'nesting of 33': ['['.repeat(33) + ']'.repeat(33), '#', 'too-deep'],
  'nesting of 30,000': ['{"a":'.repeat(30_000) + '1' + '}'.repeat(30_000), '#', 'too-deep'],
  'an object of 10,001 fields': [`{"a":{${fields(10_001)}}}`, '#', 'too-many-fields'],
  'an object of 10,001 equal fields': [`{${'"a":0,'.repeat(10_000)}"a":0}`, '#', 'too-many-fields'],
  'an unclosed list of 100,000': ['['.repeat(100_000), '#', 'too-deep'],
  'an object of 9,000 unknown fields': [
    `${JSON.stringify(person).slice(0, -1)},${fields(9000)}}`,
    '#/a0',
    'unknown-field',
  ],
  'UTF-8 cut short': [bytes(0xe5, 0xb1), '#', 'invalid-utf-8'],
  'an overlong encoding': [bytes(0xc0, 0x80), '#', 'invalid-utf-8'],
  'an encoded surrogate': [bytes(0xed, 0xa0, 0x80), '#', 'invalid-utf-8'],
  'Latin-1': [bytes(0xe9), '#', 'invalid-utf-8'],
  'Shift JIS': [bytes(0x8e, 0x52), '#', 'invalid-utf-8'],
  'UTF-16': [Buffer.from('{"a":1}', 'utf16le'), '#', 'malformed-json'],
  'a NUL': [withText('family_name', '山\\u0000田'), '#/family_name', 'control-character'],
  'a raw NUL': ['{"a":"\u0000"}', '#', 'malformed-json'],
  'an escape character': [withText('family_name', '\\u001b[31m'), '#/family_name', 'control-character'],
  'a C1 control': [withText('family_name', '\\u0085'), '#/family_name', 'control-character'],
  'half a surrogate pair': [withText('family_name', '\\ud800'), '#/family_name', 'lone-surrogate'],
  'the other half': [withText('family_name', '太\\udfff郎'), '#/family_name', 'lone-surrogate'],
  'a pair the wrong way round': [withText('family_name', '\\udfff\\ud800'), '#/family_name', 'lone-surrogate'],
  'a bidirectional override': [withText('family_name', '\\u202egnol'), '#/family_name', 'control-character'],
  'a bidirectional isolate': [withText('email', 'a\\u2066b@example.jp'), '#/email', 'control-character'],
  'a NUL in a key': ['{"a\\u0000":1}', '#/a\u0000', 'control-character'],
  'a surrogate in a key': ['{"\\ud800":1}', '#/\ufffd', 'lone-surrogate'],
  'a surrogate deep inside': ['{"duties":["system","\\ud800"]}', '#/duties/1', 'lone-surrogate'],
}

for (const [name, [body, pointer, code]] of Object.entries(REFUSED)) {
  t.test(`refused with its place: ${name}`, async t => {
    const refused = await post(body)
    t.match(refused, {
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: '/problems/invalid-request', status: 400 },
    })
    t.match(refused.body.errors[0], { in: 'body', pointer, code })
    t.equal(refused.body.instance, refused.headers['request-id'])
  })
}

t.test('values of another JSON type are not taken for what they look like', async t => {
  for (const body of ['null', '1', '"text"', '[]', 'true', ''])
    t.match(
      await post(body),
      { status: 400, body: { errors: [{ in: 'body', pointer: '#', code: 'wrong-type' }] } },
      body,
    )
  for (const value of [1, true, null, [], {}, ['山田']])
    t.match(
      await post(JSON.stringify({ ...person, family_name: value })),
      { status: 400, body: { errors: [{ pointer: '#/family_name', code: 'wrong-type' }] } },
      JSON.stringify(value),
    )
})

t.test('huge and odd numbers are refused where they do not fit', async t => {
  for (const number of ['1e400', '-1e400', '9007199254740993', '1e308', '0.1', '-1', '10001', '"2"', '[2]'])
    t.equal((await seats(number)).status, 400, number)
  for (const number of ['2', '2.0', '2e0', '0.2e1'])
    t.match(await seats(number), { status: 200, body: { connections: 2, seats: { limit: 4 } } }, number)
  for (const number of ['-0', '1e-400', 'null'])
    t.match(await seats(number), { status: 200, body: { connections: 0, seats: { limit: 2 } } }, number)
})

t.test('a body of two megabytes is refused, whatever is in it', async t => {
  for (const body of [
    'x'.repeat(2e6),
    JSON.stringify({ ...person, family_name: 'x'.repeat(2e6) }),
    Buffer.alloc(2e6),
    '['.repeat(2e6),
  ]) {
    t.match(await post(body), { status: 413, body: { type: '/problems/payload-too-large', limit_bytes: 1048576 } })
  }
  t.match(await post(JSON.stringify({ ...person, family_name: 'x'.repeat(200_000) })), {
    status: 400,
    body: { errors: [{ pointer: '#/family_name', code: 'too-long' }] },
  })
  const many = await post(
    JSON.stringify({
      ...person,
      ...Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, index])),
    }),
  )
  t.match(many, { status: 400, body: { errors: { length: 50 } } }, 'not every one of 5,000 mistakes is listed')
})

t.test('nothing of all this has left anything behind, and good text comes through as it was sent', async t => {
  t.match(await rowCounts(database), { contacts: 0, accounts: 0, open: 0 })
  t.match(await post(`\ufeff ${JSON.stringify({ ...person, family_name: '𠮷' })}\n`), {
    status: 201,
    body: { family_name: '𠮷' },
  })
  for (const name of ['👨‍👩‍👧', 'Zoë', 'עברית', '"\\/', 'a\tb'])
    t.equal((await call('PUT', '/v1/customers/text', JSON.stringify({ name }))).body.name, name)
  t.equal((await call('PUT', '/v1/customers/text', '{"name":"\\ud842\\udfb7"}')).body.name, '𠮷')
  t.equal(
    (await call('PUT', '/v1/customers/text', '{"n\\u0061me":"{\\"name\\":1,\\"name\\":2}"}')).body.name,
    '{"name":1,"name":2}',
  )
})
