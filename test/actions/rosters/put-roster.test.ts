import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const rosterOf = async (contract_id: string) => await call('GET', `/v1/contracts/${contract_id}/roster`)
const put = async (contract_id: string, body: object, tag?: string, headers = {}): Promise<Answer> =>
  await call('PUT', `/v1/contracts/${contract_id}/roster`, body, {
    ...(tag !== undefined && { 'if-match': tag }),
    ...headers,
  })
const planOf = async (contract_id: string, body: object, tag?: string): Promise<Answer> =>
  await call('POST', `/v1/contracts/${contract_id}/roster/plan`, body, {
    ...(tag !== undefined && { 'if-match': tag }),
  })

t.test('R26: a roster that is sent back as it was answered changes nothing', async t => {
  await fillContract(call, 'same', 2)
  const { body, headers } = await rosterOf('same')
  t.match(body, {
    contract_id: 'same',
    customer_id: 'customer-1',
    seats: { limit: 4, used: 3, available: 1, over: 0 },
    contacts: { length: 3 },
  })
  const before = await rowCounts(database)
  const answer = await put('same', { contacts: body.contacts }, headers['etag'])
  t.match(answer, { status: 200, headers: { etag: headers['etag'] } })
  t.strictSame(answer.body, body)
  t.strictSame(await rowCounts(database), before)
  t.equal(
    (await call('GET', '/v1/contracts/same/roster', undefined, { 'if-none-match': headers['etag']! })).status,
    304,
  )
})

t.test('R10, R11: a person is swapped and the only primary replaced when every seat is taken, in one step', async t => {
  const [primary, first, second, third] = await fillContract(call, 'full', 3)
  const { headers } = await rosterOf('full')
  const answer = await put(
    'full',
    {
      contacts: [
        person({ role: 'primary', family_name: '後藤', email: 'successor@full.example.jp' }),
        first,
        second,
        person({ family_name: '新田', email: 'new@full.example.jp' }),
      ],
    },
    headers['etag'],
    { 'request-id': 'swap' },
  )
  t.match(answer, { status: 200, body: { seats: { used: 4, available: 0 } } })
  t.strictSame(
    answer.body.contacts.map(({ family_name, role }: any) => `${family_name} ${role}`).toSorted(),
    ['副1 secondary', '副2 secondary', '後藤 primary', '新田 secondary'].toSorted(),
  )
  const now = await rosterOf('full')
  t.strictSame(now.body, answer.body)
  t.equal(now.headers['etag'], answer.headers['etag'])
  for (const { contact_id } of [primary, third])
    t.type((await call('GET', `/v1/contacts/${contact_id}`)).body.removed_at, 'string')
  const events = (await historyOf(database, 'swap')).map(({ event }) => event)
  t.strictSame(events.filter(event => event.startsWith('contact.')).toSorted(), [
    'contact.registered',
    'contact.registered',
    'contact.removed',
    'contact.removed',
  ])
})

t.test('R10, R12: a first registration, changes in place and an empty list are rosters too', async t => {
  await putContract(call, 'grown')
  const { headers } = await rosterOf('grown')
  const grown = await put(
    'grown',
    {
      contacts: [
        person({ role: 'primary', email: 'a@grown.example.jp' }),
        person({ family_name: '伊藤', email: 'b@grown.example.jp' }),
      ],
    },
    headers['etag'],
  )
  t.equal(grown.status, 200)
  const [a, b] = grown.body.contacts
  const changed = await put(
    'grown',
    {
      contacts: [
        { ...a, duties: ['system'] },
        { ...b, email: 'c@grown.example.jp' },
      ],
    },
    grown.headers['etag'],
  )
  t.match(changed.body.contacts, [
    { contact_id: a.contact_id, duties: ['system'] },
    { contact_id: b.contact_id, email: 'c@grown.example.jp', registered_at: b.registered_at },
  ])
  t.equal(changed.body.contacts[1].account_id, b.account_id, 'the account goes along (R21)')
  const [first] = changed.body.contacts
  t.match(
    await put('grown', { contacts: [{ ...first, role: 'primary' }] }, changed.headers['etag']),
    { status: 200, body: { seats: { used: 1 } } },
    'half of two is not guarded',
  )
  const { headers: last } = await rosterOf('grown')
  t.match(await put('grown', { contacts: [] }, last['etag']), {
    status: 409,
    body: { type: '/problems/removals-unconfirmed', removals: 1 },
  })
  t.match(await put('grown', { contacts: [], confirm_removals: 1 }, last['etag']), {
    status: 200,
    body: { contacts: [], seats: { used: 0 } },
  })
})

t.test('a roster has to be based on what is there: without If-Match 428, stale 412, and nothing changes', async t => {
  const [, second] = await fillContract(call, 'stale', 1)
  const { body, headers } = await rosterOf('stale')
  const { contacts } = body
  t.match(await put('stale', { contacts }), { status: 428, body: { type: '/problems/precondition-required' } })
  await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: ['system'] })
  const before = await rowCounts(database)
  for (const send of [put, planOf])
    t.match(await send('stale', { contacts: [contacts[0]] }, headers['etag']), {
      status: 412,
      body: { type: '/problems/precondition-failed', current_etag: (await rosterOf('stale')).headers['etag'] },
    })
  t.strictSame(await rowCounts(database), before)
  t.equal(
    (await put('stale', { contacts }, `W/${(await rosterOf('stale')).headers['etag']}`)).status,
    412,
    'a weak tag never matches',
  )
  t.equal((await put('stale', { contacts }, '*')).status, 200)
})

t.test('R20, R28: an address of another customer, and a contract that has ended', async t => {
  await putContract(call, 'others', { customer_id: 'other-customer' })
  await register(call, 'others', { role: 'primary', email: 'theirs@example.jp' })
  await fillContract(call, 'ours', 0)
  const {
    body: {
      contacts: [a],
    },
  } = await rosterOf('ours')
  const taken = await put('ours', { contacts: [a, person({ email: 'theirs@example.jp' })] }, '*')
  t.match(taken, { status: 409, body: { type: '/problems/email-taken', problems: [{ pointers: ['#/contacts/1'] }] } })
  t.notMatch(taken.text, /other-customer|others/)
  await putContract(call, 'ours', { ends_on: '2026-03-31' })
  t.match(await put('ours', { contacts: [a, person({ email: 'late@example.jp' })] }, '*'), {
    status: 409,
    body: { type: '/problems/contract-not-in-force', problems: [{ pointers: ['#/contacts/1'] }] },
  })
})

t.test('a PUT whose answer was lost may be repeated: what is so already changes nothing', async t => {
  await fillContract(call, 'repeated', 2)
  const { body, headers } = await rosterOf('repeated')
  const [a, b] = body.contacts
  const list = {
    contacts: [
      { ...a, family_name: '山川' },
      { ...b, duties: ['system'] },
      person({ family_name: '新田', email: 'New@repeated.example.jp' }),
      person({ family_name: '新井様', given_name: null, email: 'arai@repeated.example.jp' }),
    ],
    confirm_removals: 1,
  }
  const first = await put('repeated', list, headers['etag'])
  t.match(first, { status: 200, body: { contacts: { length: 4 } } })
  const before = await rowCounts(database)
  const again = await put('repeated', list, headers['etag'])
  t.match(again, { status: 200, headers: { etag: first.headers['etag'] } })
  t.strictSame(again.body, (await rosterOf('repeated')).body)
  t.strictSame(await rowCounts(database), before)
  await call('PATCH', `/v1/contacts/${b.contact_id}`, { duties: ['contract'] })
  t.match(await put('repeated', list, headers['etag']), {
    status: 412,
    body: { type: '/problems/precondition-failed' },
  })
})
