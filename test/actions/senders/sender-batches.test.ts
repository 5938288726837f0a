import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body

const batch = async (senders: object[]) => await call('POST', '/v1/sender-check-batches', { senders })

await putContract(call, 'C-1')
const primary = await register(call, 'C-1', { role: 'primary', email: 'Yamada.Taro@Aozora.example.co.jp' })
await putContract(call, 'C-shared', { customer_id: 'sharing' })
await register(call, 'C-shared', { role: 'primary', email: 'desk@sharing.example.jp' })

t.test('several at once: each by itself, in their order; more than 100 are refused', async t => {
  const addresses = ['who@example.jp', primary.email, 'no address', 'desk@sharing.example.jp', primary.email]
  const { items } = (await batch(addresses.map(from => ({ from })))).body
  t.same(
    items.map((item: any) => item.authorised),
    [false, true, false, true, true],
  )
  const hundred = Array.from({ length: 100 }, () => ({ from: primary.email }))
  t.equal((await batch(hundred)).body.items.length, 100)
  for (const senders of [[...hundred, ...hundred], [], ['a@example.jp'], [{}], [{ from: 'a', senders: [] }]])
    t.equal((await batch(senders as object[])).status, 400)
  for (const body of [
    {},
    { address: 'a@example.jp' },
    { from: 1 },
    { from: null },
    { from: 'a@example.jp', surprise: '' },
    { from: 'a@example.jp', customer_id: '\u0000' },
  ]) {
    t.equal((await call('POST', '/v1/sender-checks', body)).status, 400, JSON.stringify(body).slice(0, 60))
  }
})

t.test('R29: each sender of a batch is asked about for its own contract and moment', async t => {
  const { body } = await call('POST', '/v1/sender-check-batches', {
    senders: [
      { from: primary.email, contract_id: 'C-1' },
      { from: primary.email, contract_id: 'C-shared' },
      { from: primary.email, as_of: '2020-01-01T00:00:00Z' },
    ],
  })
  t.same(
    body.items.map((item: any) => item.authorised),
    [true, false, false],
  )
  const unknown = await call('POST', '/v1/sender-check-batches', {
    senders: [{ from: primary.email }, { from: 'x', contract_id: 'none' }],
  })
  t.match(unknown, { status: 422, body: { references: [{ pointer: '#/senders/1/contract_id', id: 'none' }] } })
  const future = await call('POST', '/v1/sender-check-batches', {
    senders: [{ from: primary.email, as_of: '2999-01-01T00:00:00Z' }],
  })
  t.match(future, { status: 422, body: { errors: [{ pointer: '#/senders/0/as_of', code: 'in-the-future' }] } })
})

t.test('many callers at once: each gets its own answer', async t => {
  const answers = await Promise.all(
    Array.from(
      { length: 200 },
      async (_, index) =>
        await check(index % 2 === 0 ? { from: primary.email } : { from: `stranger${index}@nowhere.example.jp` }),
    ),
  )
  t.same(
    answers.map(answer => answer.authorised),
    Array.from({ length: 200 }, (_, index) => index % 2 === 0),
  )
})
