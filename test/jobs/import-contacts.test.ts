import t from 'tap'
import { runImport } from '#actions/run-import.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, context } = service

type Line = Record<string, unknown>

async function send(lines: readonly Line[], query = '') {
  const body = lines.map(line => `${JSON.stringify(line)}\n`).join('')
  return await call('POST', `/v1/imports${query}`, body, { 'content-type': 'application/x-ndjson' })
}

async function imported(lines: readonly Line[], query = '') {
  const sent = await send(lines, query)
  t.equal(sent.status, 202, sent.text)
  await runImport(context, sent.body.import_id, new AbortController().signal)
  const { body } = await call('GET', `/v1/imports/${sent.body.import_id}`)
  const rows = await call('GET', `/v1/imports/${sent.body.import_id}/rows?limit=200`)
  return { ...body, items: rows.body.items }
}

const bare = (items: any[]) => items.map(({ contact_id: _id, ...row }) => row)

const customer = (customer_id: string): Line => ({ type: 'customer', customer_id, name: `会社 ${customer_id}` })
const contract = (contract_id: string, customer_id: string): Line => ({
  type: 'contract',
  contract_id,
  customer_id,
  product_id: 'manage',
  app_ids: [],
  connections: 0,
  starts_on: '2024-04-01',
  ends_on: null,
})
const contact = (contract_id: string, name: string, email: string, more: Line = {}): Line => ({
  type: 'contact',
  contract_id,
  name,
  email,
  ...more,
})

t.test('R39: customers, contracts and contacts of one file follow the rules of single registrations', async t => {
  const lines = [
    customer('A'),
    contract('A-1', 'A'),
    contact('A-1', '山田 太郎', 'yamada@a.example.jp', { role: 'primary', registered_at: '2021-04-01T00:00:00Z' }),
    contact('A-1', '佐藤 花子', 'sato@a.example.jp', { duties: ['system'], privacy_notice_version: '2025-10' }),
    contract('A-2', 'A'),
    contact('A-2', '山田 太郎', 'yamada@a.example.jp', { role: 'primary' }),
  ]
  const first = await imported(lines)
  t.match(first, { state: 'finished', rows: { total: 6, done: 6, created: 6 } }, JSON.stringify(first.items, null, 1))
  const { body } = await call('GET', '/v1/contracts/A-1/contacts')
  t.match(body.items, [
    { name: '山田 太郎', role: 'primary', registered_at: '2021-04-01T00:00:00.000Z', privacy_notice_version: null },
    { name: '佐藤 花子', duties: ['system'], privacy_notice_version: '2025-10' },
  ])
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
  ]
  const dry = await imported(lines, '?dry_run=true&on_problem=skip_row')
  t.equal((await call('GET', '/v1/customers/B')).status, 404)
  const real = await imported(lines, '?on_problem=skip_row')
  t.same(bare(dry.items), bare(real.items))
  t.match(real.rows, { created: 3, refused: 3 })
  t.match(real.items[3].problems, [
    {
      type: '/problems/name-not-personal',
      suggestions: [{ family_name: '山田' }, { family_name: '伊藤' }, { family_name: '佐藤' }],
    },
  ])
  t.match(real.items[3].values, [{ field: 'name', value: '山田/伊藤/佐藤' }])
  t.match(real.items[5].problems, [{ type: '/problems/unknown-reference' }])
})
