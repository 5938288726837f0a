import t from 'tap'
import { fillNoticeRegistry } from '../../helpers/notice-registry.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, callWith, log } = service
const list = async (query = '', headers = {}) =>
  await call('GET', `/v1/notice-recipients?purpose=product_information${query}`, undefined, headers)
const emails = async (query = ''): Promise<string[]> => (await list(query)).body.items.map((item: any) => item.email)
const CSV = { accept: 'text/csv' }
const NDJSON = { accept: 'application/x-ndjson' }

await fillNoticeRegistry(service)

t.test('R31: every open account once, however many contacts and contracts use it', async t => {
  t.same(await emails(), ['Desk@one.example.jp', 'ito@one.example.jp', '+plus@two.example.jp'])
  const { body } = await list()
  t.equal(body.purpose, 'product_information')
  t.match(body.items[0], {
    customer_name: '株式会社「青空」, 商事',
    display_name: '山田/佐藤',
    shared: true,
    roles: ['primary', 'secondary'],
    contract_ids: ['N-1', 'N-2'],
    product_ids: ['data_link', 'manage_ac'],
  })
  t.same(await emails('&product_id=data_link'), ['Desk@one.example.jp', 'ito@one.example.jp'])
  t.same(await emails('&role=secondary'), ['Desk@one.example.jp', 'ito@one.example.jp'])
  t.same(
    await emails('&role=secondary&product_id=data_link'),
    ['ito@one.example.jp'],
    'the role is that on a contract of the product',
  )
  t.same(await emails('&customer_id=two'), ['+plus@two.example.jp'])
  t.same(await emails('&customer_id=two&product_id=data_link'), [])
})

t.test('R32: a list names its purpose, and the record says who took it, without a person in it', async t => {
  for (const query of ['', '?purpose=', '?purpose=fun', '?purpose=surveys&purpose=surveys'])
    t.equal((await call('GET', `/v1/notice-recipients${query}`)).status, 400, query)
  t.equal((await callWith('accounts:read')('GET', '/v1/notice-recipients?purpose=surveys')).status, 403)
  log.length = 0
  await callWith('notices:read')('GET', '/v1/notice-recipients?purpose=surveys&customer_id=one', undefined, CSV)
  const { body, text } = await call('GET', '/v1/disclosures?client=scoped')
  t.match(body.items, [
    { purpose: 'surveys', format: 'csv', filter: { customer_id: 'one' }, rows: 2, state: 'complete' },
  ])
  t.notMatch(log.join('') + text, /example\.jp|山田/)
})

t.test('pages, and their entity tag', async t => {
  const first = await list('&limit=2')
  t.equal(first.body.items.length, 2)
  t.same(
    (await list(`&limit=2&cursor=${first.body.next_cursor}`)).body.items.map((item: any) => item.email),
    ['+plus@two.example.jp'],
  )
  t.equal(
    (await call('GET', `/v1/notice-recipients?purpose=surveys&cursor=${first.body.next_cursor}`)).status,
    400,
    'the cursor of another purpose',
  )
  t.equal((await list('', { 'if-none-match': (await list()).headers['etag']! })).status, 304)
})

t.test('what does not go together is refused', async t => {
  for (const [query, headers] of [
    ['&bom=true', {}],
    ['&bom=true', NDJSON],
    ['&cursor=AAAA', CSV],
    ['&cursor=AAAA', NDJSON],
    ['&limit=10', CSV],
    ['&l%69mit=50', NDJSON],
    ['&role=boss', {}],
    ['&product_id=%00', {}],
  ] as const)
    t.equal((await list(query, headers)).status, 400, query)
  t.equal((await list('', { accept: 'application/xml' })).status, 406)
  t.equal(
    (await list('', { accept: 'text/csv;q=0.1, application/json' })).headers['content-type'],
    'application/json; charset=utf-8',
  )
  const head = await call('HEAD', '/v1/notice-recipients?purpose=surveys', undefined, CSV)
  t.match(head, { status: 200, text: '', headers: { 'content-type': 'text/csv; charset=utf-8' } })
})
