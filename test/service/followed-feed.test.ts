import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { v7 as uuidv7 } from 'uuid'
import { runImport } from '#actions/imports/run-import.ts'
import { systemClock } from '#clock.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { countEvents } from '#db/history/events.ts'
import { insertHistory } from '#db/history/history.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import { catchUp } from '#jobs/catch-up.ts'
import { jobSender } from '#jobs/job-queues.ts'
import { job } from '../helpers/change-requests.ts'
import { fullPace } from '../helpers/full-pace.ts'
import { answeredLists, follow, followedLists, readList, readLists, type Copies } from '../helpers/followed-lists.ts'
import { listInOrder } from '../helpers/lists-in-order.ts'
import { prepareChanges, randomChange } from '../helpers/random-changes.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { startServiceProcess, type ServiceProcess } from '../helpers/service-process.ts'
import { testDatabase } from '../helpers/test-database.ts'
import type { Call } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

// Two processes of the service, of which now one and now the other is killed while eight writers change what they can,
// while slow transactions write first and commit last, and while clients that are stopped anywhere follow the feed.
// Half way both are killed and begin again on another day: in a time zone that is a day ahead.

const WRITERS = 8
const STEPS = numberFrom('STEPS', 60)
const KILLS = Math.max(1, Math.floor(STEPS / 250))
const random = seededRandom(numberFrom('SEED', 37))
const [BEFORE, AFTER] = [systemClock('Etc/GMT+12'), systemClock('Pacific/Kiritimati')]

const { url, database } = await testDatabase(t)
let [clock, TIME_ZONE] = [BEFORE, 'Etc/GMT+12']
const start = async (): Promise<ServiceProcess> =>
  await startServiceProcess(t, dataFolder(t), {
    DATABASE_URL: url,
    MIGRATE_ON_START: 'false',
    DATABASE_POOL_SIZE: '8',
    RATE_LIMIT_CLIENT: '1000000',
    WEBHOOK_ALLOWED_RANGES: '127.0.0.1',
    TIME_ZONE,
  })
const enqueue = jobSender(database)
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
type Follower = { copies: Copies; begin: string; cursor: string; worked_off: string[]; last: number }

/** Works off a page. It is stopped in one page of four, before it has kept the cursor, and begins again there. */
async function workOff(follower: Follower, wait: number): Promise<boolean> {
  const { body } = await call('GET', `/v1/events?limit=20&after=${follower.cursor}&wait=${wait}`)
  const stopsAfter = random.isIn(25) ? random.below(body.items.length + 1) : Number.POSITIVE_INFINITY
  for (const [index, event] of body.items.entries()) {
    if (index >= stopsAfter) return true
    if (event.event_id <= follower.last) continue // a repeat
    follow(follower.copies, [event])
    follower.last = event.event_id
    follower.worked_off.push(lineOf(event))
  }
  follower.cursor = body.next_cursor
  return body.items.length > 0
}

const lineOf = ({ event_id, type, subject_id }: any): string => `${event_id} ${type} ${subject_id}`

/** Writes to history at the beginning of a transaction that ends when others have got their numbers. */
async function writeSlowly(subject_id: string): Promise<void> {
  const change = { actor: 'slow', request_id: 'r', source: 'direct', occurred_at: '2026-04-01T00:30:00.000Z' } as const
  const begun = await countEvents(database)
  await inTransaction(database, async trx => {
    await trx.run(insertHistory(change, [{ event: 'history.redacted', subject_id, after: {} }]))
    for (let waits = 0; waits < 50 && (await countEvents(database)) === begun && !over.signal.aborted; waits++)
      await sleep(20)
  })
}

const slow: string[] = []
async function keepWritingSlowly(): Promise<void> {
  while (!over.signal.aborted) {
    slow.push(`slow-${slow.length}`)
    await writeSlowly(slow.at(-1)!)
    await sleep(50)
  }
}

const progress = { begun: 0, done: 0 }
const over = new AbortController()

async function write(): Promise<void> {
  while (progress.begun < STEPS) {
    const unique = ++progress.begun
    const as: Call = async (method, path, body, headers) =>
      await call(method, path, body, { 'request-id': `step-${unique}`, ...headers })
    const { name, status } = await randomChange({ call: as, random, now: clock.now(), today: clock.today(), unique })
    if (status >= 500) t.fail(`${name} answers ${status}`)
    progress.done++
  }
}

async function untilStep(step: number): Promise<void> {
  const isReached = () => progress.done >= step
  while (!isReached()) await sleep(20)
}

async function beginToFollow(): Promise<Follower> {
  const { copies, cursor } = await readLists(call)
  const follower = { copies, begin: cursor, cursor, worked_off: [], last: Number(cursor) }
  while (!over.signal.aborted) await workOff(follower, 1)
  return follower
}

async function kill(time: number): Promise<void> {
  const which = time === Math.ceil(KILLS / 2) ? [0, 1] : [random.below(2)]
  await Promise.all(which.map(async index => await processes[index]!.kill()))
  if (which.length === 2) [clock, TIME_ZONE] = [AFTER, 'Pacific/Kiritimati']
  await Promise.all(which.map(async index => (processes[index] = await start())))
}

/** The imports that are not over. One that begins meanwhile is in both lists, or in the second. */
async function openImports(): Promise<string[]> {
  const received = await readList(call, '/v1/imports?state=received')
  const running = await readList(call, '/v1/imports?state=running')
  return [...new Set([received, running].flatMap(({ items }) => items.map(({ import_id }) => import_id as string)))]
}

/** Does what is due, also where its job was lost with a process, and waits until all that happened has its number. */
async function settle(): Promise<void> {
  const context = { database, clock, newId: uuidv7, enqueue, retention: RETENTION_DEFAULTS, pace: fullPace() }
  const signal = new AbortController().signal
  // One that waits for an earlier import, which a worker has at hand, is asked again.
  for (let open = await openImports(); open.length > 0; open = await openImports())
    for (const import_id of open) await runImport(context, import_id, signal)
  await catchUp(context, { caller: job(), signal, onError: error => t.fail(error.message) })
  const text = 'select history_id from history except select history_id from events'
  await until(async () => (await database.run({ name: '', text, values: [] })).length === 0)
}

t.test('R37: the lists and the events since give the later lists, whatever is killed', async t => {
  await prepareChanges(call)
  const begin = Number((await call('GET', '/v1/events?after=latest')).body.next_cursor)
  const writing = Promise.all(Array.from({ length: WRITERS }, write))
  const writingSlowly = keepWritingSlowly()
  const followers: Promise<Follower>[] = []
  for (let time = 1; time <= KILLS; time++) {
    if (time % Math.ceil(KILLS / 2) === 1 % Math.ceil(KILLS / 2)) followers.push(beginToFollow())
    await untilStep((STEPS * time) / (KILLS + 1))
    await kill(time)
  }
  await writing
  over.abort()
  await writingSlowly
  await settle()
  const all = await readEvents(begin)
  const later = await answeredLists(call)
  for (const follower of await Promise.all(followers)) {
    while (await workOff(follower, 0));
    const since = all.filter(({ event_id }) => event_id > Number(follower.begin)).map(lineOf)
    t.same(follower.worked_off, since, 'no gap, no repeat, and nothing behind what was answered')
    const followed = followedLists(follower.copies)
    for (const [path, items] of Object.entries(later)) t.same(listInOrder(followed[path]!), listInOrder(items), path)
  }
  t.same(
    all.map(({ event_id }) => event_id),
    Array.from({ length: all.length }, (_, index) => begin + 1 + index),
  )
  t.same(
    all.filter(({ client_id }) => client_id === 'slow').map(({ subject_id }) => subject_id),
    slow,
    'slow transactions are in it, each once',
  )
  const changed = new Set(all.map(({ request_id }) => request_id).filter(id => id.startsWith('step-'))).size
  t.ok(changed >= STEPS * 0.6, `${changed} of ${STEPS} steps gave events`)
  t.comment(`${STEPS} steps, ${KILLS} kills, ${all.length} events, ${slow.length} slow transactions`)
})

async function readEvents(begin: number): Promise<any[]> {
  const all: any[] = []
  for (let after = String(begin); ;) {
    const { body } = await call('GET', `/v1/events?limit=200&after=${after}`)
    all.push(...body.items.map(({ data: _data, ...event }: any) => event))
    after = body.next_cursor
    if (!body.has_more) return all
  }
}

// The processes of the service keep this one alive until their end.
t.end()
