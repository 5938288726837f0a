import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)

t.test('R21: a person who comes back to a shared mailbox under another name is none of those who left it', async t => {
  await putContract(call, 'married')
  await register(call, 'married', { role: 'primary', email: 'desk@married.example.jp', shared_mailbox: true })
  const { contact_id, account_id } = await register(call, 'married', {
    family_name: '伊藤',
    given_name: '花子',
    email: 'desk@married.example.jp',
    shared_mailbox: true,
  })
  await call('PATCH', `/v1/contacts/${contact_id}`, { email: 'hanako@married.example.jp' })
  t.match((await call('GET', `/v1/support-accounts/${account_id}`)).body, {
    residual_access: [{ contact_id, name: '伊藤 花子' }],
  })
  await call('PATCH', `/v1/contacts/${contact_id}`, {
    family_name: '佐藤',
    email: 'desk@married.example.jp',
    shared_mailbox: true,
  })
  t.strictSame((await call('GET', `/v1/support-accounts/${account_id}`)).body.residual_access, [])
})

t.test(
  'R20, R28: what changes without a new address is not refused for another customer who has the address by now',
  async t => {
    await putContract(call, 'former', { customer_id: 'former' })
    const { contact_id } = await register(call, 'former', {
      role: 'primary',
      email: 'desk@handed-on.example.jp',
      shared_mailbox: true,
    })
    await putContract(call, 'former', { customer_id: 'former', ends_on: '2026-03-31' })
    await putContract(call, 'latter', { customer_id: 'latter' })
    await register(call, 'latter', { role: 'primary', email: 'desk@handed-on.example.jp' })
    t.match(await call('PATCH', `/v1/contacts/${contact_id}`, { duties: ['system'] }), {
      status: 200,
      body: { mailbox_shared: false },
    })
  },
)

t.test('R18: mailbox_shared is the fact, of all contracts in force, and part of the entity tag', async t => {
  clock.set('2026-04-01T00:30:00.000Z', '2026-04-01')
  await putContract(call, 'fact-1', { customer_id: 'fact' })
  await putContract(call, 'fact-2', { customer_id: 'fact', ends_on: '2026-04-30' })
  const email = 'desk@fact.example.jp'
  const first = await register(call, 'fact-1', { role: 'primary', email })
  t.equal(first.mailbox_shared, false)
  const url = `/v1/contacts/${first.contact_id}`
  const ways: Record<string, () => Promise<any>> = {
    contact: async () => (await call('GET', url)).body,
    list: async () => (await call('GET', '/v1/contacts?customer_id=fact')).body.items[0],
    'list of the contract': async () => (await call('GET', '/v1/contracts/fact-1/contacts')).body.items[0],
    roster: async () => (await call('GET', '/v1/contracts/fact-1/roster')).body.contacts[0],
    'roster then': async () => (await call('GET', `/v1/contracts/fact-1/roster?as_of=${clock.now()}`)).body.contacts[0],
  }
  const says = async (expected: boolean, why: string) => {
    for (const [way, read] of Object.entries(ways)) t.equal((await read()).mailbox_shared, expected, `${way}: ${why}`)
  }
  const alone = (await call('GET', url)).headers['etag']!
  const { account_id } = first
  clock.set('2026-04-01T00:31:00.000Z', '2026-04-01')
  t.equal((await register(call, 'fact-2', { role: 'primary', email })).mailbox_shared, false, 'the same person')
  await says(false, 'the same person on another contract')
  t.equal((await call('GET', url)).headers['etag'], alone)
  clock.set('2026-04-01T00:32:00.000Z', '2026-04-01')
  const other = await register(call, 'fact-2', { family_name: '伊藤', email, shared_mailbox: true })
  t.equal(other.mailbox_shared, true)
  await says(true, 'another person on another contract')
  t.match((await call('GET', `/v1/support-accounts/${account_id}`)).body, { shared: true })
  t.equal(
    (await call('PATCH', url, { duties: ['system'] }, { 'if-match': alone })).status,
    412,
    'the answer is another',
  )
  const { text, body, headers } = await call('GET', url)
  t.match(
    await call('PATCH', url, body, { 'if-match': headers['etag']! }),
    { status: 200, text, headers: { etag: headers['etag']! } },
    'sent back whole',
  )
  clock.set('2026-05-01T00:00:00.000Z', '2026-05-01')
  await says(false, 'the other contract has ended')
  const then = await call('GET', '/v1/contracts/fact-1/roster?as_of=2026-04-30T14:59:59Z')
  t.equal(then.body.contacts[0].mailbox_shared, true, 'as it was answered then')
})

t.test('R18: what a write answers is what a read answers then', async t => {
  clock.set('2026-04-01T00:30:00.000Z', '2026-04-01')
  await putContract(call, 'answers', { customer_id: 'answers' })
  const email = 'desk@answers.example.jp'
  const first = await register(call, 'answers', { role: 'primary', email })
  const second = await register(call, 'answers', { family_name: '伊藤', email, shared_mailbox: true })
  const read = async () => await call('GET', '/v1/contracts/answers/roster')
  const { body, headers } = await read()
  t.match(body.contacts, [{ mailbox_shared: true }, { mailbox_shared: true }])
  const put = await call(
    'PUT',
    '/v1/contracts/answers/roster',
    { contacts: [body.contacts[0], { ...body.contacts[1], email: 'ito@answers.example.jp' }] },
    { 'if-match': headers['etag']! },
  )
  const after = await read()
  t.match(put, { status: 200, text: after.text, headers: { etag: after.headers['etag']! } })
  t.match(after.body.contacts, [{ mailbox_shared: false }, { mailbox_shared: false }])
  const back = await call('PATCH', `/v1/contacts/${second.contact_id}`, { email, shared_mailbox: true })
  t.match(back.body, { mailbox_shared: true })
  t.equal(back.headers['etag'], (await call('GET', `/v1/contacts/${second.contact_id}`)).headers['etag'])
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  t.match((await call('GET', `/v1/contacts/${first.contact_id}`)).body, { mailbox_shared: false })
})
