import t from 'tap'
import { NOTICE, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith } = await testService(t)
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body
const gateway = callWith('senders:check')

await putContract(call, 'C-1')
await register(call, 'C-1', { role: 'primary', email: 'Yamada.Taro@Aozora.example.co.jp' })

t.test('R30: who is refused but of a known domain is confirmed with the primary of each contract in force', async t => {
  await putContract(call, 'C-2', { product_id: 'data_link' })
  await putContract(call, 'C-3', { ends_on: '2026-03-31' })
  await register(call, 'C-2', {
    role: 'primary',
    family_name: '伊藤',
    given_name: '花子',
    email: 'ito@elsewhere.example.jp',
  })
  const of = async (fields: object): Promise<string[]> =>
    (await check({ from: 'who@aozora.example.co.jp', ...fields })).confirm_with.map(
      (one: any) => `${one.contract_id} ${one.primary.name}`,
    )
  t.same(await of({}), ['C-1 山田 太郎', 'C-2 伊藤 花子'])
  const { confirm_with, change_request } = await check({ from: 'who@elsewhere.example.jp' })
  t.same(
    confirm_with.map((one: any) => one.contract_id),
    ['C-2', 'C-1'],
    'the contract with contacts of the domain comes first',
  )
  t.equal(change_request.contract_id, 'C-2')
  t.same(await of({ product_id: 'data_link' }), ['C-2 伊藤 花子'])
  t.same(await of({ contract_id: 'C-1' }), ['C-1 山田 太郎'])
  t.same((await check({ from: 'who@sub.aozora.example.co.jp' })).confirm_with, [], "another domain is no customer's")
})

t.test('R30: free-mail domains tell nothing of a customer', async t => {
  await putContract(call, 'C-free', { customer_id: 'free' })
  for (const [number, domain] of ['gmail.com', 'yahoo.co.jp', 'docomo.ne.jp', 'mb.ocn.ne.jp'].entries()) {
    await register(call, 'C-free', {
      role: number === 0 ? 'primary' : 'secondary',
      email: `tanaka@${domain}`,
      family_name: `田中${number}`,
    })
    const { confirm_with, change_request, hints, reason } = await check({ from: `tanakb@${domain}` })
    t.same(
      { confirm_with, change_request, hints, reason },
      { confirm_with: [], change_request: null, hints: [], reason: 'never_registered' },
      domain,
    )
    t.equal((await check({ from: `tanaka@${domain}` })).authorised, true)
  }
})

t.test('R24: a refusal can be turned into a change request', async t => {
  const { change_request: draft } = await check({ from: '"鈴木 三郎" <suzuki@aozora.example.co.jp>' })
  t.same(draft, {
    contract_id: 'C-1',
    operations: [
      { op: 'add', contact: { family_name: '鈴木', given_name: '三郎', email: 'suzuki@aozora.example.co.jp' } },
    ],
    requested_by: { name: '鈴木 三郎', email: 'suzuki@aozora.example.co.jp', channel: 'mail' },
  })
  draft.operations[0].contact.privacy_notice_version = NOTICE
  const asked = await call('POST', '/v1/change-requests', draft)
  t.equal(asked.status, 201)
  t.equal(asked.body.state, 'needs_primary_confirmation')
})

t.test('R30: with whom to confirm is seen with its scope alone', async t => {
  const { body } = await gateway('POST', '/v1/sender-checks', { from: 'stranger@aozora.example.co.jp' })
  t.notOk('confirm_with' in body || 'hints' in body)
  t.equal(body.change_request, null)
})
