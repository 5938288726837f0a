import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { fillNoticeRegistry, nameAsBefore } from '../../helpers/notice-registry.ts'
import { testService } from '../../helpers/test-service.ts'
import { ConnectionError } from '#db/driver/connection-error.ts'

const service = await testService(t)
const { app, call, database } = service
const list = async (query = '', headers = {}) =>
  await call('GET', `/v1/notice-recipients?purpose=product_information${query}`, undefined, headers)

const CSV = { accept: 'text/csv' }
const NDJSON = { accept: 'application/x-ndjson' }

await fillNoticeRegistry(service)

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

t.test('CSV: quoted, with values as they are; for Excel with a byte order mark and without formulas', async t => {
  const { headers, text } = await list('', CSV)
  t.match(headers['content-type'], 'text/csv; charset=utf-8')
  const [names, desk, , plus, ...rest] = text.split('\r\n')
  t.equal(names, 'account_id,customer_id,customer_name,email,display_name,shared,roles,contract_ids,product_ids')
  t.match(
    desk,
    /,one,"株式会社「青空」, 商事",Desk@one\.example\.jp,山田\/佐藤,true,primary secondary,N-1 N-2,data_link manage_ac$/,
  )
  t.match(plus, /,two,株式会社青空商事,\+plus@two\.example\.jp,=cmd\|calc,false,primary,N-3,manage$/)
  t.same(rest, [''])
  const guarded = text.replace(',+plus', ",'+plus").replace(',=cmd', ",'=cmd")
  t.equal((await list('&bom=true', CSV)).text, `\uFEFF${guarded}`)
  t.equal((await list('&bom=false', CSV)).text, text)
  t.equal((await list('&customer_id=nobody', CSV)).text, `${names}\r\n`, 'an empty list has its names')
  t.equal((await list('&customer_id=nobody', NDJSON)).text, '')
})

t.test('every way in which a spreadsheet begins a formula is neutralised for Excel', async t => {
  await putContract(call, 'N-f', { product_id: 'data_link', connections: 50, customer_id: 'formulas' })
  for (const [index, sign] of ['=', '+', '-', '@', '＝', '＋', '－', '＠'].entries()) {
    await nameAsBefore(
      database,
      await register(call, 'N-f', {
        role: index === 0 ? 'primary' : 'secondary',
        given_name: null,
        email: `f${index}@formulas.example.jp`,
      }),
      `${sign}1`,
    )
  }
  await putCustomer(call, 'formulas', '＝1+1')
  const { text } = await list('&customer_id=formulas&bom=true', CSV)
  const rows = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map(line => line.split(','))
  t.equal(rows.length, 8)
  for (const row of rows) t.match([row[2], row[4]], [/^'/, /^'/])
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
      name_doubtful, email, email_key, privacy_notice_version, registered_at, first_registered_at)
    select uuidv7(), 'N-2', 'one', account_id, 'secondary', '{}', '山田', '山田', false, email, email_key,
      '2025-10', now(), now() from made`,
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
    if (statement.text.includes('customer_name') && ++batches > 1) throw new ConnectionError(new Error('gone'), true)
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
