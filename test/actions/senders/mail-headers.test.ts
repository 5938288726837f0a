import { smtpAnswer } from '#domain/senders/smtp-answer.ts'
import { SENDER_REASONS } from '#domain/vocabulary.ts'
import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith, clock } = await testService(t)
const check = async (body: object): Promise<any> => (await call('POST', '/v1/sender-checks', body)).body
const gateway = callWith('senders:check')

await putContract(call, 'C-1')
const primary = await register(call, 'C-1', { role: 'primary', email: 'Yamada.Taro@Aozora.example.co.jp' })
await putContract(call, 'C-shared', { customer_id: 'sharing' })
await register(call, 'C-shared', { role: 'primary', email: 'desk@sharing.example.jp' })

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

t.test('R29: an answer for SMTP is ASCII, short, and names no person', async t => {
  t.match((await check({ from: primary.email })).smtp, { code: 250, enhanced_code: '2.0.0' })
  t.match((await check({ from: 'stranger@aozora.example.co.jp' })).smtp, { code: 550, enhanced_code: '5.7.1' })
  t.match((await check({ from: 'no address' })).smtp, { code: 550, enhanced_code: '5.1.7' })
  for (const reason of SENDER_REASONS) t.match(smtpAnswer(reason).text, /^[ -~]{10,480}$/, reason)
})
