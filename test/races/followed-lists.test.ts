import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { runImport } from '#actions/imports/run-import.ts'
import { catchUp } from '#jobs/catch-up.ts'
import { startEventNumberer } from '#jobs/event-numberer.ts'
import { job } from '../helpers/change-requests.ts'
import { answeredLists, follow, followedLists, readList, readLists } from '../helpers/followed-lists.ts'
import { listInOrder } from '../helpers/lists-in-order.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { dayFrom } from '../helpers/random-change-requests.ts'
import { prepareChanges, randomChange } from '../helpers/random-changes.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'

const WRITERS = numberFrom('WRITERS', 8)
const ROUNDS = numberFrom('ROUNDS', 3)
const OPERATIONS = numberFrom('OPERATIONS', 4)
const random = seededRandom(numberFrom('SEED', 37))

const { call, clock, context, database, instances } = await racedRegistry(t)
const number = eventNumbering(database)
let [steps, today] = [0, clock.today()]
const begin = Date.parse(clock.now())

/** Does what jobs do, also those of a day that begins, and gives what happened its numbers. */
async function settle(): Promise<void> {
  const signal = new AbortController().signal
  for (const state of ['received', 'running'])
    for (const { import_id } of (await readList(call, `/v1/imports?state=${state}`)).items)
      await runImport(context, import_id, signal)
  await catchUp(context, { caller: job(), signal, onError: error => t.fail(error.message) })
  while ((await number()) > 0);
}

async function write(writer: number): Promise<void> {
  for (let operation = 0; operation < OPERATIONS; operation++) {
    const unique = ++steps
    const now = new Date(begin + unique * 1000).toISOString()
    clock.set(now, today)
    const as: typeof call = async (method, url, body, headers) =>
      await instances[writer % 2]!(method, url, body, { 'request-id': `step-${unique}`, ...headers })
    const done = await randomChange({ call: as, random, now, today, unique })
    if (done.status >= 500) t.fail(`${done.name} answers ${done.status}`)
    const outcome = `${done.name} ${done.status} ${done.problem ?? ''}`
    outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), `step-${unique}`])
    lastDone = `${unique} ${outcome}`
  }
}

const outcomes = new Map<string, string[]>()
let lastDone = ''
const eventful = new Set<string>()

t.test('R37: the lists and the events since their cursor give the later lists', async t => {
  await prepareChanges(call)
  const numberer = startEventNumberer(context, error => t.fail(error.message))
  t.teardown(async () => await numberer.stop())
  for (let round = 0; round < ROUNDS; round++) {
    const ofYesterday = random.isIn(20) ? await readLists(call) : undefined
    if (ofYesterday !== undefined) today = dayFrom(today, 1)
    const writing = Promise.all(Array.from({ length: WRITERS }, async (_, writer) => await write(writer)))
    const { copies, cursor } = ofYesterday ?? (await readLists(call))
    await writing
    await settle()
    const types = new Set<string>()
    for (let after = cursor; ;) {
      const { body } = await call('GET', `/v1/events?limit=50&after=${after}`)
      follow(copies, body.items)
      for (const { request_id, type } of body.items) {
        eventful.add(request_id)
        types.add(type)
      }
      after = body.next_cursor
      if (!body.has_more) break
    }
    const followed = followedLists(copies)
    for (const [path, items] of Object.entries(await answeredLists(call)))
      t.same(listInOrder(followed[path]!), listInOrder(items), `${path} after ${lastDone} ${[...types].join()}`)
    if (!t.passing()) break
  }
  const changed = [...eventful].filter(id => id.startsWith('step-')).length
  t.comment(`${steps} steps, of which ${changed} gave events`)
  for (const [outcome, ids] of [...outcomes].toSorted())
    t.comment(`${outcome}: ${ids.length}, ${ids.filter(id => eventful.has(id)).length} with events`)
})
