import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { fillContract } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'

const { app, call, owner_url } = await testService(t)
await fillContract(call, 'D-1', 3)
const latest = async () => (await call('GET', '/v1/disclosures?limit=1')).body.items[0]

for (const [format, accept] of [
  ['csv', 'text/csv'],
  ['ndjson', 'application/x-ndjson'],
] as const)
  t.test(`R31: a file as ${format} has its record before the first byte, and its count before the last`, async t => {
    const { text } = await call(
      'GET',
      '/v1/notice-recipients?purpose=inquiries&bom=true'.replace(format === 'csv' ? '' : '&bom=true', ''),
      undefined,
      { accept },
    )
    const rows = text.trimEnd().split('\n').length - (format === 'csv' ? 1 : 0)
    t.match(await latest(), {
      operation: 'listNoticeRecipients',
      format,
      purpose: 'inquiries',
      rows,
      state: 'complete',
      filter: null,
    })
  })

t.test('R31: a file that is broken off says so', async t => {
  await query(
    owner_url,
    `set session_replication_role = 'replica';
    insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
    select gen_random_uuid(), customer_id, n || '@many.example.jp', n || '@many.example.jp', now()
    from generate_series(1, 20000) n, (select customer_id from contracts where contract_id = 'D-1') k;
    insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key,
      name_doubtful, email, email_key, registered_at, first_registered_at)
    select gen_random_uuid(), 'D-1', customer_id, account_id, 'secondary', '{}', '人', account_id, false, email,
      email_key, now(), now()
    from support_accounts where email_key like '%@many.example.jp';
    analyze`,
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const client = httpRequest({
    port,
    path: '/v1/notice-recipients?purpose=surveys',
    headers: { authorization: 'Bearer test-key', accept: 'text/csv' },
  }).end()
  const [response] = await once(client, 'response')
  await once(response, 'data')
  client.destroy()
  await until(async () => (await latest()).state !== 'begun')
  const record = await latest()
  t.match(record, { format: 'csv', state: 'broken_off', purpose: 'surveys' })
  t.ok(record.rows >= 500 && record.rows < 20_000, `${record.rows} rows`)
})
