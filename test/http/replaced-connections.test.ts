import t, { type Test } from 'tap'
import pg from 'pg'
import { putCustomer } from '../helpers/fixtures.ts'
import { openPool } from '../helpers/test-database.ts'
import { instanceOn, testService } from '../helpers/test-service.ts'
import type { Statement } from '#db/driver/statement.ts'

const service = await testService(t)
const { call, url, owner_url } = service

/** Runs statements of the operator, as the owner, over a connection of its own. */
async function operate(...texts: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: owner_url })
  await client.connect()
  for (const text of texts) await client.query(text)
  await client.end()
}

const plain = <Row>(text: string): Statement<Row> => ({ name: '', text, values: [] })
let names = 0
const change = async () => await call('PUT', '/v1/customers/failing', { name: `株式会社${names++}` })

await putCustomer(call, 'failing')

/** What requests do: change in a transaction, read outside. */
async function assertServed(t: Test): Promise<void> {
  for (let asked = 0; asked < 5; asked++) {
    t.match(await change(), { status: 200 })
    t.match(await call('GET', '/v1/customers/failing'), { status: 200 })
    t.match(await call('GET', '/v1/customers'), { status: 200 })
  }
  t.match(await call('GET', '/readyz'), { status: 200 })
}

t.test('a column that changes its type under prepared statements disturbs no request', async t => {
  await assertServed(t)
  await operate('alter table customers alter column name type varchar(500)')
  await assertServed(t)
  await operate('alter table customers alter column name type text')
  await assertServed(t)
})

t.test('a session that has forgotten its statements is replaced', async t => {
  const own = openPool(t, url, 1)
  const { call } = await instanceOn(t, { url, owner_url, database: own }, service.clock)
  const send = async () => await call('PUT', '/v1/customers/forgotten', { name: `株式会社${names++}` })
  await send()
  const client = await own.connect()
  await client.query('deallocate all')
  client.release()
  t.match(await send(), { status: 200 })
  await own.run(plain('deallocate all'))
  await own.run(plain('deallocate all'))
  for (let asked = 0; asked < 4; asked++) t.match(await call('GET', '/v1/customers/forgotten'), { status: 200 })
})

t.test('connections to a database that takes no writes are left as soon as one does', async t => {
  const name = new URL(url).pathname.slice(1)
  const own = openPool(t, url, 4)
  const { call } = await instanceOn(t, { url, owner_url, database: own }, service.clock)
  const write = async () => await call('PUT', '/v1/customers/failing', { name: `株式会社${names++}` })
  await operate(`alter database ${name} set default_transaction_read_only = on`)
  // All connections of the pool, and both for reads, are opened while nothing can be written.
  const answers = await Promise.all([...Array.from({ length: 8 }, write), call('GET', '/v1/customers/failing')])
  t.ok(answers.slice(0, 8).every(({ status }) => status === 503))
  t.match(answers[0], { headers: { 'retry-after': /^[1-5]$/ }, body: { detail: /takes no changes/ } })
  t.match(answers[8], { status: 200 }, 'what is there can be read')
  t.match(await call('GET', '/readyz'), { status: 503, body: { detail: /takes no changes/ } })
  const admin = new pg.Client({ connectionString: owner_url, options: '-c default_transaction_read_only=off' })
  await admin.connect()
  await admin.query(`alter database ${name} reset default_transaction_read_only`)
  await admin.end()
  t.match(await call('GET', '/readyz'), { status: 200 })
  const later = await Promise.all(Array.from({ length: 20 }, write))
  t.same(
    later.filter(({ status }) => status !== 200),
    [],
    'no request meets an old connection',
  )
})

t.test('whatever isolation the database has by default, the service runs at READ COMMITTED', async t => {
  const name = new URL(url).pathname.slice(1)
  t.teardown(async () => await operate(`alter database ${name} reset default_transaction_isolation`))
  for (const isolation of ['serializable', 'repeatable read', 'read uncommitted']) {
    await operate(`alter database ${name} set default_transaction_isolation = '${isolation}'`)
    const own = openPool(t, url, 2)
    const shown = plain<{ transaction_isolation: string }>('show transaction_isolation')
    t.same(await own.run(shown), [{ transaction_isolation: 'read committed' }])
    const { call } = await instanceOn(t, { url, owner_url, database: own }, service.clock)
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => await call('PUT', '/v1/customers/failing', { name: `株式会社${n}` })),
    )
    t.same(
      answers.filter(({ status }) => status !== 200),
      [],
    )
  }
})
