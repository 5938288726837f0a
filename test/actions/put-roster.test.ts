import t from 'tap'
import { fillContract, person, putContract, register } from '../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../helpers/history.ts'
import { testService, type Answer } from '../helpers/test-service.ts'

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
const problems = ({ body }: Answer): unknown[] =>
  body.problems.map(({ type, pointers }: any) => [type.replace('/problems/', ''), ...pointers])

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

t.test('R10, R11: somebody is swapped and the only primary replaced when every seat is taken, in one step', async t => {
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
  t.not(changed.body.contacts[1].account_id, b.account_id)
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

t.test(
  'R10, R17, R19: everything that stands in the way is said at once, with pointers and what would put it right',
  async t => {
    const [primary, first] = await fillContract(call, 'wrong', 2)
    const { body, headers } = await rosterOf('wrong')
    const nobody = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
    const contacts = [
      body.contacts[0],
      { ...body.contacts[1], role: 'primary' },
      { ...body.contacts[2], name: 'x' },
      person({ family_name: '伊藤', email: primary.email }),
      person({ family_name: '山田/佐藤', email: 'x@y@z' }),
      { ...person({ email: 'n@wrong.example.jp' }), contact_id: nobody },
      person({ family_name: '副1', given_name: null, email: first.email }),
    ]
    const before = await rowCounts(database)
    const expected = [
      ['invalid-request', '#/contacts/2/name'],
      ['invalid-request', '#/contacts/4/email'],
      ['name-not-personal', '#/contacts/4/family_name'],
      ['unknown-reference', '#/contacts/5/contact_id'],
      ['primary-exists', '#/contacts/0', '#/contacts/1'],
      ['seat-limit-reached', '#/contacts'],
      ['duplicate-contact', '#/contacts/1', '#/contacts/6'],
      ['email-in-use', '#/contacts/3'],
    ]
    const plan = await planOf('wrong', { contacts }, headers['etag'])
    t.match(plan, { status: 200, body: { feasible: false, seats: { before: { used: 3 }, after: { used: 7 } } } })
    t.strictSame(problems(plan), expected)
    const refused = await put('wrong', { contacts }, headers['etag'])
    t.match(refused, { status: 400, body: { type: '/problems/invalid-request' } })
    t.strictSame(problems(refused), expected)
    t.strictSame(refused.body.errors.map(({ pointer, code }: any) => `${pointer} ${code}`).toSorted(), [
      '#/contacts seat-limit-reached',
      '#/contacts/0 primary-exists',
      '#/contacts/1 duplicate-contact',
      '#/contacts/1 primary-exists',
      '#/contacts/2/name read-only',
      '#/contacts/3 email-in-use',
      '#/contacts/4/email invalid-address',
      '#/contacts/4/family_name name-not-personal',
      '#/contacts/5/contact_id unknown-reference',
      '#/contacts/6 duplicate-contact',
    ])
    for (const { title, remedy, detail, status } of refused.body.problems)
      t.match({ title, remedy, detail, status }, { title: /\S/, remedy: /\S/, detail: /\S/, status: Number })
    t.strictSame(await rowCounts(database), before)
  },
)

t.test('R10: a contact under an unknown id is planned as it is described, and the id is refused', async t => {
  const [primary] = await fillContract(call, 'unknown', 0)
  const { headers } = await rosterOf('unknown')
  const stranger = {
    contact_id: '019d4672-7740-7c41-9d2e-3f5b8a1c7e90',
    family_name: '高橋',
    email: 'takahashi@unknown.example.jp',
    privacy_notice_version: '2025-10',
  }
  const contacts = [{ contact_id: primary.contact_id }, stranger]
  t.match(await planOf('unknown', { contacts }, headers['etag']), {
    status: 200,
    body: {
      feasible: false,
      added: [{ role: 'secondary', duties: [], given_name: null, name: '高橋', shared_mailbox: false }],
      problems: [{ type: '/problems/unknown-reference', pointers: ['#/contacts/1/contact_id'] }],
    },
  })
  t.match(await put('unknown', { contacts }, headers['etag']), { status: 422 })
})

t.test(
  'R10: two primaries 409, none 409, the same person twice 409, an unknown contact 422, a shared mailbox not ' +
    'declared 409',
  async t => {
    await fillContract(call, 'refused', 1)
    const {
      body: {
        contacts: [a, b],
      },
      headers,
    } = await rosterOf('refused')
    const cases: [object[], number, string, string[]][] = [
      [[a, { ...b, role: 'primary' }], 409, 'primary-exists', ['#/contacts/0', '#/contacts/1']],
      [[b], 409, 'primary-required', ['#/contacts']],
      [
        [a, b, person({ family_name: '人' }), person({ family_name: '人' })],
        409,
        'duplicate-contact',
        ['#/contacts/2', '#/contacts/3'],
      ],
      [
        [a, b, { ...person(), contact_id: '019d4672-7740-7c41-9d2e-3f5b8a1c7e90' }],
        422,
        'unknown-reference',
        ['#/contacts/2/contact_id'],
      ],
      [[a, b, person({ email: b.email })], 409, 'email-in-use', ['#/contacts/2']],
      [
        [
          a,
          b,
          person({ family_name: '一' }),
          person({ family_name: '二', email: 'two@example.jp' }),
          person({ family_name: '三', email: 'three@example.jp' }),
        ],
        409,
        'seat-limit-reached',
        ['#/contacts'],
      ],
    ]
    for (const [contacts, status, type, pointers] of cases) {
      t.match(
        await put('refused', { contacts }, headers['etag']),
        { status, body: { type: `/problems/${type}`, problems: [{ type: `/problems/${type}`, pointers }] } },
        type,
      )
    }
    t.equal((await rosterOf('refused')).headers['etag'], headers['etag'])
    t.equal((await put('nothing', { contacts: [] }, '*')).status, 404)
  },
)

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

t.test('R10: removing more than half of three or more contacts needs their number', async t => {
  await fillContract(call, 'guarded', 3)
  const {
    body: {
      contacts: [a],
    },
    headers,
  } = await rosterOf('guarded')
  t.match(await put('guarded', { contacts: [a] }, headers['etag']), {
    status: 409,
    body: { type: '/problems/removals-unconfirmed', removals: 3, problems: [{ pointers: ['#/confirm_removals'] }] },
  })
  t.match(await put('guarded', { contacts: [a], confirm_removals: 2 }, headers['etag']), {
    status: 409,
    body: { removals: 3 },
  })
  t.match(await planOf('guarded', { contacts: [a] }), {
    status: 200,
    body: { feasible: false, removed: { length: 3 } },
  })
  t.match(await put('guarded', { contacts: [a], confirm_removals: 3 }, headers['etag']), {
    status: 200,
    body: { seats: { used: 1 } },
  })
})

t.test('R27: a contract over its limit may be rearranged, not raised', async t => {
  await fillContract(call, 'over', 3, { product_id: 'data_link', connections: 2 })
  await putContract(call, 'over', { product_id: 'data_link', connections: 0 })
  const {
    body: {
      contacts: [a, b, c, d],
    },
  } = await rosterOf('over')
  const replaced = await put(
    'over',
    { contacts: [a, b, c, person({ family_name: '新田', email: 'new@over.example.jp' })] },
    '*',
  )
  t.match(replaced, { status: 200, body: { seats: { limit: 2, used: 4, over: 2 } } })
  t.match(
    await put(
      'over',
      { contacts: [...replaced.body.contacts, person({ family_name: '五', email: 'five@over.example.jp' })] },
      '*',
    ),
    { status: 409, body: { type: '/problems/seat-limit-reached', limit: 2, used: 4, over: 2 } },
  )
  t.match(await put('over', { contacts: [a, b, person({ family_name: '六', email: 'six@over.example.jp' })] }, '*'), {
    status: 200,
    body: { seats: { used: 3, over: 1 } },
  })
  t.type((await call('GET', `/v1/contacts/${d.contact_id}`)).body.removed_at, 'string')
})

t.test('R18, R21: a plan shows what becomes of accounts, and changes nothing', async t => {
  await fillContract(call, 'shown', 0)
  const shared = { email: 'desk@shown.example.jp', shared_mailbox: true }
  await register(call, 'shown', { ...shared, family_name: '佐藤' })
  await register(call, 'shown', { ...shared, family_name: '鈴木' })
  const {
    body: {
      contacts: [a, b, c],
    },
    headers,
  } = await rosterOf('shown')
  const before = await rowCounts(database)
  const plan = await planOf(
    'shown',
    {
      contacts: [
        { ...a, role: 'secondary', email: 'moved@shown.example.jp' },
        { ...b, role: 'primary' },
      ],
    },
    headers['etag'],
  )
  t.match(plan, {
    status: 200,
    body: {
      contract_id: 'shown',
      feasible: true,
      problems: [],
      added: [],
      removed: [{ contact_id: c.contact_id }],
      changed: [
        { contact_id: a.contact_id, fields: ['role', 'email'] },
        { contact_id: b.contact_id, fields: ['role'] },
      ],
      role_changes: [
        { contact_id: a.contact_id, before: 'primary', after: 'secondary' },
        { contact_id: b.contact_id, before: 'secondary', after: 'primary' },
      ],
      accounts: {
        opened: [{ email: 'moved@shown.example.jp', display_name: '山田 太郎' }],
        renamed: [{ account_id: b.account_id, before: '佐藤/鈴木', after: '佐藤 太郎' }],
        closed: [{ account_id: a.account_id, display_name: '山田 太郎' }],
        residual_access: [{ account_id: b.account_id, contact_id: c.contact_id, name: '鈴木 太郎' }],
      },
      seats: { before: { used: 3 }, after: { used: 2 } },
    },
  })
  t.strictSame(await rowCounts(database), before)
  t.equal((await rosterOf('shown')).headers['etag'], headers['etag'])
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

t.test("a plan needs no If-Match, changes nothing, and has no tag that could be taken for the roster's", async t => {
  await fillContract(call, 'planned', 2)
  const before = await rowCounts(database)
  const plan = await planOf('planned', { contacts: [] })
  t.match(plan, {
    status: 200,
    headers: { etag: undefined, 'content-language': 'en' },
    body: { feasible: false, removed: { length: 3 }, problems: [{ type: '/problems/removals-unconfirmed' }] },
  })
  t.match(await planOf('planned', { contacts: [], confirm_removals: 3 }), { status: 200, body: { feasible: true } })
  t.match(await planOf('unplanned', { contacts: [] }), { status: 404 })
  t.strictSame(await rowCounts(database), before)
})
