import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { verifyHistory } from '#actions/history/verify-history.ts'
import { findHistoryHead, type HistoryHead } from '#db/history/history-chain.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { ALTERATIONS, foundAfter, REDACTED, run } from '../../helpers/altered-history.ts'
import { fillContract, register } from '../../helpers/fixtures.ts'
import { startHistoryHeadLog, type LoggedHead } from '#jobs/history-head-log.ts'
import { until } from '../../helpers/until.ts'
import { numberFrom, seededRandom, type Random } from '../../helpers/seeded-random.ts'
import { query } from '../../helpers/query.ts'
import { openPool } from '../../helpers/test-database.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database, owner_url } = await testService(t)
const owner = openPool(t, owner_url)
const number = eventNumbering(database)

const [, one, other] = await fillContract(call, 'V-1', 3)
await call('POST', '/v1/api-clients', { name: 'CRM', scopes: ['customers:read'] })
for (let n = 0; n < 8; n++)
  await register(call, 'V-1', { family_name: `人${n}`, email: `v${n}@example.jp` }).catch(() => {})
for (const { contact_id } of [one, other]) {
  await call('DELETE', `/v1/contacts/${contact_id}`)
  await call('POST', '/v1/personal-data-erasures', { contact_ids: [contact_id], reason: 'requested' })
}
await number()
const head = (await findHistoryHead(database))!

const redacted: any[] = (await query(owner_url, REDACTED)).rows
const found = async (tamper: (trx: Transaction) => Promise<unknown>, known?: HistoryHead) =>
  await foundAfter(owner, tamper, known)

/** Moves the numbers from one on, up or down; over negative numbers, because they are unique at every moment. */
const shift = async (trx: Transaction, from: number, by: number): Promise<void> => {
  await run(trx, `update events set event_id = -event_id where event_id >= ${from}`)
  await run(trx, `update events set event_id = -event_id + ${by} where event_id < 0`)
}

const TAMPERS: Record<string, (trx: Transaction, random: Random) => Promise<unknown>> = {
  changed: async (trx, { pick, below }) =>
    await run(
      trx,
      `update history set ${pick(ALTERATIONS)}
        where history_id = (select history_id from events where event_id = ${1 + below(head.event_id)})`,
    ),
  'changed after its erasure': async (trx, { pick }) =>
    await run(trx, `update history set ${pick(ALTERATIONS)} where history_id = ${pick(redacted).history_id}`),
  removed: async (trx, { below }) => {
    const event_id = 1 + below(head.event_id)
    const [gone] = await run(trx, `delete from events where event_id = ${event_id} returning history_id`)
    await run(trx, `delete from history where history_id = ${gone.history_id}`)
    await shift(trx, event_id, -1)
  },
  inserted: async (trx, { below }) => {
    const event_id = 1 + below(head.event_id)
    await shift(trx, event_id, 1)
    await run(
      trx,
      `with made as (insert into history (occurred_at, actor, request_id, event, subject_id, source, after)
          values (now(), 'x', 'x', 'contact.changed', 'x', 'direct', '{}') returning history_id)
        insert into events (event_id, history_id, hash, content)
        select ${event_id}, made.history_id, other.hash, other.content from made, events other
        where other.event_id = ${event_id + 1}`,
    )
  },
  moved: async (trx, { below }) => {
    const one = 1 + below(head.event_id - 1)
    const other = one + 1 + below(head.event_id - one)
    await run(trx, `update events set event_id = -event_id where event_id in (${one}, ${other})`)
    await run(trx, `update events set event_id = ${one + other} + event_id where event_id < 0`)
  },
}

t.test('R40: an untouched history is whole', async t => {
  t.match(await verifyHistory(database), { end: { event_id: head.event_id, hash: head.hash }, broken: null })
  t.match(await verifyHistory(database, head), { broken: null })
  t.match((await call('GET', '/v1/history/head')).body, { event_id: head.event_id, hash: head.hash.toString('hex') })
})

t.test(
  'R40: in a hundred histories one entry was changed, also once erased, removed, inserted or moved: each is found',
  async t => {
    const random = seededRandom(numberFrom('SEED', 40))
    for (let round = 0; round < 100; round++) {
      const kind = random.pick(Object.keys(TAMPERS))
      t.not(await found(async trx => await TAMPERS[kind]!(trx, random), head), null, `${round}: ${kind}`)
    }
  },
)

t.test('R40: what was cut off at the end, or sealed again, differs from a head that was kept elsewhere', async t => {
  const cut = async (trx: Transaction) => await run(trx, `delete from events where event_id > ${head.event_id - 2}`)
  t.match(await found(cut, head), { event_id: head.event_id - 1, fault: 'missing' })
  const other = { event_id: head.event_id, hash: Buffer.alloc(32) }
  t.match(await found(async () => {}, other), { event_id: head.event_id, fault: 'head' })
})

t.test('R40: an entry put among numbered ones by hand is found, also without a number', async t => {
  const broken = await found(async trx => {
    await run(trx, `update event_numbering set settled_below = (select max(history_id) + 1 from history)`)
    await run(trx, `delete from events where event_id = ${head.event_id}`)
  })
  t.match(broken, { fault: 'left-out' })
})

t.test('R40: the log has the head while it moves', async t => {
  const logged: LoggedHead[] = []
  const end = startHistoryHeadLog(database, line => logged.push(line), 20)
  t.teardown(end)
  await until(async () => logged.length === 1)
  t.same(logged, [{ event_id: head.event_id, hash: head.hash.toString('hex') }])
})
