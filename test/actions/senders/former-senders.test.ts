import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body

await putContract(call, 'C-1')
await register(call, 'C-1', { role: 'primary', email: 'Yamada.Taro@Aozora.example.co.jp' })

t.test('R28, R29: a contract that ended, and one yet to start', async t => {
  await putContract(call, 'C-term', { customer_id: 'term', starts_on: '2026-05-01', ends_on: '2026-05-31' })
  await register(call, 'C-term', { role: 'primary', email: 'who@term.example.jp' })
  const address = 'who@term.example.jp'
  const before = await check({ from: address })
  t.match(before, {
    authorised: false,
    reason: 'not_yet_in_force',
    people: [{ name: '山田 太郎' }],
    contracts: [{ contract_id: 'C-term', starts_on: '2026-05-01', state: 'not_yet_in_force' }],
    account: { display_name: '山田 太郎' },
  })
  t.match(before.reply.ja, /開始日前/)
  for (const [now, today, authorised] of [
    ['2026-04-30T14:59:59.000Z', '2026-04-30', false],
    ['2026-04-30T15:00:00.000Z', '2026-05-01', true],
    ['2026-05-31T14:59:59.000Z', '2026-05-31', true],
  ] as const) {
    clock.set(now, today)
    t.equal((await check({ from: address })).authorised, authorised, today)
  }
  clock.set('2026-05-31T15:00:00.000Z', '2026-06-01')
  t.match(await check({ from: address }), {
    authorised: false,
    reason: 'contract_ended',
    account: null,
    contracts: [{ contract_id: 'C-term', state: 'ended', ends_on: '2026-05-31' }],
  })
  await putContract(call, 'C-term', { customer_id: 'term', starts_on: '2026-05-01', ends_on: '2026-05-30' })
  t.match(
    await check({ from: address }),
    { authorised: false, reason: 'contract_ended' },
    'also once the account is closed',
  )
})

t.test('R29: one who was removed, and one who went to another address', async t => {
  await putContract(call, 'C-gone', { customer_id: 'gone' })
  await register(call, 'C-gone', { role: 'primary', email: 'primary@gone.example.jp' })
  const removed = await register(call, 'C-gone', {
    family_name: '高橋',
    given_name: '恵',
    email: 'removed@gone.example.jp',
  })
  const moved = await register(call, 'C-gone', {
    family_name: '伊藤',
    given_name: null,
    email: 'before@gone.example.jp',
  })
  clock.set('2026-06-02T00:00:00.000Z')
  await call('DELETE', `/v1/contacts/${removed.contact_id}`)
  await call('PATCH', `/v1/contacts/${moved.contact_id}`, { email: 'after@gone.example.jp' })
  const answer = await check({ from: 'removed@gone.example.jp' })
  t.match(answer, { authorised: false, reason: 'removed', people: [], account: null })
  t.same(answer.hints, [
    {
      kind: 'removed_recently',
      email: null,
      removed_at: '2026-06-02T00:00:00.000Z',
      names: ['高橋 恵'],
      contract_ids: ['C-gone'],
    },
  ])
  t.match(answer.confirm_with, [{ contract_id: 'C-gone', primary: { email: 'primary@gone.example.jp' } }])
  t.match(await check({ from: 'before@gone.example.jp' }), { authorised: false, reason: 'removed' })
  t.match(await check({ from: 'after@gone.example.jp' }), { authorised: true })
  clock.set('2026-06-09T00:00:00.001Z')
  t.same((await check({ from: 'removed@gone.example.jp' })).hints, [], 'a week later no hint')

  await t.test('R26: was this address authorised then', async t => {
    const then = async (address: string, as_of: string): Promise<[boolean, string]> => {
      const { authorised, reason } = await check({ from: `${address}@gone.example.jp`, as_of })
      return [authorised, reason]
    }
    t.same(await then('removed', '2026-06-01T23:59:59Z'), [true, 'registered'])
    t.same(await then('removed', '2026-06-02T09:00:00+09:00'), [false, 'removed'])
    t.same(await then('before', '2026-06-01T23:59:59Z'), [true, 'registered'])
    t.same(await then('before', '2026-06-02T00:00:00Z'), [false, 'removed'])
    t.same(await then('after', '2026-06-01T23:59:59Z'), [false, 'never_registered'])
    t.same(await then('after', '2026-06-02T00:00:00Z'), [true, 'registered'])
    t.same(await then('removed', '2026-01-01T00:00:00Z'), [false, 'never_registered'])
    t.match(await check({ from: 'who@term.example.jp', as_of: '2026-05-15T00:00:00Z' }), {
      authorised: true,
      reason: 'registered',
    })
    t.match(await check({ from: 'who@term.example.jp', as_of: '2026-04-15T00:00:00Z' }), {
      authorised: false,
      reason: 'not_yet_in_force',
    })
    t.match(await check({ from: 'who@term.example.jp', as_of: '2026-06-01T12:00:00Z' }), {
      authorised: false,
      reason: 'contract_ended',
    })
    t.match(await check({ from: 'before@gone.example.jp', contract_id: 'C-1', as_of: '2026-06-01T00:00:00Z' }), {
      authorised: false,
      reason: 'never_registered',
    })
    const future = await call('POST', '/v1/sender-checks', {
      from: 'a@gone.example.jp',
      as_of: '2027-01-01T00:00:00Z',
    })
    t.match(future, { status: 422, body: { errors: [{ pointer: '#/as_of', code: 'in-the-future' }] } })
  })
})

const hints = async (address: string): Promise<any[]> => (await check({ from: address })).hints

t.test('hints: one slip away from a registered address of the domain', async t => {
  for (const slip of ['yamada.tarou', 'yamada.tar', 'yamada.tsro', 'yamdaa.taro']) {
    t.same(
      await hints(`${slip}@aozora.example.co.jp`),
      [
        {
          kind: 'similar_address',
          email: 'Yamada.Taro@Aozora.example.co.jp',
          removed_at: null,
          names: ['山田 太郎'],
          contract_ids: ['C-1'],
        },
      ],
      slip,
    )
  }
  for (const other of ['yamada', 'ymaada.tarou', 'suzuki'])
    t.same(await hints(`${other}@aozora.example.co.jp`), [], other)
})
