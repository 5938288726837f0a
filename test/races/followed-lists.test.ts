import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { startEventNumberer } from '#jobs/event-numberer.ts'
import { putContract } from '../helpers/fixtures.ts'
import { fullPace } from '../helpers/full-pace.ts'
import { follow, followedLists, readLists } from '../helpers/followed-lists.ts'
import { listInOrder } from '../helpers/lists-in-order.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { CONTRACTS, customerOf, randomChange } from '../helpers/random-changes.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'

const WRITERS = 8
const OPERATIONS = numberFrom('OPERATIONS', 12)

const { call, clock, database, instances } = await racedRegistry(t)
t.test('R37: the lists and the events since their cursor give the later lists', async t => {
  const random = seededRandom(numberFrom('SEED', 37))
  for (const contract_id of CONTRACTS) await putContract(call, contract_id, { customer_id: customerOf(contract_id) })
  const numberer = startEventNumberer({ database, pace: fullPace() }, error => t.fail(error.message))
  t.teardown(async () => await numberer.stop())
  const begin = Date.parse(clock.now())
  let steps = 0
  const write = async (writer: number, operations: number): Promise<void> => {
    for (let operation = 0; operation < operations; operation++) {
      clock.set(new Date(begin + ++steps * 1000).toISOString(), '2026-04-01')
      await randomChange(instances[writer % 2]!, random, clock.now())
    }
  }
  const writeAll = async (): Promise<void> => {
    await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => await write(writer, OPERATIONS)))
  }
  await writeAll()
  const writing = writeAll()
  const { copies, cursor } = await readLists(call)
  await writing
  await writeAll()
  await numberer.stop()
  while ((await eventNumbering(database)()) > 0);
  const ids = new Set<number>()
  for (let after = cursor; ;) {
    const { body } = await call('GET', `/v1/events?limit=50&after=${after}`)
    follow(copies, body.items)
    for (const { event_id } of body.items) ids.add(event_id)
    after = body.next_cursor
    if (!body.has_more) break
  }
  t.ok(ids.size > WRITERS, `${ids.size} events`)
  const followed = followedLists(copies)
  const later = followedLists((await readLists(call)).copies)
  for (const [name, items] of Object.entries(later))
    t.same(listInOrder(followed[name as keyof typeof followed]), listInOrder(items), name)
})
