import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
const emails = async (query: string): Promise<string[]> =>
  (await call('GET', `/v1/support-accounts?${query}`)).body.items.map((item: any) => item.email)

await putContract(call, 'A-1', { customer_id: 'one' })
await putContract(call, 'A-2', { customer_id: 'two', ends_on: '2026-04-01' })
await register(call, 'A-1', { role: 'primary', email: 'single@one.example.jp' })
await register(call, 'A-1', { family_name: '佐藤', email: 'shared@one.example.jp', shared_mailbox: true })
await register(call, 'A-1', { family_name: '伊藤', email: 'shared@one.example.jp', shared_mailbox: true })
const left = await register(call, 'A-1', { family_name: '鈴木', email: 'left@one.example.jp' })
await register(call, 'A-2', { role: 'primary', email: 'ending@two.example.jp' })
await call('DELETE', `/v1/contacts/${left.contact_id}`)

t.test('R21, R28: accounts by their state', async t => {
  t.same(await emails('state=open'), ['single@one.example.jp', 'shared@one.example.jp', 'ending@two.example.jp'])
  t.same(await emails('state=closed'), ['left@one.example.jp'])
  clock.set('2026-04-02T00:00:00.000Z')
  t.same(
    await emails('state=open'),
    ['single@one.example.jp', 'shared@one.example.jp'],
    'a contract that ended yesterday, whose end is not recorded yet',
  )
  t.same(await emails('state=closed'), ['left@one.example.jp', 'ending@two.example.jp'])
  t.same(await emails('state=closed&customer_id=two'), ['ending@two.example.jp'])
  t.same(await emails('state=closed&customer_id=one'), ['left@one.example.jp'])
  for (const state of ['open', 'closed'])
    for (const { state: shown } of (await call('GET', `/v1/support-accounts?state=${state}`)).body.items)
      t.equal(shown, state)
})

t.test('R18: accounts by whether several people are behind them', async t => {
  t.same(await emails('shared=true'), ['shared@one.example.jp'])
  t.same(await emails('shared=false'), ['single@one.example.jp', 'left@one.example.jp', 'ending@two.example.jp'])
  t.same(await emails('shared=true&state=closed'), [])
  t.same(await emails('shared=true&customer_id=two'), [])
})

t.test('pages of a filtered list follow each other', async t => {
  const first = await call('GET', '/v1/support-accounts?state=closed&limit=1')
  t.same(
    first.body.items.map((item: any) => item.email),
    ['left@one.example.jp'],
  )
  t.same(await emails(`state=closed&limit=1&cursor=${first.body.next_cursor}`), ['ending@two.example.jp'])
  for (const query of ['state=gone', 'shared=yes', 'shared=1'])
    t.equal((await call('GET', `/v1/support-accounts?${query}`)).status, 400, query)
})
