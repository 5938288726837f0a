import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'
import { DKIM_RESULTS, DMARC_RESULTS, SPF_RESULTS } from '#domain/senders/mail-authentication.ts'

const LIMIT = 5

const { call, callByClient, callWith, clock, log } = await testService(t, undefined, { confirmation_domains: LIMIT })
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body

await putContract(call, 'C-1')
const primary = await register(call, 'C-1', { role: 'primary', email: 'yamada@aozora.example.co.jp' })

t.test('R29: a check repeats what SPF, DKIM and DMARC said, and whether the domain of From sent the mail', async t => {
  t.equal((await check({ from: primary.email })).authentication, null)
  t.same((await check({ from: primary.email, authentication: {} })).authentication, {
    spf: null,
    dkim: null,
    dmarc: null,
    from_verified: null,
  })
  for (const [authentication, from_verified] of [
    [{ spf: 'pass', dkim: 'pass', dmarc: 'pass' }, true],
    [{ spf: 'pass', dkim: 'pass', dmarc: 'fail' }, false],
    [{ spf: 'fail', dkim: 'fail', dmarc: 'pass' }, true],
    [{ spf: 'pass', dkim: 'pass' }, null],
    [{ spf: 'pass', dkim: 'pass', dmarc: 'none' }, null],
    [{ dmarc: 'temperror' }, null],
  ] as const) {
    const answer = await check({ from: primary.email, authentication })
    t.same(answer.authentication, { spf: null, dkim: null, dmarc: null, ...authentication, from_verified })
    t.equal(answer.authorised, true, 'who is registered does not depend on it')
  }
  const stranger = await check({ from: 'someone@nowhere.example.jp', authentication: { dmarc: 'pass' } })
  t.match(stranger, { authorised: false, authentication: { from_verified: true } })
  const { body } = await call('POST', '/v1/sender-check-batches', {
    senders: [{ from: primary.email, authentication: { dmarc: 'fail' } }, { from: primary.email }],
  })
  t.match(body.items, [{ authentication: { from_verified: false } }, { authentication: null }])
})

t.test('results are the words of RFC 8601; others are refused', async t => {
  for (const [method, results] of Object.entries({ spf: SPF_RESULTS, dkim: DKIM_RESULTS, dmarc: DMARC_RESULTS })) {
    for (const result of results)
      t.match((await check({ from: primary.email, authentication: { [method]: result } })).authentication, {
        [method]: result,
      })
    for (const result of ['PASS', 'ok', '', true])
      t.equal(
        (await call('POST', '/v1/sender-checks', { from: primary.email, authentication: { [method]: result } })).status,
        400,
        `${method} ${result}`,
      )
  }
  t.equal((await call('POST', '/v1/sender-checks', { from: 'x', authentication: { arc: 'pass' } })).status, 400)
})

const ask = async (as: typeof call, from: string) => await as('POST', '/v1/sender-checks', { from })

t.test('R30: whom to ask is shown for a limited number of domains a minute, to each client', async t => {
  for (const scope of ['senders:confirm', 'senders:hints'] as const) {
    const client = callByClient(`with-${scope}`, 'senders:check', scope)
    for (let guess = 0; guess < LIMIT; guess++)
      t.equal((await ask(client, `a@guess-${guess}.example.jp`)).status, 200, scope)
    t.match(await ask(client, 'a@aozora.example.co.jp'), {
      status: 429,
      headers: { 'retry-after': /^[1-9]\d?$/, 'ratelimit-policy': `"confirmations";q=${LIMIT};w=60` },
      body: { type: '/problems/rate-limited', 'violated-policies': ['confirmations'] },
    })
    t.equal((await ask(client, primary.email)).status, 200, 'a registered sender is not counted')
    t.equal((await ask(client, 'someone@gmail.com')).status, 200, 'nor is a free-mail domain')
    t.equal((await ask(client, 'no address')).status, 200)
  }
  const other = callByClient('another', 'senders:check', 'senders:confirm')
  t.match(await ask(other, 'a@aozora.example.co.jp'), {
    status: 200,
    body: { confirm_with: [{ primary: { email: primary.email } }] },
  })
  const gateway = callByClient('gateway', 'senders:check')
  for (let guess = 0; guess < 3 * LIMIT; guess++)
    t.equal((await ask(gateway, `a@guess-${guess}.example.jp`)).status, 200, 'without the scopes nothing is shown')
  for (let guess = 0; guess < 3 * LIMIT; guess++)
    t.equal((await ask(call, `a@guess-${guess}.example.jp`)).status, 200, 'nor is the root credential limited')
})

t.test('R30: a batch counts each of its domains once', async t => {
  const client = callByClient('batches', 'senders:check', 'senders:confirm')
  const batch = async (...domains: string[]) =>
    await client('POST', '/v1/sender-check-batches', { senders: domains.map(domain => ({ from: `a@${domain}` })) })
  t.equal((await batch(...Array.from({ length: 20 }, () => 'one.example.jp'))).status, 200)
  t.equal((await batch('one.example.jp', 'two.example.jp', 'three.example.jp', 'four.example.jp')).status, 200)
  t.equal((await batch('five.example.jp')).status, 429)
})

/** An address that was a contact of one customer whose contract ended, and is one of another customer now. */
async function movedAddress(email: string): Promise<void> {
  await putContract(call, 'C-before', { customer_id: 'before', ends_on: '2026-04-30' })
  await register(call, 'C-before', { role: 'primary', family_name: '前田', given_name: '一', email })
  clock.set('2026-05-10T00:30:00.000Z')
  await putContract(call, 'C-after', { customer_id: 'after' })
  await register(call, 'C-after', { role: 'primary', family_name: '後藤', given_name: '二', email })
}

t.test('R29: a check narrowed to a former customer tells nothing of the present one, nor the other way', async t => {
  const email = 'desk@moved.example.jp'
  await movedAddress(email)
  clock.set('2026-05-20T00:30:00.000Z')
  for (const as_of of [undefined, '2026-05-15T00:00:00.000Z']) {
    const of = async (narrowing: object) =>
      await check({ from: email, ...narrowing, ...(as_of !== undefined && { as_of }) })
    for (const narrowing of [{ customer_id: 'before' }, { contract_id: 'C-before' }]) {
      const answer = await of(narrowing)
      t.match(answer, { authorised: false, reason: 'contract_ended', contracts: [{ contract_id: 'C-before' }] })
      t.notMatch(JSON.stringify(answer), /後藤|C-after|"after"/, JSON.stringify({ narrowing, as_of }))
    }
    for (const narrowing of [{ customer_id: 'after' }, { contract_id: 'C-after' }]) {
      const answer = await of(narrowing)
      t.match(answer, { authorised: true, account: { customer_id: 'after', display_name: '後藤 二', shared: false } })
      t.notMatch(JSON.stringify(answer), /前田|C-before|"before"/, JSON.stringify({ narrowing, as_of }))
    }
    t.match(await of({}), { authorised: true, account: { customer_id: 'after', display_name: '後藤 二' } })
  }
  t.match(await check({ from: email, as_of: '2026-04-10T00:00:00.000Z' }), { account: { customer_id: 'before' } })
})

t.test(
  'R30: narrowed to a customer, the names of no other are shown, whichever customer shares the domain',
  async t => {
    for (const customer_id of ['narrow-a', 'narrow-b']) {
      await putContract(call, `C-${customer_id}`, { customer_id })
      await register(call, `C-${customer_id}`, { role: 'primary', email: `${customer_id}@group.example.jp` })
    }
    const asked = { from: 'narrow-bb@group.example.jp', customer_id: 'narrow-a' }
    const answer = await check(asked)
    t.match(answer.confirm_with, [{ customer_id: 'narrow-a' }])
    t.equal(answer.confirm_with.length, 1)
    t.notMatch(JSON.stringify(answer), /C-narrow-b|narrow-b@|"narrow-b"/)
    const other = await check({ from: 'narrow-b@group.example.jp', customer_id: 'narrow-a' })
    t.match(other, { authorised: false, reason: 'never_registered', account: null, people: [], contracts: [] })
    t.notMatch(JSON.stringify(other), /C-narrow-b|"narrow-b"/)
    const reply = await check({ from: asked.from, customer_id: 'narrow-a', reply_to: 'narrow-b@group.example.jp' })
    t.match(reply.reply_to, { authorised: false })
  },
)

t.test('the log names no person', async t => {
  t.equal((await callWith('contacts:read')('POST', '/v1/sender-checks', { from: primary.email })).status, 403)
  t.notMatch(log.join('\n'), /example\.(co\.)?jp|前田|後藤/)
})
