import t from 'tap'
import { person, putContract, putCustomer } from '../helpers/fixtures.ts'
import { instanceOn, testService, type Answer } from '../helpers/test-service.ts'
import { openDatabase } from '#db/driver/database.ts'

const service = await testService(t)

/** The service with eight connections for transactions, and this long to wait for a lock. */
async function serviceWaiting(lock_timeout: number) {
  const database = openDatabase(
    { url: service.url, pool_size: 8, connect_timeout: 2_500, statement_timeout: 20_000, lock_timeout },
    () => {},
  )
  t.teardown(async () => await database.close())
  return (await instanceOn(t, { ...service, database }, service.clock)).call
}

await putContract(service.call, 'busy', { product_id: 'data_link', connections: 100 })
await putContract(service.call, 'other', { product_id: 'data_link', connections: 100 })
await putCustomer(service.call, 'busy')

// What many requests may want to lock at once, how another session locks it, and a request for it.
const THINGS: Record<string, { lock: string; send: (call: typeof service.call, n: number) => Promise<Answer> }> = {
  contract: {
    lock: "select from contracts where contract_id = 'busy' for update",
    send: (call, n) =>
      call(
        'POST',
        '/v1/contracts/busy/contacts',
        person({ role: n === 0 ? 'primary' : 'secondary', family_name: '山田', email: `p${n}@busy.example.jp` }),
      ),
  },
  customer: {
    lock: "select from customers where customer_id = 'busy' for update",
    send: (call, n) => call('PUT', '/v1/customers/busy', { name: `株式会社${n}` }),
  },
}

for (const [kind, { lock, send }] of Object.entries(THINGS)) {
  t.test(`a ${kind} that stays locked takes no request for another, and its own say why`, async t => {
    const call = await serviceWaiting(1_500)
    const holder = await service.database.connect()
    await holder.query('begin')
    await holder.query(lock)
    let isHeld = true
    const waiting = Array.from({ length: 32 }, async (_, n) => await send(call, n))
    for (let n = 0; n < 10; n++)
      t.match(await call('PUT', '/v1/customers/free', { name: `株式会社${kind}${n}` }), { status: /20[01]/ })
    t.ok(isHeld, 'while it is locked')
    for (const answer of await Promise.all(waiting))
      t.match(answer, { status: 503, headers: { 'retry-after': /^\d$/ }, body: { detail: /are changing the same/ } })
    await holder.query('rollback')
    isHeld = false
    holder.release()
  })

  t.test(`requests for one ${kind} that have to wait are all served once it is free`, async t => {
    const call = await serviceWaiting(15_000)
    const holder = await service.database.connect()
    await holder.query('begin')
    await holder.query(lock)
    const waiting = send(call, 0)
    const others = Array.from({ length: 40 }, async (_, n) => await send(call, n + 1))
    t.match(await call('PUT', '/v1/customers/free', { name: `株式会社${kind}` }), { status: 200 })
    await holder.query('rollback')
    holder.release()
    const answers = await Promise.all([waiting, ...others])
    t.same(
      answers.filter(({ status }) => status >= 500),
      [],
    )
  })
}
