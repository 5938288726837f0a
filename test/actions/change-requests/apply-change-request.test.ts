import t from 'tap'
import { ask, job, newcomer, rosterOf, step } from '../../helpers/change-requests.ts'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const { call, clock, context, database } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test(
  'R24, R25: what a contact asks for is ready, shows its plan, and is applied as one change that names who asked',
  async t => {
    const [primary, first, second] = await fillContract(call, 'ready', 3)
    const operations = [
      { op: 'remove', contact_id: second.contact_id },
      newcomer('ready'),
      { op: 'update', contact_id: first.contact_id, changes: { duties: ['system'] } },
      { op: 'make_primary', contact_id: first.contact_id },
    ]
    const asked = await ask(call, 'ready', operations)
    const { change_request_id } = asked.body
    t.match(asked, {
      status: 201,
      headers: { location: `/v1/change-requests/${change_request_id}`, etag: String },
      body: {
        contract_id: 'ready',
        customer_id: 'customer-1',
        state: 'ready',
        needs_confirmation: [],
        confirmation: null,
        effective_on: null,
        closed_at: null,
        requested_by: { name: '山田 太郎', channel: 'mail', ticket: 'T-1', contact_id: primary.contact_id },
        plan: {
          feasible: true,
          added: [{ name: '新田 太郎' }],
          removed: [{ contact_id: second.contact_id }],
          role_changes: { length: 2 },
          seats: { before: { used: 4 }, after: { used: 4 } },
        },
      },
    })
    t.strictSame(
      await rosterOf(call, 'ready'),
      ['山田 primary', '副1 secondary', '副2 secondary', '副3 secondary'],
      'nothing is applied yet',
    )
    const read = await call('GET', `/v1/change-requests/${change_request_id}`)
    t.strictSame(read.body, asked.body)
    const applied = await step(call, change_request_id, 'apply', undefined, { 'request-id': 'apply' })
    t.match(applied, {
      status: 200,
      body: { state: 'applied', closed_at: '2026-04-01T00:30:00.000Z', plan: null, problems: [] },
    })
    t.strictSame(await rosterOf(call, 'ready'), ['山田 secondary', '副1 primary', '副3 secondary', '新田 secondary'])
    t.strictSame((await call('GET', `/v1/change-requests/${change_request_id}`)).body, applied.body)

    const { items } = (await call('GET', '/v1/contracts/ready/history')).body
    const changes = items.filter(({ request_id }: any) => request_id === 'apply')
    t.ok(changes.length >= 5)
    for (const entry of changes)
      t.match(entry, {
        client: 'test',
        change_request_id,
        requested_by: { name: '山田 太郎', email: 'primary@ready.example.jp', channel: 'mail', ticket: 'T-1' },
      })
    t.match(await step(call, change_request_id, 'apply'), {
      status: 409,
      body: { type: '/problems/state-conflict', state: 'applied' },
    })
  },
)

t.test('R24: a plan that no longer holds says so, is not applied, and stays', async t => {
  const [, , third] = await fillContract(call, 'full', 2)
  const {
    body: { change_request_id: id, plan },
  } = await ask(call, 'full', [newcomer('full')])
  t.equal(plan.feasible, true)
  await call('POST', '/v1/contracts/full/contacts', person({ email: 'last@full.example.jp' }))
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, {
    state: 'ready',
    plan: {
      feasible: false,
      problems: [{ type: '/problems/seat-limit-reached', pointers: ['#/operations'], remedy: String }],
    },
  })
  const before = await rowCounts(database)
  t.match(await step(call, id, 'apply'), {
    status: 409,
    body: { type: '/problems/seat-limit-reached', limit: 4, used: 4, problems: [{ pointers: ['#/operations'] }] },
  })
  t.strictSame(await rowCounts(database), before)
  await call('DELETE', `/v1/contacts/${third.contact_id}`)
  t.match(await step(call, id, 'apply'), { status: 200, body: { state: 'applied' } })
})

t.test('R24: contacts that went meanwhile are named, with every other reason and its operation', async t => {
  const [primary, first, second] = await fillContract(call, 'gone', 2)
  const {
    body: { change_request_id: id },
  } = await ask(call, 'gone', [
    { op: 'update', contact_id: first.contact_id, changes: { duties: [] } },
    { op: 'remove', contact_id: primary.contact_id },
    newcomer('gone', { email: second.email }),
  ])
  await call('DELETE', `/v1/contacts/${first.contact_id}`)
  const refused = await step(call, id, 'apply')
  t.strictSame(
    refused.body.problems.map(({ type, pointers }: any) => [type.replace('/problems/', ''), ...pointers]),
    [
      ['unknown-reference', '#/operations/0/contact_id'],
      ['primary-required', '#/operations'],
      ['email-in-use', '#/operations/2/contact'],
    ],
  )
  t.equal(refused.status, 422)
})

t.test('R24, R28: a scheduled request waits for its day, and is applied once when it starts', async t => {
  const [primary] = await fillContract(call, 'april', 0)
  const { body } = await ask(
    call,
    'april',
    [
      {
        op: 'make_primary',
        new_contact: person({ family_name: '後藤', email: 'next@april.example.jp' }),
        former_primary: 'removed',
      },
    ],
    { effective_on: '2026-05-01' },
  )
  const { change_request_id: id } = body
  t.match(body, { state: 'scheduled', plan: { feasible: true, removed: [{ contact_id: primary.contact_id }] } })
  t.match(await step(call, id, 'apply'), {
    status: 409,
    body: { type: '/problems/state-conflict', state: 'scheduled', effective_on: '2026-05-01' },
  })
  await applyScheduledRequest(context, id, job())
  t.strictSame(await rosterOf(call, 'april'), ['山田 primary'], 'a job that comes early puts it off')
  clock.set('2026-04-30T15:00:00.000Z', '2026-05-01')
  await Promise.all([1, 2, 3].map(async () => await applyScheduledRequest(context, id, job())))
  t.strictSame(await rosterOf(call, 'april'), ['後藤 primary'])
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, {
    state: 'applied',
    closed_at: '2026-04-30T15:00:00.000Z',
  })
  t.strictSame(
    (await historyOf(database, 'job'))
      .map(({ event, actor }) => `${actor} ${event}`)
      .filter(text => /contact|request/.test(text))
      .toSorted(),
    ['madoguchi change_request.applied', 'madoguchi contact.registered', 'madoguchi contact.removed'],
  )
})

t.test('R24: what the rules forbid on its day fails with its reasons, and changes nothing', async t => {
  const [, first] = await fillContract(call, 'failing', 3)
  const {
    body: { change_request_id: id },
  } = await ask(call, 'failing', [newcomer('failing'), { op: 'remove', contact_id: first.contact_id }], {
    effective_on: '2026-05-01',
  })
  await call('DELETE', `/v1/contacts/${first.contact_id}`)
  await call('POST', '/v1/contracts/failing/contacts', person({ email: 'fourth@failing.example.jp' }))
  t.match(
    (await call('GET', `/v1/change-requests/${id}`)).body.plan,
    { feasible: false, problems: { length: 2 } },
    'it can be seen coming',
  )
  const roster = await rosterOf(call, 'failing')
  clock.set('2026-05-01T00:00:00.000Z')
  await applyScheduledRequest(context, id, job('failing-job'))
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, {
    state: 'failed',
    closed_at: '2026-05-01T00:00:00.000Z',
    plan: null,
    problems: [
      { type: '/problems/unknown-reference', pointers: ['#/operations/1/contact_id'], remedy: String },
      { type: '/problems/seat-limit-reached', pointers: ['#/operations'] },
    ],
  })
  t.strictSame(await rosterOf(call, 'failing'), roster)
  t.match(await historyOf(database, 'failing-job'), [{ event: 'change_request.failed', contract_id: 'failing' }])
  await applyScheduledRequest(context, id, job())
  t.equal((await step(call, id, 'apply')).body.type, '/problems/state-conflict')
})
