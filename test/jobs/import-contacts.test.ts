import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { contact, contract, customer, importer } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, context } = service
const { imported, report } = importer(t, service)

const bare = (items: any[]) => items.map(({ contact_id: _id, ...row }) => row)

t.test('R39: customers, contracts and contacts of one file follow the rules of single registrations', async t => {
  const lines = [
    customer('A'),
    contract('A-1', 'A'),
    contact('A-1', '山田 太郎', 'yamada@a.example.jp', { role: 'primary', registered_at: '2021-04-01T00:00:00Z' }),
    contact('A-1', 'Hanako Sato', 'sato@a.example.jp', { duties: ['system'], privacy_notice_version: '2025-10' }),
    contract('A-2', 'A'),
    contact('A-2', '山田 太郎', 'yamada@a.example.jp', { role: 'primary' }),
  ]
  const first = await imported(lines)
  t.match(first, { state: 'finished', rows: { total: 6, done: 6, created: 6 } })
  const { body } = await call('GET', '/v1/contracts/A-1/contacts')
  t.match(body.items, [
    { name: '山田 太郎', role: 'primary', registered_at: '2021-04-01T00:00:00.000Z', privacy_notice_version: null },
    { family_name: 'Sato', duties: ['system'], privacy_notice_version: '2025-10' },
  ])
  const { items } = (await call('GET', '/v1/contracts/A-1/history')).body
  t.match(items[0], { source: 'import', occurred_at: '2026-04-01T00:30:00.000Z' }, 'history says when it was imported')
  const again = await imported(lines)
  t.match(again, { state: 'finished', rows: { total: 6, unchanged: 6 } }, 'the same file changes nothing')
})

t.test('R39: a dry run says the same and changes nothing', async t => {
  const lines = [
    customer('B'),
    contract('B-1', 'B'),
    contact('B-1', '山田 太郎', 'yamada@b.example.jp', { role: 'primary' }),
    contact('B-1', '山田/伊藤/佐藤', 'support@b.example.jp'),
    contact('B-1', '鈴木 一郎', 'not an address'),
    contact('B-9', '鈴木 一郎', 'suzuki@b.example.jp'),
    customer('B2'),
    contract('B2-1', 'B2'),
    contact('B2-1', '田中 次郎', 'yamada@b.example.jp', { role: 'primary' }),
  ]
  const dry = await imported(lines, '?dry_run=true&on_problem=skip_row')
  t.equal((await call('GET', '/v1/customers/B')).status, 404)
  const real = await imported(lines, '?on_problem=skip_row')
  t.same(bare(dry.items), bare(real.items))
  t.match(real.rows, { created: 5, refused: 4 })
  const suggestions = [{ family_name: '山田' }, { family_name: '伊藤' }, { family_name: '佐藤' }]
  t.match(real.items[3].problems, [{ type: '/problems/name-not-personal', pointers: ['#/name'], suggestions }])
  t.match(real.items[3].values, [{ field: 'name', value: '山田/伊藤/佐藤' }])
  t.match(real.items[4].problems, [{ type: '/problems/invalid-request', errors: [{ pointer: '#/email' }] }])
  t.match(real.items[5].problems, [{ type: '/problems/unknown-reference' }])
  t.match(real.items[8].problems, [{ type: '/problems/email-taken' }], 'R20: also within one file')
})

t.test('R39: a bad list comes in but for its bad rows, or not at all', async t => {
  const lines = [
    contract('A-3', 'A'),
    contact('A-3', '株式会社青空', 'company@a.example.jp'),
    contact('A-3', '伊藤 花子', 'ito@a.example.jp', { role: 'primary' }),
    contact('A-3', '渡部 明', 'watabe@a.example.jp', { role: 'primary' }),
  ]
  const outcomes = async (query: string) => (await imported(lines, query)).items.map(({ outcome }) => outcome)
  t.same(await outcomes('?dry_run=true'), ['created', 'refused', 'skipped', 'refused'])
  t.same(await outcomes('?on_problem=skip_row'), ['created', 'refused', 'created', 'refused'])
  const without = [contract('A-4', 'A'), contact('A-4', '森 進', 'mori@a.example.jp')]
  t.match((await imported(without)).items[1], {
    outcome: 'refused',
    problems: [{ type: '/problems/primary-required' }],
  })
  const lost = [...without, contact('A-4', '管理者', 'kanri@a.example.jp', { role: 'primary' })]
  const { items } = await imported(lost, '?on_problem=skip_row')
  t.match(items.slice(1), [{ outcome: 'skipped' }, { outcome: 'refused' }], 'no other contact becomes the primary')
})

t.test('R27: an existing list comes in over its limit, once', async t => {
  const people = ['一', '二', '三', '四', '五', '六'].map((name, index) =>
    contact('A-5', `木村 ${name}`, `${index}@kimura.example.jp`, index === 0 ? { role: 'primary' } : {}),
  )
  const refused = await imported([contract('A-5', 'A'), ...people], '?on_problem=skip_row&dry_run=true')
  t.match(refused.rows, { created: 5, refused: 2 }, 'four seats and the contract')
  const taken = await imported([contract('A-5', 'A'), ...people], '?accept_over_limit=true')
  t.match(taken.rows, { created: 7 })
  t.match((await call('GET', '/v1/contracts/A-5')).body.over_limit, { by: 2 })
  const more = await imported([contact('A-5', '木村 七', '7@kimura.example.jp')], '?accept_over_limit=true')
  t.match(more.items[0].problems, [{ type: '/problems/seat-limit-reached' }], 'never past what was there')
})

t.test('R39: lines of contacts add and change, and only a roster removes', async t => {
  const { items } = (await call('GET', '/v1/contracts/A-1/contacts')).body
  const changed = await imported([
    contact('A-1', 'Hanako Sato', 'sato@a.example.jp', { duties: ['operations'] }),
    contact('A-1', 'Hanako Sato', 'sato@a.example.jp', { duties: ['contract'] }),
    {
      type: 'contact',
      contract_id: 'A-1',
      contact_id: items[1].contact_id,
      name: 'Sato Hana',
      email: 's@a.example.jp',
    },
  ])
  t.match(changed.items, [
    { outcome: 'changed' },
    { outcome: 'changed', possible_duplicates: [{ line: 1 }] },
    { outcome: 'changed', contact_id: items[1].contact_id },
  ])
  const list = { type: 'roster', contract_id: 'A-1', contacts: [{ ...items[0] }] }
  const roster = await imported([list, contact('A-1', '林 香', 'hayashi@a.example.jp')])
  t.match(roster.rows, { created: 1, changed: 1 }, roster.items[0].problems)
  const bad = await imported([
    { ...list, contacts: [{ name: '小林 実', role: 'primary', email: 'k@a.example.jp' }, { family_name: '林' }] },
    contact('A-1', '森 一', 'mori1@a.example.jp'),
  ])
  t.match(bad.items, [{ outcome: 'refused', problems: [{ pointers: ['#/contacts/1/email'] }] }, { outcome: 'skipped' }])
  const late = await imported([contact('A-1', '森 一', 'm@a.example.jp', { registered_at: '2030-01-01T00:00:00Z' })])
  t.match(late.items[0].problems, [{ errors: [{ pointer: '#/registered_at', code: 'in-the-future' }] }])
})

t.test('R39: each line needs the scope of its thing, as the client has it when the line is worked off', async t => {
  const only = service.callByClient('019354a8-6c00-7c41-9d2e-3f5b8a1c7e90', 'imports:write')
  const file = `${JSON.stringify(customer('C'))}\n`
  const { body } = await only('POST', '/v1/imports', file, { 'content-type': 'application/x-ndjson' })
  await runImport(context, body.import_id, new AbortController().signal)
  t.match((await report(body.import_id)).items, [
    { outcome: 'refused', problems: [{ type: '/problems/forbidden', required_scope: 'customers:write' }] },
  ])
})

t.test('R39: a table with Japanese words is a file of contacts', async t => {
  const table =
    '契約番号,区分,お名前,メールアドレス\r\nA-6,主担当,岡田 準,okada@a.example.jp\r\nA-6,社長,原 誠,hara@a.example.jp\r\n'
  await imported([contract('A-6', 'A')])
  const { body } = await call('POST', '/v1/imports?on_problem=skip_row', table, { 'content-type': 'text/csv' })
  await runImport(context, body.import_id, new AbortController().signal)
  const { items } = await report(body.import_id)
  t.match(items, [
    { line: 2, outcome: 'created' },
    { line: 3, outcome: 'refused', values: [{ field: 'role' }] },
  ])
})
