import t from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const SMALL = { name: 'manage', base_seats: 2, bundled_app_ids: [], counts_apps: true, counts_connections: false }

await fillContract(call, 'B-1', 2)
await fillContract(call, 'A-1', 0, { app_ids: ['attendance'] })
await putContract(call, 'C-1', { product_id: 'manage_ac' })
const { updated_at: _at, product_id: _id, ...manage } = (await call('GET', '/v1/products/manage')).body
const limitsNow = async (): Promise<unknown[]> =>
  (await call('GET', '/v1/contracts')).body.items.map(({ contract_id, seats }: any) => [contract_id, seats.limit])

t.test(
  'R6, R27: a plan shows which contracts a product would move, the newly over first, and changes nothing',
  async t => {
    const before = await limitsNow()
    const { status, body } = await call('POST', '/v1/products/manage/plan', SMALL)
    t.equal(status, 200)
    t.match(body, { feasible: true, moved: 2, newly_over: 1 })
    t.strictSame(
      body.contracts.map(({ contract_id, seats }: any) => [contract_id, seats.before.limit, seats.after]),
      [
        ['B-1', 4, { limit: 2, used: 3, available: 0, over: 1 }],
        ['A-1', 5, { limit: 3, used: 1, available: 2, over: 0 }],
      ],
    )
    t.strictSame(await limitsNow(), before)
    await call('PUT', '/v1/products/manage', SMALL)
    for (const { contract_id, seats } of body.contracts) {
      const { limit, over } = (await call('GET', `/v1/contracts/${contract_id}`)).body.seats
      t.strictSame([limit, over], [seats.after.limit, seats.after.over], 'as it came')
    }
    const back = await call('POST', '/v1/products/manage/plan', manage)
    t.match(back.body, { moved: 2, newly_over: 0 }, 'a contract that is over its limit already is not newly over')
  },
)

t.test('R6: a plan of an app moves the contracts that use it, also by their product', async t => {
  const option = { name: '勤怠', kind: 'option' }
  t.strictSame(
    (await call('POST', '/v1/apps/attendance/plan', option)).body.contracts.map((one: any) => one.contract_id),
    ['A-1'],
  )
  t.strictSame(
    (await call('POST', '/v1/apps/expenses/plan', option)).body.contracts.map((one: any) => one.contract_id),
    ['C-1'],
  )
  t.match((await call('POST', '/v1/apps/attendance/plan', { ...option, kind: 'app' })).body, {
    moved: 0,
    contracts: [],
  })
})

t.test('a plan of a new entry moves nothing, and one that could not be put is refused alike', async t => {
  t.match((await call('POST', '/v1/products/new/plan', SMALL)).body, { moved: 0, newly_over: 0, contracts: [] })
  t.match((await call('POST', '/v1/apps/new/plan', { name: '新', kind: 'app' })).body, { moved: 0 })
  const unknown = await call('POST', '/v1/products/manage/plan', { ...SMALL, bundled_app_ids: ['nothing'] })
  t.equal(unknown.status, 422)
  t.match(unknown.body.references, [{ pointer: '#/bundled_app_ids/0', id: 'nothing' }])
  const stale = { 'if-match': '"stale"' }
  t.equal((await call('POST', '/v1/products/manage/plan', SMALL, stale)).status, 412)
  t.equal((await call('POST', '/v1/apps/attendance/plan', { name: '勤怠', kind: 'app' }, stale)).status, 412)
})
