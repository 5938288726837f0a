import { smtpAnswer } from '#domain/smtp-answer.ts'
import { SENDER_REASONS } from '#domain/vocabulary.ts'
import t from 'tap'
import { NOTICE, putContract, register } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'

const { call, callWith, clock, log } = await testService(t)
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body
const gateway = callWith('senders:check')
const batch = async (senders: object[]) => await call('POST', '/v1/sender-check-batches', { senders })

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

t.test('R29: a stranger is not, with a reply in two languages that names nobody', async t => {
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
  t.match(body.reply.ja, /ご登録がない/)
  t.match(body.reply.en, /not registered/)
  t.notMatch(JSON.stringify(body.reply), /山田|C-1/)
  t.notOk('hints' in body, 'the gateway is told nothing of near misses')
})

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
  t.same((await check({ from: 'who@sub.aozora.example.co.jp' })).confirm_with, [], "another domain is nobody's")
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

t.test('R18, R29: a shared mailbox answers with everybody behind it, and asks for the name', async t => {
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

t.test('what is no single address is an answer', async t => {
  const invalid = [
    '',
    ' ',
    'yamada',
    '@',
    'a@b',
    'yamada.taro@aozora.example.co.jp\u0000',
    '\u0000',
    '\ud800@example.jp',
    'x'.repeat(10_000),
    `${'x'.repeat(10_000)}@example.jp`,
    'yamada.taro@aozora.example.co.jp, b@example.jp',
    '<yamada.taro@aozora.example.co.jp> <b@example.jp>',
    'b@example.jp <yamada.taro@aozora.example.co.jp>',
    'Group: yamada.taro@aozora.example.co.jp;',
    'yamada.taro@aozora.example.co.jp\r\nBcc: b@example.jp',
    'yamada.taro@\u202eaozora.example.co.jp',
    '"<yamada.taro@aozora.example.co.jp>"',
  ]
  const { status, body } = await gateway('POST', '/v1/sender-check-batches', {
    senders: invalid.map(from => ({ from })),
  })
  t.equal(status, 200)
  for (const [index, given] of invalid.entries())
    t.match(
      body.items[index],
      { address: null, authorised: false, reason: 'invalid_address', reply: { ja: /確認できない/ } },
      given.slice(0, 60).toWellFormed(),
    )
  t.equal(body.items.length, invalid.length)
  t.equal(
    (await check({ from: 'yamada.taro@aozora.example.co.jp <Yamada.Taro@aozora.example.co.jp>' })).authorised,
    true,
    'a name that is the same address leaves no doubt',
  )
})

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

t.test('R29: where an answer would go is answered for the same question', async t => {
  const replyTo = async (fields: object) => (await check({ from: primary.email, ...fields })).reply_to
  t.equal(await replyTo({}), null)
  t.same(await replyTo({ reply_to: `山田 <${primary.email}>` }), { address: primary.email, authorised: true })
  t.same(await replyTo({ reply_to: 'stranger@example.jp' }), { address: 'stranger@example.jp', authorised: false })
  t.same(await replyTo({ reply_to: 'a@example.jp, b@example.jp' }), { address: null, authorised: false })
  t.match(await replyTo({ reply_to: primary.email, contract_id: 'C-shared' }), { authorised: false })
  t.match(await replyTo({ reply_to: primary.email, as_of: clock.now() }), { authorised: true })
})

t.test('R29: machines get neither a reply nor a draft, and are found by their headers', async t => {
  const stranger = { from: 'stranger@aozora.example.co.jp' }
  const machines = [
    { ...stranger, return_path: '<>' },
    { ...stranger, return_path: '' },
    { ...stranger, auto_submitted: 'auto-replied (out of office)' },
    { ...stranger, sender: 'MAILER-DAEMON@mx.example.jp' },
    { from: 'Mail Delivery System <MAILER-DAEMON>' },
    { from: 'postmaster@aozora.example.co.jp' },
    { from: '"Aozora" <No-Reply@aozora.example.co.jp>' },
  ]
  for (const machine of machines)
    t.match(await check(machine), { automatic: true, reply: null, change_request: null }, JSON.stringify(machine))
  const people = [
    stranger,
    { ...stranger, auto_submitted: 'no', return_path: '<bounces+17@mailer.example.jp>' },
    { ...stranger, auto_submitted: ' No ; reason=x' },
    { ...stranger, sender: 'secretary@aozora.example.co.jp' },
  ]
  for (const person of people)
    t.match(
      await check(person),
      { automatic: false, reply: { en: String }, change_request: { contract_id: String } },
      JSON.stringify(person),
    )
  t.match(await check({ from: primary.email, auto_submitted: 'auto-generated' }), { authorised: true, automatic: true })
})

t.test('R29: an answer for SMTP is ASCII, short, and names nobody', async t => {
  t.match((await check({ from: primary.email })).smtp, { code: 250, enhanced_code: '2.0.0' })
  t.match((await check({ from: 'stranger@aozora.example.co.jp' })).smtp, { code: 550, enhanced_code: '5.7.1' })
  t.match((await check({ from: 'no address' })).smtp, { code: 550, enhanced_code: '5.1.7' })
  for (const reason of SENDER_REASONS) t.match(smtpAnswer(reason).text, /^[ -~]{10,480}$/, reason)
})

t.test('R30: with whom to confirm is seen with its scope alone', async t => {
  const { body } = await gateway('POST', '/v1/sender-checks', { from: 'stranger@aozora.example.co.jp' })
  t.notOk('confirm_with' in body || 'hints' in body)
  t.equal(body.change_request, null)
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

t.test('many callers at once: everybody gets the own answer', async t => {
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

t.test('R32: no address and no name in the log', async t => {
  t.ok(log.length > 0)
  t.notMatch(log.join('\n'), /example\.(co\.)?jp|山田|鈴木/)
  t.equal((await callWith('contacts:read')('POST', '/v1/sender-checks', { from: primary.email })).status, 403)
})
