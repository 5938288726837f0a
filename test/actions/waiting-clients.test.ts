import { mock } from 'node:test'
import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { eventReading } from '#actions/history/read-events.ts'
import { EventSignal } from '#actions/support/history/event-signal.ts'
import type { Database } from '#db/driver/database.ts'
import { putCustomer } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

const service = await testService(t)
const { call, database } = service
const number = eventNumbering(service.context.database)
const latest = async (): Promise<string> => (await call('GET', '/v1/events?after=latest')).body.next_cursor

/** How many connections there are to the database of this service. */
async function connections(): Promise<number> {
  const [row] = await database.run<{ count: number }>({
    name: '',
    text: 'select count(*)::integer as count from pg_stat_activity where datname = current_database()',
    values: [],
  })
  return row!.count
}

t.test('R37: a thousand clients that wait share a connection, and each gets its event', async t => {
  await Promise.all(Array.from({ length: 20 }, async () => await call('GET', '/v1/customers')))
  await putCustomer(call, 'first')
  await number()
  const after = await latest()
  const before = await connections()
  const ask = async (index: number) =>
    (await call('GET', `/v1/events?after=${after}&wait=30${index % 2 === 0 ? '' : '&customer_id=rare'}`)).body.items
  let answered = 0
  const waiting = Array.from({ length: 1000 }, async (_, index) => {
    const items = await ask(index)
    answered++
    return items
  })
  await until(async () => (await connections()) > before)
  await putCustomer(call, 'frequent')
  await number()
  await until(async () => answered === 500)
  t.equal(await connections(), before + 1, 'one connection listens for all of them')
  await putCustomer(call, 'rare')
  await number()
  const items = await Promise.all(waiting)
  t.ok(items.every((events, index) => events[0].customer_id === (index % 2 === 0 ? 'frequent' : 'rare')))
  t.ok(items.every(events => events.length === 1))
})

t.test('R37: where a process may not listen, a client that waits has its event within a second', async t => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => mock.timers.reset())
  const { promise: isWaiting, resolve: waits } = Promise.withResolvers<void>()
  class Deaf extends EventSignal {
    override wait(...given: Parameters<EventSignal['wait']>): Promise<void> {
      setImmediate(waits)
      return super.wait(...given)
    }
  }
  const deaf: Database = { ...database, listen: () => ({ close: () => {} }) }
  const read = eventReading(deaf, new Deaf(deaf))
  const wanted = { after: Number(await latest()), filter: { types: null, customer_id: null }, limit: 50, wait: 30_000 }
  const reading = read(wanted, new AbortController().signal)
  await isWaiting
  await putCustomer(call, 'unheard')
  await number()
  mock.timers.tick(1000)
  t.match(await reading, { events: [{ customer_id: 'unheard' }], has_more: false })
})

t.test('R37: an event that comes between a look and the wait is not slept through', async t => {
  const ears: ((said: string | undefined) => void)[] = []
  const signal = new EventSignal({
    ...database,
    listen: (_channel, onHeard) => {
      ears.push(onHeard)
      return { close: () => {} }
    },
  })
  const all = { types: null, customer_id: null }
  await signal.wait(Number(await latest()), all, AbortSignal.timeout(1))
  const after = Number(await latest())
  for (const hear of ears) hear(String(after + 1))
  await t.resolves(signal.wait(after, all, new AbortController().signal), 'it was heard while no client waited')
})
