import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import t from 'tap'
import { emptyDatabase } from '../../helpers/test-database.ts'

const MIGRATIONS = new URL('../../../migrations/', import.meta.url)

t.test('R24: what was scheduled before approvals were known waits for one', async t => {
  const { owner_url } = await emptyDatabase(t)
  const client = new pg.Client({ connectionString: owner_url })
  t.teardown(async () => {
    await client.end()
  })
  await client.connect()
  const run = async (file: string): Promise<unknown> =>
    await client.query(await readFile(new URL(file, MIGRATIONS), 'utf8'))
  const files = (await readdir(MIGRATIONS)).filter(file => /^\d{3}-/.test(file)).toSorted()
  for (const file of files.filter(file => file < '013')) await run(file)
  await client.query(`
    insert into customers (customer_id, name) values ('K', '株式会社青空商事');
    insert into contracts
      (contract_id, customer_id, product_id, connections, starts_on, seat_limit, seats_used, changed_at)
    values ('C', 'K', 'manage', 0, '2024-04-01', 4, 0, now());
    insert into change_requests
      (change_request_id, contract_id, customer_id, state, operations, concerns_contract, requested_by, effective_on,
       needs_confirmation, received_at)
    select gen_random_uuid(), 'C', 'K', state, '[{}]', false, '{}', '2027-04-01', '{}', now()
    from unnest(array['scheduled', 'ready']) state`)
  await run('013-approvals.sql')
  const { rows } = await client.query('select state, approved_by, approved_at from change_requests order by state')
  t.strictSame(rows, [
    { state: 'needs_approval', approved_by: null, approved_at: null },
    { state: 'ready', approved_by: null, approved_at: null },
  ])
})
