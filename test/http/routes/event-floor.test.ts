import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { verifyHistory } from '#actions/history/verify-history.ts'
import { catchUp } from '#jobs/catch-up.ts'
import { fillContract, putCustomer } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, context, database } = await testService(t)
const number = eventNumbering(database)
const events = async (query = '') => await call('GET', `/v1/events${query}`)
const expire = async (days: number | null): Promise<void> =>
  await catchUp(
    { ...context, retention: { ...context.retention, events: days } },
    {
      caller: { actor: 'madoguchi', request_id: 'job', source: 'job' },
      signal: new AbortController().signal,
      onError: error => t.fail(error.message),
    },
  )

await fillContract(call, 'F-1', 1)
await number()
const before = Number((await events('?after=latest')).body.next_cursor)
clock.set('2026-04-11T00:30:00.000Z')
await putCustomer(call, 'later')
await number()

t.test('R37: without a retention the feed begins with the first event, and nothing expires', async t => {
  await expire(null)
  t.equal((await events()).body.items[0].event_id, 1)
  t.equal((await events('?after=0')).status, 200)
})

t.test('R37: a cursor older than what is kept is answered with 410 and the way to a snapshot', async t => {
  await expire(10)
  t.equal((await events('?after=0')).status, 200, 'ten days ago is kept')
  await expire(9)
  for (const after of [0, 1, before - 1])
    t.match(await events(`?after=${after}`), {
      status: 410,
      body: { type: '/problems/cursor-expired', next: { method: 'GET', path: '/v1/contracts' } },
    })
  const japanese = { 'accept-language': 'ja' }
  t.match(await call('GET', '/v1/events?after=0', undefined, japanese), { body: { detail: /保存期間を過ぎて/ } })
  t.match((await events(`?after=${before}`)).body.items, [{ event_id: before + 1, type: 'customer.created' }])
  t.match((await events()).body.items, [{ event_id: before + 1 }], 'the first is the first that is kept')
  t.match(await events('?after=99'), { status: 400, body: { errors: [{ code: 'bad-cursor' }] } })
  t.match(await events('?after=first'), { status: 400 })
})

t.test('R37: a program that takes the way of the 410 word for word has a copy again, and goes on', async t => {
  const { next } = (await events('?after=0')).body
  const lists = [next.path, '/v1/customers', '/v1/contacts', '/v1/support-accounts']
  let [cursor, copy] = [undefined as string | undefined, 0]
  for (const path of lists)
    for (let page = ''; ;) {
      const { status, headers, body } = await call(next.method, `${path}?limit=1${page}`)
      t.equal(status, 200, path)
      cursor ??= headers['events-cursor']
      copy += body.items.length
      if (body.next_cursor === null) break
      page = `&cursor=${body.next_cursor}`
    }
  t.equal(copy, 1 + 2 + 2 + 2, 'one contract, two customers, two contacts with their accounts')
  t.match((await events(`?after=${cursor}`)).body, { items: [], has_more: false })
  await putCustomer(call, 'after-the-snapshot')
  await number()
  t.match((await events(`?after=${cursor}`)).body.items, [
    { type: 'customer.created', subject_id: 'after-the-snapshot' },
  ])
})

t.test('R37: what expired stays so, the cursor of a list never has, and history keeps all of it', async t => {
  await expire(30)
  t.equal((await events('?after=0')).status, 410)
  clock.set('2026-06-01T00:30:00.000Z')
  await expire(1)
  const { headers } = await call('GET', '/v1/contracts')
  t.match(await events(`?after=${headers['events-cursor']}`), { status: 200, body: { items: [], has_more: false } })
  t.match(await events(), { status: 200, body: { items: [], next_cursor: headers['events-cursor'] } })
  t.ok((await call('GET', '/v1/contracts/F-1/history')).body.items.length > 0)
  t.same((await verifyHistory(database)).broken, null)
})
