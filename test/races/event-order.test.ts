import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { insertHistory } from '#db/history/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { startEventNumberer } from '#jobs/event-numberer.ts'
import { putContract, register } from '../helpers/fixtures.ts'
import { until } from '../helpers/until.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'

const { call, context, database, instances } = await racedRegistry(t)
const number = eventNumbering(database)
const eventsAfter = async (after: string | number) => (await call('GET', `/v1/events?limit=200&after=${after}`)).body

const rows = async (text: string): Promise<any[]> => await database.run({ name: '', text, values: [] })
const unnumbered = async (): Promise<number> =>
  (await rows('select count(*) from history where history_id not in (select history_id from events)'))[0].count

const settled = async (): Promise<number> => (await rows('select settled_below from event_numbering'))[0].settled_below

const change = { actor: 'test', request_id: 'slow', source: 'direct', occurred_at: '2026-04-01T00:30:00.000Z' } as const
const entry = (subject_id: string) => ({ event: 'customer.changed', subject_id, after: { customer_id: subject_id } })

t.test('R37: a slow transaction that wrote first comes after what was shown before', async t => {
  const { promise: end, resolve: finish } = Promise.withResolvers<void>()
  const { promise: written, resolve: wrote } = Promise.withResolvers<void>()
  const slow = inTransaction(database, async trx => {
    await trx.run(insertHistory(change, [entry('slow')]))
    wrote()
    await end
  })
  await written
  await putContract(call, 'quick')
  await number()
  const { items, next_cursor } = await eventsAfter(0)
  t.same(
    items.map(({ type }: any) => type),
    ['customer.created', 'contract.created'],
  )
  await putContract(call, 'later')
  await number()
  finish()
  await slow
  await number()
  const rest = await eventsAfter(next_cursor)
  t.same(
    rest.items.map(({ subject_id }: any) => subject_id),
    ['later', 'slow'],
  )
  t.equal(await number(), 0, 'each entry has one number')
})

t.test('R37: what is settled follows behind slow transactions and entries that were rolled back', async t => {
  const numberOne = async (id: string): Promise<void> => {
    await database.run(insertHistory(change, [entry(id)]))
    await number()
  }
  await inTransaction(database, async trx => {
    await trx.run(insertHistory(change, [entry('undone')]))
    throw new Error('undone')
  }).catch(() => {})
  await numberOne('one')
  await numberOne('two')
  const before = await settled()
  const { promise: end, resolve: finish } = Promise.withResolvers<void>()
  const slow = inTransaction(database, async trx => {
    await trx.run(insertHistory(change, [entry('slow again')]))
    await numberOne('three')
    await numberOne('four')
    await numberOne('five')
    await end
  })
  finish()
  await slow
  await numberOne('six')
  await numberOne('seven')
  await numberOne('eight')
  t.ok((await settled()) > before)
  t.equal(await unnumbered(), 0)
})

t.test('R37: eight writers, two numberers and a reader: every entry once, in the order of each contract', async t => {
  for (const one of [database, context.database]) {
    const numberer = startEventNumberer({ database: one, pace: context.pace }, () => {})
    t.teardown(async () => await numberer.stop())
  }
  const after = (await call('GET', '/v1/events?after=latest')).body.next_cursor
  for (let n = 0; n < 8; n++)
    await putContract(call, `w-${n}`, { app_ids: [], connections: 0, customer_id: `w-${n % 3}` })
  const seen: any[] = []
  let cursor = after
  const over = new AbortController()
  const reading = (async () => {
    while (!over.signal.aborted) {
      const page = await eventsAfter(cursor)
      seen.push(...page.items)
      cursor = page.next_cursor
    }
  })()
  await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      for (let round = 0; round < 12; round++) {
        const write = instances[(n + round) % 2]!
        const contact = await register(write, `w-${n}`, {
          role: 'primary',
          family_name: `人${round}`,
          email: `p${n}-${round}@example.jp`,
        })
        await write('DELETE', `/v1/contacts/${contact.contact_id}`)
      }
    }),
  )
  await until(async () => (await unnumbered()) === 0)
  const last = (await call('GET', '/v1/events?after=latest')).body.next_cursor
  await until(async () => cursor === last)
  over.abort()
  await reading
  const ids = seen.map(({ event_id }) => event_id)
  t.same(
    ids,
    Array.from({ length: Number(last) - Number(after) }, (_, index) => Number(after) + index + 1),
  )
  for (let n = 0; n < 8; n++) {
    const own = seen.filter(({ contract_id, type }) => contract_id === `w-${n}` && type.startsWith('contact.'))
    const recorded = await rows(
      `select subject_id from history where contract_id = 'w-${n}' and event like 'contact.%' order by history_id`,
    )
    t.same(
      own.map(({ subject_id }) => subject_id),
      recorded.map(({ subject_id }) => subject_id),
    )
    t.same(
      own.map(({ type }) => type),
      own.map((_, index) => `contact.${index % 2 === 0 ? 'registered' : 'removed'}`),
    )
  }
})
