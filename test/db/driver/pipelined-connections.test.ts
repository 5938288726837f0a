import t from 'tap'
import { testDatabase } from '../../helpers/test-database.ts'
import { openDatabase } from '#db/driver/database.ts'
import type { Statement } from '#db/driver/statement.ts'

const { database, url } = await testDatabase(t)

const plain = <Row>(text: string, ...values: unknown[]): Statement<Row> => ({ name: '', text, values })
const pidOf = async (): Promise<number> =>
  (await database.run(plain<{ pid: number }>('select pg_backend_pid() as pid')))[0]!.pid

t.test('a slow statement does not delay the statements that come later', async t => {
  const holder = await database.connect()
  await holder.query('select pg_advisory_lock(1)')
  let isDone = false
  const long = database.run(plain('select pg_advisory_xact_lock(1)')).finally(() => {
    isDone = true
  })
  for (let sent = 0; sent < 50; sent++)
    t.same(await database.run(plain('select $1::integer as n', sent)), [{ n: sent }])
  t.notOk(isDone, 'it waits all the while')
  await holder.query('select pg_advisory_unlock(1)')
  await long
  holder.release()
})

t.test('statements sent at once are each answered by their own, also where some fail', async t => {
  const answers = await Promise.allSettled(
    Array.from(
      { length: 100 },
      async (_, n) => await database.run(plain('select 10 / $1::integer as tenth, $2::integer as n', n % 4, n)),
    ),
  )
  for (const [n, answer] of answers.entries()) {
    if (n % 4 === 0) t.match(answer, { status: 'rejected', reason: { code: '22012' } })
    else t.same(answer, { status: 'fulfilled', value: [{ tenth: Math.floor(10 / (n % 4)), n }] })
  }
})

t.test('they travel over two connections, however many they are', async t => {
  const pids = await Promise.all(Array.from({ length: 100 }, pidOf))
  t.equal(new Set(pids).size, 2)
})

t.test('a connection that breaks fails what waits for it, and is replaced', async t => {
  const lost = await pidOf()
  const killed = database.run(plain('select pg_terminate_backend(pg_backend_pid())'))
  await t.rejects(killed, { code: '57P01' })
  for (let sent = 0; sent < 20; sent++) t.ok((await pidOf()) > 0)
  t.ok((await pidOf()) !== lost || (await pidOf()) !== lost)
})

t.test('a connection that breaks between statements is replaced, and no statement fails', async t => {
  const lost: string[] = []
  const own = openDatabase(
    { url, pool_size: 1, connect_timeout: 5000, statement_timeout: 5000, lock_timeout: 5000 },
    code => lost.push(code),
  )
  t.teardown(async () => {
    await own.close()
  })
  const pidOfOwn = async (): Promise<number> =>
    (await own.run(plain<{ pid: number }>('select pg_backend_pid() as pid')))[0]!.pid
  const pids = new Set(await Promise.all(Array.from({ length: 10 }, pidOfOwn)))
  await database.run(plain('select pg_terminate_backend(pid) from unnest($1::integer[]) as pid', [...pids]))
  while (lost.filter(code => code === '57P01').length < pids.size) await new Promise(setImmediate)
  for (let sent = 0; sent < 10; sent++) t.notOk(pids.has(await pidOfOwn()))
})

t.test('after its end nothing runs any more', async t => {
  const ended = openDatabase(
    { url, pool_size: 1, connect_timeout: 5000, statement_timeout: 5000, lock_timeout: 5000 },
    () => {},
  )
  t.same(await ended.run(plain('select 1 as n')), [{ n: 1 }])
  await ended.close()
  await t.rejects(ended.run(plain('select 1')), { message: /after calling end/ })
})
