import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { inTransaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import { putContract } from '../helpers/fixtures.ts'
import { follow, followedLists, readLists } from '../helpers/followed-lists.ts'
import { listInOrder } from '../helpers/lists-in-order.ts'
import { CONTRACTS, customerOf, randomChange } from '../helpers/random-changes.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { startServiceProcess, type ServiceProcess } from '../helpers/service-process.ts'
import { testDatabase } from '../helpers/test-database.ts'
import type { Call } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

// Two processes of the service, of which one after the other is killed while eight writers change what they can, while
// slow transactions write first and commit last, and while a client that is stopped anywhere follows the feed.

const WRITERS = 8
const STEPS = numberFrom('STEPS', 120)
const KILLS = Math.max(1, Math.floor(STEPS / 1000))
const random = seededRandom(numberFrom('SEED', 37))

const { url, database } = await testDatabase(t)
const settings = { DATABASE_URL: url, MIGRATE_ON_START: 'false', DATABASE_POOL_SIZE: '8', RATE_LIMIT_CLIENT: '1000000' }
const start = async (): Promise<ServiceProcess> => await startServiceProcess(t, t.testdir(), settings)
const processes = await Promise.all([start(), start()])

/** Asks a process; where it is killed meanwhile, or has too much to do, the next one. */
const call: Call = async (...request) => {
  for (let which = random.below(2); ; which = 1 - which) {
    const answer = await processes[which]!.call(...request).catch(() => undefined)
    if (answer !== undefined && answer.status !== 503) return answer
    await sleep(10)
  }
}

/** A client that keeps copies of lists. It may be stopped after any event: what it has worked off, it has. */
type Follower = { copies: Awaited<ReturnType<typeof readLists>>['copies']; cursor: string; worked_off: any[] }

/** Works off a page. It is stopped in one page of four, before it has kept the cursor, and begins again there. */
async function workOff(follower: Follower, wait: number): Promise<boolean> {
  const { body } = await call('GET', `/v1/events?limit=20&after=${follower.cursor}&wait=${wait}`)
  const stopsAfter = random.isIn(25) ? random.below(body.items.length + 1) : Number.POSITIVE_INFINITY
  for (const [index, event] of body.items.entries()) {
    if (index >= stopsAfter) return true
    if (event.event_id <= (follower.worked_off.at(-1)?.event_id ?? 0)) continue // a repeat
    follow(follower.copies, [event])
    follower.worked_off.push(event)
  }
  follower.cursor = body.next_cursor
  return body.items.length > 0
}

const latest = async (): Promise<string> => (await call('GET', '/v1/events?after=latest')).body.next_cursor
const told = ({ event_id, type, subject_id }: any): string => `${event_id} ${type} ${subject_id}`

/** Writes to history at the beginning of a transaction that ends when others have got their numbers. */
async function writeSlowly(subject_id: string): Promise<void> {
  const change = { actor: 'slow', request_id: 'r', source: 'direct', occurred_at: '2026-04-01T00:30:00.000Z' } as const
  const begun = await latest()
  await inTransaction(database, async trx => {
    await trx.run(insertHistory(change, [{ event: 'api_client.changed', subject_id, after: {} }]))
    for (let waits = 0; waits < 50 && (await latest()) === begun && !over.signal.aborted; waits++) await sleep(20)
  })
}

const progress = { steps: 0 }
const over = new AbortController()

async function untilStep(step: number): Promise<void> {
  const isReached = () => progress.steps > step
  while (!isReached()) await sleep(20)
}

t.test('R37: the lists and the events since give the later lists, whatever is killed', async t => {
  for (const contract_id of CONTRACTS) await putContract(call, contract_id, { customer_id: customerOf(contract_id) })
  const writers = Array.from({ length: WRITERS }, async () => {
    for (; progress.steps < STEPS; progress.steps++) await randomChange(call, random, new Date().toISOString())
  })
  const slow: string[] = []
  const slowWriter = (async () => {
    while (!over.signal.aborted) {
      slow.push(`slow-${slow.length}`)
      await writeSlowly(slow.at(-1)!)
      await sleep(50)
    }
  })()
  await untilStep(STEPS / 4)
  const { copies, cursor } = await readLists(call)
  const follower: Follower = { copies, cursor, worked_off: [] }
  const following = (async () => {
    while (!over.signal.aborted) await workOff(follower, 1)
  })()
  for (let kill = 1; kill <= KILLS; kill++) {
    await untilStep((STEPS * (KILLS + kill)) / (2 * KILLS + 1))
    const which = kill % 2
    await processes[which]!.kill()
    processes[which] = await start()
  }
  await Promise.all(writers)
  over.abort()
  await Promise.all([slowWriter, following])
  const unnumbered = 'select history_id from history except select history_id from events'
  await until(async () => (await database.run({ name: '', text: unnumbered, values: [] })).length === 0)
  while (await workOff(follower, 0));

  const seen = follower.worked_off
  const ids = seen.map(({ event_id }) => event_id)
  t.same(
    ids,
    Array.from({ length: ids.length }, (_, index) => Number(cursor) + 1 + index),
    'no gap and no repeat',
  )
  const all: any[] = []
  for (let after = cursor; ;) {
    const { body } = await call('GET', `/v1/events?limit=200&after=${after}`)
    all.push(...body.items)
    after = body.next_cursor
    if (!body.has_more) break
  }
  t.same(seen.map(told), all.map(told), 'nothing appeared behind what was answered')
  const ended = seen.filter(({ client_id }) => client_id === 'slow').map(({ subject_id }) => subject_id)
  t.ok(ended.length > 0 && slow.slice(-ended.length).join() === ended.join(), 'slow transactions are in it, each once')
  const followed = followedLists(follower.copies)
  const later = followedLists((await readLists(call)).copies)
  for (const [name, items] of Object.entries(later))
    t.same(listInOrder(followed[name as keyof typeof followed]), listInOrder(items), name)
  t.comment(`${STEPS} steps, ${KILLS} kills, ${seen.length} events, ${slow.length} slow transactions`)
})

// The processes of the service keep this one alive until their end.
t.end()
