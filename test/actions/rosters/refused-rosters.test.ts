import t from 'tap'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
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
const problems = ({ body }: Answer): unknown[] =>
  body.problems.map(({ type, pointers }: any) => [type.replace('/problems/', ''), ...pointers])

t.test('R10, R17, R19: every problem is said at once, with pointers and what would put it right', async t => {
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
})

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
      added: [{ role: 'secondary', duties: [], given_name: null, name: '高橋', mailbox_shared: false }],
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
