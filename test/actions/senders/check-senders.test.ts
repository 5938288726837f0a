import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith, clock, log } = await testService(t)
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body
const gateway = callWith('senders:check')

await putContract(call, 'C-1')
const primary = await register(call, 'C-1', { role: 'primary', email: 'Yamada.Taro@Aozora.example.co.jp' })

t.test('R29: a registered sender is authorised, whatever the spelling, with account, people and contracts', async t => {
  for (const address of [
    'yamada.taro@aozora.example.co.jp',
    '"山田" <Yamada.Taro@Aozora.example.co.jp>',
    'ｙａｍａｄａ.taro＠aozora.example.co.jp',
    '山田 太郎\r\n <YAMADA.TARO@AOZORA.EXAMPLE.CO.JP>',
  ]) {
    const { authorised, reason, ask_for_name, people, account, contracts, reply, confirm_with, hints } = await check({
      from: address,
    })
    t.same(
      { authorised, reason, ask_for_name, reply, confirm_with, hints },
      { authorised: true, reason: 'registered', ask_for_name: false, reply: null, confirm_with: [], hints: [] },
      address,
    )
    t.same(account, {
      account_id: primary.account_id,
      customer_id: 'customer-1',
      email: 'Yamada.Taro@Aozora.example.co.jp',
      display_name: '山田 太郎',
      shared: false,
    })
    t.same(people, [
      {
        name: '山田 太郎',
        family_name: '山田',
        given_name: '太郎',
        contacts: [{ contact_id: primary.contact_id, contract_id: 'C-1', role: 'primary', duties: [] }],
      },
    ])
    t.same(contracts, [
      {
        contract_id: 'C-1',
        customer_id: 'customer-1',
        product_id: 'manage',
        state: 'in_force',
        starts_on: '2024-04-01',
        ends_on: null,
      },
    ])
  }
})

t.test('R16, R29: an internationalised domain is found in either form', async t => {
  await putContract(call, 'C-idn', { customer_id: 'idn' })
  await register(call, 'C-idn', { role: 'primary', email: 'yamada@例え.jp' })
  for (const address of ['yamada@例え.jp', 'YAMADA@xn--r8jz45g.jp', 'yamada@例え．jp'])
    t.equal((await check({ from: address })).authorised, true, address)
})

t.test('R29: a stranger is not, with a reply in two languages that names no person', async t => {
  const { status, body } = await gateway('POST', '/v1/sender-checks', {
    from: '"鈴木 三郎" <suzuki@Aozora.example.co.jp>',
  })
  t.equal(status, 200)
  t.match(body, {
    address: 'suzuki@Aozora.example.co.jp',
    authorised: false,
    reason: 'never_registered',
    account: null,
    people: [],
    contracts: [],
  })
  t.match(body.reply.ja, /ご登録いただいていない/)
  t.match(body.reply.en, /not registered/)
  t.notMatch(JSON.stringify(body.reply), /山田|C-1/)
  t.notOk('hints' in body, 'the gateway learns nothing of near misses')
})

t.test('R18, R29: a shared mailbox answers with all its people, and asks for the name', async t => {
  await putContract(call, 'C-shared', { customer_id: 'sharing' })
  const box = { email: 'desk@sharing.example.jp', shared_mailbox: true }
  await register(call, 'C-shared', { ...box, role: 'primary' })
  await register(call, 'C-shared', { ...box, family_name: '佐藤', given_name: null })
  await putContract(call, 'C-shared-2', { customer_id: 'sharing' })
  await register(call, 'C-shared-2', { ...box, role: 'primary' })
  const { account, ask_for_name, people, contracts } = await check({ from: box.email })
  t.match(account, { display_name: '山田/佐藤', shared: true })
  t.equal(ask_for_name, true)
  t.same(
    people.map((one: any) => [one.name, one.contacts.map((contact: any) => contact.contract_id).toSorted()]),
    [
      ['山田 太郎', ['C-shared', 'C-shared-2']],
      ['佐藤', ['C-shared']],
    ],
  )
  t.same(contracts.map((one: any) => one.contract_id).toSorted(), ['C-shared', 'C-shared-2'])
  const narrowed = await check({ from: box.email, contract_id: 'C-shared-2' })
  t.match(
    narrowed,
    { authorised: true, ask_for_name: false, account: { display_name: '山田/佐藤' }, people: { length: 1 } },
    'the account stays what it is',
  )
  t.match(
    await check({ from: box.email, contract_id: 'C-shared-2', as_of: clock.now() }),
    {
      authorised: true,
      ask_for_name: false,
      account: { display_name: '山田/佐藤', shared: true },
      people: { length: 1 },
    },
    'also in the past',
  )
  t.match(await check({ from: box.email, contract_id: 'C-1', as_of: clock.now() }), {
    authorised: false,
    reason: 'never_registered',
  })
})

t.test('R29: narrowed to what the sender is not registered on', async t => {
  t.match(await check({ from: primary.email, contract_id: 'C-shared' }), {
    authorised: false,
    reason: 'never_registered',
  })
  t.match(await check({ from: primary.email, customer_id: 'sharing' }), {
    authorised: false,
    reason: 'never_registered',
  })
  t.match(await check({ from: primary.email, product_id: 'manage', customer_id: 'customer-1' }), {
    authorised: true,
  })
  const { status, body } = await call('POST', '/v1/sender-checks', {
    from: primary.email,
    contract_id: 'no-such',
    customer_id: 'nor-this',
    product_id: 'none',
  })
  t.equal(status, 422)
  t.same(body.references.map((reference: any) => reference.pointer).toSorted(), [
    '#/contract_id',
    '#/customer_id',
    '#/product_id',
  ])
})

t.test('R29: a narrowed check tells nothing of other customers', async t => {
  const asked = { from: primary.email, customer_id: 'sharing' }
  const nothing = { account: null, people: [], contracts: [], confirm_with: [], change_request: null }
  t.match(await check(asked), nothing)
  t.match(await check({ ...asked, as_of: clock.now() }), { account: null, people: [], contracts: [] })
  const slip = 'yamada.tarou@aozora.example.co.jp'
  t.ok((await check({ from: slip })).hints.length > 0)
  t.match(await check({ from: slip, customer_id: 'sharing' }), { ...nothing, hints: [] })
})

t.test('R32: no address and no name in the log', async t => {
  t.ok(log.length > 0)
  t.notMatch(log.join('\n'), /example\.(co\.)?jp|山田|鈴木/)
  t.equal((await callWith('contacts:read')('POST', '/v1/sender-checks', { from: primary.email })).status, 403)
})
