import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { contact, contract, customer, importer, type Line } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, context } = service
const { imported, report } = importer(t, service)
const LINES = { 'content-type': 'application/x-ndjson' }

const NAMED = '{"type":"customer","customer_id":"c1","name":"'
const inside = (hex: string): Buffer =>
  Buffer.concat([Buffer.from(NAMED), Buffer.from(hex, 'hex'), Buffer.from('"}\n')])
const many = Array.from({ length: 10_001 }, (_, index) => `"a${index}":1`).join(',')

t.test('R39: a line that is not read says why, with its number', async t => {
  for (const [what, file, fault] of [
    ['a broken end', `\n${NAMED}`, { code: 'malformed-json', line: 2 }],
    ['two objects', `${NAMED}"}${NAMED}"}\n`, { code: 'malformed-json', line: 1, column: 49 }],
    ['a field twice', `${NAMED}","name":"x"}\n`, { code: 'duplicate-key', line: 1 }],
    ['too deep', `{"type":"customer","x":${'['.repeat(40)}${']'.repeat(40)}}\n`, { code: 'too-deep', expected: 32 }],
    ['many fields', `{"type":"customer",${many}}\n`, { code: 'too-many-fields', expected: 10_000 }],
    ['Shift_JIS', inside('8e5293638179'), { code: 'other-encoding', found: 'shift_jis', column: 47 }],
    ['no letter', inside('ff'), { code: 'undecodable', found: '0xFF', column: 47 }],
    ['UTF-16', Buffer.from(`\uFEFF${NAMED}"}\n`, 'utf16le'), { code: 'other-encoding', found: 'utf-16' }],
    ['a workbook', 'PK\x03\x04', { code: 'other-file', found: 'spreadsheet', detail: /an Excel workbook/ }],
    ['a table', 'contract_id,name,email\n', { code: 'malformed-json', detail: /send a CSV file as `text\/csv`/ }],
    ['10 MB', `${NAMED}${'x'.repeat(10 * 1024 * 1024)}"}\n`, { code: 'line-too-long', line: 1 }],
  ] as const) {
    const { status, body } = await call('POST', '/v1/imports', file, LINES)
    t.match({ status, body }, { status: 202, body: { state: 'failed', problem: { errors: [fault] } } }, what)
  }
})

t.test('R39: text that no request may hold is the fault of its row, in a field that is known or not', async t => {
  const lines = [
    `${NAMED}\\ud800"}`,
    `${NAMED}\\u0000"}`,
    `${NAMED}x","memo":"\\ud800"}`,
    `${NAMED}x","\\ud800":1}`,
    `${NAMED}x","\\u0000":1}`,
    `${NAMED}x"}`,
  ]
  const { status, body } = await call('POST', '/v1/imports', lines.join('\n'), LINES)
  t.equal(status, 202)
  await runImport(context, body.import_id, new AbortController().signal)
  const { items } = await report(body.import_id)
  t.same(
    items.map(({ outcome }: any) => outcome),
    [...Array.from({ length: 5 }, () => 'refused'), 'created'],
  )
  t.match(
    items.map(({ problems }: any) => problems[0]?.errors?.[0]),
    [
      { pointer: '#/name', code: 'lone-surrogate' },
      { pointer: '#/name', code: 'control-character' },
      { pointer: '#/memo', code: 'lone-surrogate' },
      { pointer: '#/\uFFFD', code: 'lone-surrogate' },
      { pointer: '#/\uFFFD', code: 'control-character' },
    ],
  )
  t.same(items[0].values, [{ field: 'name', value: '\uFFFD' }])
})

t.test('R39: the things of a file may come in any order, the lines of one contract in that of the file', async t => {
  const yamada = { name: '山田 太郎', email: 'y@x.example.jp', role: 'primary' }
  const list: Line = {
    type: 'roster',
    contract_id: 'k1',
    contacts: [yamada, { name: '伊藤 花子', email: 'i@x.example.jp' }],
  }
  const { items } = await imported([
    contact('k1', yamada.name, yamada.email, { role: 'primary' }),
    contact('k1', '鈴木 一', 'leaves@x.example.jp'),
    contract('k1', 'c9'),
    { ...list, confirm_removals: 1 },
    contact('k1', '佐藤 一', 's@x.example.jp'),
    customer('c9'),
  ])
  t.same(
    items.map(({ outcome }) => outcome),
    ['created', 'created', 'created', 'changed', 'created', 'created'],
    JSON.stringify(items.flatMap(({ problems }) => problems)),
  )
  const { items: contacts } = (await call('GET', '/v1/contracts/k1/contacts')).body
  t.same(contacts.map(({ email }: any) => email).toSorted(), ['i@x.example.jp', 's@x.example.jp', 'y@x.example.jp'])
})
