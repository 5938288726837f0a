import t from 'tap'
import { notedCluster } from '../../helpers/cluster.ts'
import { putContract, register } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { emptyDatabase, openPool } from '../../helpers/test-database.ts'
import { instanceOn, testService } from '../../helpers/test-service.ts'
import { migrateForService } from '#start/migrate-database.ts'
import { openDatabase } from '#db/driver/database.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import type { Statement } from '#db/driver/statement.ts'

const service = await testService(t)
const { url, owner_url, clock } = service
const name = new URL(url).pathname.slice(1)
const plain = <Row>(text: string): Statement<Row> => ({ name: '', text, values: [] })

// What an operator may have set for other programs, and what would change answers or make requests fail.
const ELSEWHERE = {
  DateStyle: 'SQL, DMY',
  TimeZone: 'Asia/Kathmandu',
  IntervalStyle: 'sql_standard',
  client_encoding: 'EUC_JP',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  statement_timeout: '1',
  lock_timeout: '1',
  idle_in_transaction_session_timeout: '1',
  idle_session_timeout: '50',
  transform_null_equals: 'on',
  quote_all_identifiers: 'on',
  row_security: 'off',
  xmloption: 'document',
  lc_messages: 'C',
  enable_seqscan: 'off',
  exit_on_error: 'on',
  transaction_timeout: '5s',
}

t.test('whatever the database sets for its sessions, the answers are the same', async t => {
  await putContract(service.call, 'C-1', { ends_on: '2027-03-31' })
  await register(service.call, 'C-1', { role: 'primary', family_name: '髙橋', given_name: null })
  const paths = ['/v1/contracts/C-1', '/v1/contracts/C-1/contacts', '/v1/contracts/C-1/history', '/v1/contacts?limit=5']
  const before = await Promise.all(paths.map(async path => (await service.call('GET', path)).body))
  const sets = Object.entries(ELSEWHERE).map(([key, value]) => `alter database ${name} set ${key} = '${value}'`)
  await query((await notedCluster()).superuser_url, sets.join(';'))
  const { call } = await instanceOn(t, { url, owner_url, database: openPool(t, url, 2) }, clock)
  t.same(await Promise.all(paths.map(async path => (await call('GET', path)).body)), before)
  await register(call, 'C-1', { family_name: '𠮷田', email: 'yoshida@aozora.example.co.jp' })
  t.match(await service.call('GET', '/v1/contracts/C-1/contacts'), { body: { items: [{}, { family_name: '𠮷田' }] } })
})

t.test('a migration works under such settings, and writes the same rows', async t => {
  const empty = await emptyDatabase(t)
  const { pathname } = new URL(empty.url)
  const sets = Object.entries(ELSEWHERE).map(
    ([key, value]) => `alter database ${pathname.slice(1)} set ${key} = '${value}'`,
  )
  await query((await notedCluster()).superuser_url, sets.join(';'))
  await migrateForService(empty.url, empty.owner_url)
  const products = plain('select product_id, name from products order by product_id')
  t.same(await openPool(t, empty.url, 1).run(products), await service.database.run(products))
})

t.test('options of the URL are kept, and what the service sets cannot be set there', async t => {
  const own = openPool(t, `${url}&options=-c%20work_mem%3D8MB%20--search-path=public,pg_temp`, 2)
  t.same(await own.run(plain("select current_setting('work_mem') as memory, current_setting('search_path') as path")), [
    { memory: '8MB', path: 'public,pg_temp' },
  ])
  t.same(await own.run(plain('show plan_cache_mode')), [{ plan_cache_mode: 'force_generic_plan' }])
  const options: Omit<DatabaseOptions, 'url'> = {
    pool_size: 1,
    connect_timeout: 1000,
    statement_timeout: 1000,
    lock_timeout: 1000,
  }
  for (const [parameter, refused] of [
    ['options=-c%20plan_cache_mode%3Dauto', 'plan_cache_mode'],
    ['options=-cwork_mem%3D8MB%20-c%20Statement-Timeout%3D0', 'statement_timeout'],
    ['options=--timezone=Asia/Tokyo', 'timezone'],
    ['statement_timeout=0', 'statement_timeout'],
    ['query_timeout=0', 'query_timeout'],
    ['client_encoding=SJIS', 'client_encoding'],
    ['replication=database', 'replication'],
  ] as const)
    t.throws(() => openDatabase({ ...options, url: `${url}&${parameter}` }, () => {}), new RegExp(refused), parameter)
  await openDatabase({ ...options, url: `${url}&client_encoding=utf8` }, () => {}).close()
})
