import t from 'tap'
import { fillContract, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
await fillContract(call, 'A-1', 2, { customer_id: 'one' })
await putContract(call, 'B-1', { customer_id: 'two', app_ids: ['attendance', 'man_hours'] })
const person = await register(call, 'B-1', {
  role: 'primary',
  duties: ['system', 'contract'],
  email: '+plus@two.example.jp',
})

const LISTS = [
  ['/v1/customers', 'customer', 'customers', 'customer_id,name,updated_at'],
  ['/v1/contracts', 'contract', 'contracts', 'contract_id,customer_id,product_id,app_ids,connections,starts_on'],
  ['/v1/contacts', 'contact', 'contacts', 'contact_id,contract_id,customer_id,account_id,role,duties,family_name'],
  ['/v1/support-accounts', 'support_account', 'support-accounts', 'account_id,customer_id,email,display_name,state'],
] as const
const NDJSON = { accept: 'application/x-ndjson' }
const CSV = { accept: 'text/csv' }
const linesOf = (text: string): any[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

for (const [path, type, name, columns] of LISTS) {
  t.test(`R31: ${path} leaves whole, as NDJSON and as CSV, with its record`, async t => {
    const { items } = (await call('GET', path)).body
    const ndjson = await call('GET', `${path}?purpose=inquiries`, undefined, NDJSON)
    t.strictSame(
      linesOf(ndjson.text),
      items.map((item: object) => ({ type, ...item })),
    )
    t.match(ndjson.headers['content-disposition'], new RegExp(`filename="${name}-\\d{4}-\\d\\d-\\d\\d\\.ndjson"`))
    const csv = await call('GET', `${path}?purpose=inquiries`, undefined, CSV)
    const lines = csv.text.split('\r\n')
    t.equal(lines.length, items.length + 2)
    t.equal(lines[0]?.startsWith(columns), true)
    const bom = await call('GET', `${path}?purpose=surveys&bom=true`, undefined, CSV)
    t.equal(bom.text.charCodeAt(0), 0xfeff)
    const [last, second, third] = (await call('GET', '/v1/disclosures')).body.items
    for (const [record, format, purpose] of [
      [last, 'csv', 'surveys'],
      [second, 'csv', 'inquiries'],
      [third, 'ndjson', 'inquiries'],
    ])
      t.match(record, { format, purpose, rows: items.length, state: 'complete', operation: /^list/ })
  })

  t.test(`a file of ${path} names its purpose and has no pages`, async t => {
    for (const query of ['', '?purpose=fun', '?purpose=inquiries&limit=5', '?purpose=inquiries&cursor=WzEsMl0'])
      t.equal((await call('GET', `${path}${query}`, undefined, NDJSON)).status, 400, query)
    t.match((await call('GET', path, undefined, CSV)).body.errors, [{ pointer: '#/purpose', code: 'required' }])
    t.equal((await call('GET', `${path}?bom=true`)).status, 400)
    t.equal((await call('GET', `${path}?purpose=inquiries`)).status, 200, 'a page may name one')
    t.equal((await call('HEAD', `${path}?purpose=inquiries`, undefined, NDJSON)).text, '')
  })
}

t.test('files keep to the filters of their list, and to values as they are', async t => {
  const only = await call('GET', '/v1/contacts?purpose=inquiries&customer_id=two', undefined, CSV)
  const [, row, ...rest] = only.text.split('\r\n')
  t.match(row, /,primary,contract;system,山田,太郎,山田 太郎,\+plus@two\.example\.jp,false,/)
  t.strictSame(rest, [''])
  const excel = await call('GET', '/v1/contacts?purpose=inquiries&customer_id=two&bom=true', undefined, CSV)
  t.match(excel.text, /,'\+plus@two/)
  const since = await call(
    'GET',
    '/v1/contacts?purpose=inquiries&updated_since=2999-01-01T00:00:00Z',
    undefined,
    NDJSON,
  )
  t.equal(since.text, '')
  const contracts = await call('GET', '/v1/contracts?purpose=inquiries&customer_id=two', undefined, CSV)
  t.match(contracts.text, /B-1,two,manage,attendance;man_hours,0,2024-04-01,,in_force,registered,6,1,0,/)
})

t.test('a file of many batches holds every row once', async t => {
  await database.run({
    name: '',
    values: [person.account_id],
    text: `
    insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key,
      name_doubtful, email, email_key, privacy_notice_version, registered_at,
      first_registered_at)
    select uuidv7(), 'B-1', 'two', $1, 'secondary', '{}', '山' || n, '山' || n, false, '+plus@two.example.jp',
      '+plus@two.example.jp', '2025-10', now(), now() from generate_series(1, 2500) n`,
  })
  const lines = linesOf((await call('GET', '/v1/contacts?purpose=inquiries', undefined, NDJSON)).text)
  t.equal(lines.length, 2504)
  t.equal(new Set(lines.map(({ contact_id }) => contact_id)).size, 2504)
})
