import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { app, call, callWith, clock, database, log } = await testService(t)
const list = async (query = '', headers = {}) =>
  await call('GET', `/v1/notice-recipients?purpose=product_information${query}`, undefined, headers)
const emails = async (query = ''): Promise<string[]> => (await list(query)).body.items.map((item: any) => item.email)
/** Gives a contact a name that would be refused today (R13): what was registered before stays. */
async function nameAsBefore({ contact_id }: { contact_id: string }, family_name: string): Promise<void> {
  await database.run({
    name: '',
    text: 'update contacts set family_name = $2, name_key = $2 where contact_id = $1',
    values: [contact_id, family_name],
  })
}
const CSV = { accept: 'text/csv' }
const NDJSON = { accept: 'application/x-ndjson' }

await putContract(call, 'N-1', { product_id: 'manage_ac', customer_id: 'one' })
await putContract(call, 'N-2', { product_id: 'data_link', connections: 1, customer_id: 'one' })
await putContract(call, 'N-3', { customer_id: 'two', starts_on: '2026-05-01' })
await putContract(call, 'N-4', { customer_id: 'ended', ends_on: '2026-04-01' })
await putCustomer(call, 'one', '株式会社「青空」, 商事')
const box = { email: 'Desk@one.example.jp', shared_mailbox: true }
await register(call, 'N-1', { ...box, role: 'primary' })
await register(call, 'N-1', { ...box, family_name: '佐藤', given_name: '次郎' })
await register(call, 'N-2', { ...box, role: 'primary' })
await register(call, 'N-2', { family_name: '伊藤', given_name: '花子', email: 'ito@one.example.jp' })
const plus = await register(call, 'N-3', { role: 'primary', given_name: null, email: '+plus@two.example.jp' })
await nameAsBefore(plus, '=cmd|calc')
await register(call, 'N-4', { role: 'primary', email: 'who@ended.example.jp' })
const gone = await register(call, 'N-2', { family_name: '高橋', given_name: null, email: 'gone@one.example.jp' })
await call('DELETE', `/v1/contacts/${gone.contact_id}`)
clock.set('2026-04-02T00:00:00.000Z')

t.test('R31: every open account once, however many contacts and contracts stand behind it', async t => {
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

t.test('R32: a list names its purpose, and the log says who took it, without anybody in it', async t => {
  for (const query of ['', '?purpose=', '?purpose=fun', '?purpose=surveys&purpose=surveys'])
    t.equal((await call('GET', `/v1/notice-recipients${query}`)).status, 400, query)
  t.equal((await callWith('accounts:read')('GET', '/v1/notice-recipients?purpose=surveys')).status, 403)
  log.length = 0
  await callWith('notices:read')('GET', '/v1/notice-recipients?purpose=surveys&customer_id=one', undefined, CSV)
  t.match(
    log.map(line => JSON.parse(line)),
    [
      {
        client: 'scoped',
        purpose: 'surveys',
        format: 'text/csv',
        customer_id: 'one',
        msg: 'notice recipients are taken out',
      },
      { status: 200 },
    ],
  )
  t.notMatch(log.join(''), /example\.jp|山田/)
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

t.test('NDJSON: the same rows, a line each', async t => {
  const { status, headers, text } = await list('', NDJSON)
  t.match(
    { status, headers },
    {
      status: 200,
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="notice-recipients-product_information-2026-04-02.ndjson"',
        'cache-control': 'private, no-store',
      },
    },
  )
  t.same(
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
    (await list()).body.items,
  )
})

t.test('CSV: quoted, safe in spreadsheets, with a byte order mark where it is asked for', async t => {
  const { headers, text } = await list('', CSV)
  t.match(headers['content-type'], 'text/csv; charset=utf-8')
  const [names, desk, , plus, ...rest] = text.split('\r\n')
  t.equal(names, 'account_id,customer_id,customer_name,email,display_name,shared,roles,contract_ids,product_ids')
  t.match(
    desk,
    /,one,"株式会社「青空」, 商事",Desk@one\.example\.jp,山田\/佐藤,true,primary secondary,N-1 N-2,data_link manage_ac$/,
  )
  t.match(plus, /,two,株式会社青空商事,'\+plus@two\.example\.jp,'=cmd\|calc,false,primary,N-3,manage$/)
  t.same(rest, [''])
  t.equal((await list('&bom=true', CSV)).text, `\uFEFF${text}`)
  t.equal((await list('&customer_id=nobody', CSV)).text, `${names}\r\n`, 'an empty list has its names')
  t.equal((await list('&customer_id=nobody', NDJSON)).text, '')
})

t.test('every way in which a spreadsheet begins a formula is neutralised', async t => {
  await putContract(call, 'N-f', { product_id: 'data_link', connections: 50, customer_id: 'formulas' })
  for (const [index, sign] of ['=', '+', '-', '@', '＝', '＋', '－', '＠'].entries()) {
    await nameAsBefore(
      await register(call, 'N-f', {
        role: index === 0 ? 'primary' : 'secondary',
        given_name: null,
        email: `f${index}@formulas.example.jp`,
      }),
      `${sign}1`,
    )
  }
  await putCustomer(call, 'formulas', '＝1+1')
  const { text } = await list('&customer_id=formulas', CSV)
  const rows = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map(line => line.split(','))
  t.equal(rows.length, 8)
  for (const row of rows) t.match([row[2], row[4]], [/^'/, /^'/])
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

t.test('a list of many batches is whole, also where accounts come and go meanwhile', async t => {
  await database.run({
    name: '',
    values: [],
    text: `
    with made as (insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
      select uuidv7(), 'one', 'm' || n || '@many.example.jp', 'm' || n || '@many.example.jp', now()
        from generate_series(1, 2500) n returning *)
    insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key,
      name_doubtful, email, email_key, shared_mailbox, privacy_notice_version, registered_at)
    select uuidv7(), 'N-2', 'one', account_id, 'secondary', '{}', '山田', '山田', false, email, email_key, false,
      '2025-10', now() from made`,
  })
  const { text } = await list('&customer_id=one', NDJSON)
  const lines = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  t.equal(lines.length, 2502)
  t.equal(new Set(lines.map(line => line.account_id)).size, 2502)
  t.equal((await list('&customer_id=one', CSV)).text.trimEnd().split('\r\n').length, 2503)
})

t.test('a database that goes away in the middle breaks the transfer off; one that is away is a problem', async t => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const run = database.run
  t.teardown(() => {
    database.run = run
  })
  let batches = 0
  database.run = async statement => {
    if (statement.text.includes('customer_name') && ++batches > 1)
      throw Object.assign(new Error('gone'), { code: '57P01' })
    return await run(statement)
  }
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    path: '/v1/notice-recipients?purpose=surveys',
    headers: { authorization: 'Bearer test-key', ...NDJSON },
  }).end()
  const [response] = await once(request, 'response')
  response.resume()
  await t.rejects(once(response, 'end'), { message: /aborted/ })
  batches = 1
  t.match(await list('', CSV), { status: 503, headers: { 'content-type': 'application/problem+json' } })
})
