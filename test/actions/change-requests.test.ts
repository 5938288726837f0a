import t from 'tap'
import { fillContract, person, putContract } from '../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../helpers/history.ts'
import { testService } from '../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'

const { call, clock, context, database } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

const JOB = { actor: 'madoguchi', request_id: 'job' }
const insider = (contract_id: string) => ({
  name: '山田 太郎',
  email: `primary@${contract_id}.example.jp`,
  channel: 'mail',
  ticket_number: 'T-1',
})
const ask = async (contract_id: string, operations: object[], fields = {}, headers = {}) =>
  await call(
    'POST',
    '/v1/change-requests',
    { contract_id, operations, requested_by: insider(contract_id), ...fields },
    headers,
  )
const step = async (id: string, verb: string, body?: object, headers = {}) =>
  await call('POST', `/v1/change-requests/${id}/${verb}`, body, headers)
const rosterOf = async (contract_id: string): Promise<string[]> =>
  (await call('GET', `/v1/contracts/${contract_id}/roster`)).body.contacts.map(
    ({ family_name, role }: any) => `${family_name} ${role}`,
  )
const newcomer = (contract_id: string, fields = {}) => ({
  op: 'add',
  contact: person({ family_name: '新田', email: `new@${contract_id}.example.jp`, ...fields }),
})

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
    const asked = await ask('ready', operations)
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
        requested_by: { name: '山田 太郎', channel: 'mail', ticket_number: 'T-1', contact_id: primary.contact_id },
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
      await rosterOf('ready'),
      ['山田 primary', '副1 secondary', '副2 secondary', '副3 secondary'],
      'nothing is applied yet',
    )
    const read = await call('GET', `/v1/change-requests/${change_request_id}`)
    t.strictSame(read.body, asked.body)
    const applied = await step(change_request_id, 'apply', undefined, { 'request-id': 'apply' })
    t.match(applied, {
      status: 200,
      body: { state: 'applied', closed_at: '2026-04-01T00:30:00.000Z', plan: null, problems: [] },
    })
    t.strictSame(await rosterOf('ready'), ['山田 secondary', '副1 primary', '副3 secondary', '新田 secondary'])
    t.strictSame((await call('GET', `/v1/change-requests/${change_request_id}`)).body, applied.body)

    const { items } = (await call('GET', '/v1/contracts/ready/history')).body
    const changes = items.filter(({ request_id }: any) => request_id === 'apply')
    t.ok(changes.length >= 5)
    for (const entry of changes)
      t.match(entry, {
        client: 'test',
        change_request_id,
        requested_by: { name: '山田 太郎', email: 'primary@ready.example.jp', channel: 'mail', ticket_number: 'T-1' },
      })
    t.match(await step(change_request_id, 'apply'), {
      status: 409,
      body: { type: '/problems/state-conflict', state: 'applied' },
    })
  },
)

t.test("R25: a stranger's request waits for the primary, and nothing is applied until then", async t => {
  const [primary, first] = await fillContract(call, 'stranger', 1)
  const asked = await ask('stranger', [newcomer('stranger')], {
    requested_by: { name: '外部 の人', email: 'stranger@elsewhere.example.jp', channel: 'web' },
  })
  const { change_request_id: id } = asked.body
  t.match(asked.body, {
    state: 'needs_primary_confirmation',
    needs_confirmation: ['requester_not_registered'],
    requested_by: { contact_id: null, ticket_number: null },
  })
  t.match(await step(id, 'apply'), {
    status: 409,
    body: {
      type: '/problems/confirmation-required',
      primary_contact_id: primary.contact_id,
      next: { path: `/v1/change-requests/${id}/confirm` },
    },
  })
  t.match(await step(id, 'confirm', { contact_id: first.contact_id, channel: 'phone' }), {
    status: 409,
    body: { type: '/problems/confirmation-required', primary_contact_id: primary.contact_id },
  })
  t.equal((await call('GET', `/v1/change-requests/${id}`)).body.state, 'needs_primary_confirmation')
  const confirmed = await step(
    id,
    'confirm',
    { contact_id: primary.contact_id, channel: 'phone', ticket_number: 'T-2' },
    { 'request-id': 'confirm' },
  )
  t.match(confirmed, {
    status: 200,
    body: {
      state: 'ready',
      confirmation: {
        contact_id: primary.contact_id,
        name: '山田 太郎',
        channel: 'phone',
        ticket_number: 'T-2',
        confirmed_at: '2026-04-01T00:30:00.000Z',
        client: 'test',
      },
    },
  })
  t.match(await historyOf(database, 'confirm'), [
    {
      event: 'change_request.confirmed',
      contract_id: 'stranger',
      subject_id: id,
      after: { state: 'ready', confirmation: { channel: 'phone' } },
    },
  ])
  t.match(await step(id, 'confirm', { contact_id: primary.contact_id, channel: 'phone' }), {
    status: 409,
    body: { type: '/problems/state-conflict', state: 'ready' },
  })
  t.equal((await step(id, 'apply')).status, 200)
  t.strictSame(await rosterOf('stranger'), ['山田 primary', '副1 secondary', '新田 secondary'])
})

t.test('R25: whoever is primary when the confirmation comes gives it', async t => {
  const [primary, first] = await fillContract(call, 'handed', 1)
  const {
    body: { change_request_id: id },
  } = await ask('handed', [newcomer('handed')], { concerns_contract: true })
  await call('PUT', '/v1/contracts/handed/primary', { contact_id: first.contact_id })
  t.equal((await step(id, 'confirm', { contact_id: primary.contact_id, channel: 'mail' })).status, 409)
  t.match(await step(id, 'confirm', { contact_id: first.contact_id, channel: 'mail' }), {
    status: 200,
    body: { state: 'ready', needs_confirmation: ['concerns_contract'] },
  })
})

t.test('R25: addresses are compared as addresses; who gives none is a stranger', async t => {
  await fillContract(call, 'known', 0)
  t.equal(
    (
      await ask('known', [newcomer('known')], {
        requested_by: { ...insider('known'), email: ' Primary＠KNOWN.example.jp ' },
      })
    ).body.state,
    'ready',
  )
  t.equal(
    (await ask('known', [newcomer('known')], { requested_by: { name: '山田 太郎', channel: 'phone' } })).body.state,
    'needs_primary_confirmation',
  )
  t.equal(
    (
      await ask('known', [newcomer('known')], {
        requested_by: { name: '山田 太郎', channel: 'phone', email: 'not an address' },
      })
    ).body.state,
    'needs_primary_confirmation',
  )
})

t.test('R24: a plan that no longer holds says so, is not applied, and stays', async t => {
  const [, , third] = await fillContract(call, 'full', 2)
  const {
    body: { change_request_id: id, plan },
  } = await ask('full', [newcomer('full')])
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
  t.match(await step(id, 'apply'), {
    status: 409,
    body: { type: '/problems/seat-limit-reached', limit: 4, used: 4, problems: [{ pointers: ['#/operations'] }] },
  })
  t.strictSame(await rowCounts(database), before)
  await call('DELETE', `/v1/contacts/${third.contact_id}`)
  t.match(await step(id, 'apply'), { status: 200, body: { state: 'applied' } })
})

t.test('R24: contacts that went meanwhile are named, with every other reason and its operation', async t => {
  const [primary, first, second] = await fillContract(call, 'gone', 2)
  const {
    body: { change_request_id: id },
  } = await ask('gone', [
    { op: 'update', contact_id: first.contact_id, changes: { duties: [] } },
    { op: 'remove', contact_id: primary.contact_id },
    newcomer('gone', { email: second.email }),
  ])
  await call('DELETE', `/v1/contacts/${first.contact_id}`)
  const refused = await step(id, 'apply')
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

t.test('R24: what could never be applied is not taken down', async t => {
  await fillContract(call, 'never', 0)
  await putContract(call, 'empty')
  const unknown = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
  const before = await rowCounts(database)
  t.match(await ask('never', [{ op: 'remove', contact_id: unknown }]), {
    status: 422,
    body: { type: '/problems/unknown-reference', problems: [{ pointers: ['#/operations/0/contact_id'] }] },
  })
  t.match(
    await ask('never', [newcomer('never', { email: 'a@b@c' }), newcomer('never', { family_name: '山田/伊藤' })]),
    {
      status: 400,
      body: { problems: [{ pointers: ['#/operations/0/contact/email'] }, { type: '/problems/name-not-personal' }] },
    },
  )
  t.match(await ask('nothing', [newcomer('x')]), {
    status: 422,
    body: {
      type: '/problems/unknown-reference',
      references: [{ pointer: '#/contract_id', resource: 'contract', id: 'nothing' }],
    },
  })
  t.match(
    await ask('empty', [newcomer('empty')]),
    { status: 409, body: { type: '/problems/primary-required' } },
    'R23: the first contacts come with a form',
  )
  t.match(await ask('never', [newcomer('never')], { effective_on: '2026-03-31' }), {
    status: 400,
    body: { errors: [{ pointer: '#/effective_on', code: 'in-the-past' }] },
  })
  t.match(await ask('never', []), { status: 400, body: { errors: [{ pointer: '#/operations', code: 'too-few' }] } })
  t.match(await ask('never', [{ op: 'shuffle' }, { op: 'add' }, { op: 'make_primary' }, {}]), {
    status: 400,
    body: {
      errors: [
        { pointer: '#/operations/0/op', code: 'not-allowed' },
        { pointer: '#/operations/1/contact', code: 'required' },
        { pointer: '#/operations/2', code: 'one-of' },
        { pointer: '#/operations/3/op', code: 'required' },
      ],
    },
  })
  t.strictSame(await rowCounts(database), before)
  t.strictSame((await call('GET', '/v1/change-requests?contract_id=never')).body.items, [])
})

t.test('R24: rejected and withdrawn are final, and say why', async t => {
  await fillContract(call, 'closed', 0)
  const rejected = (await ask('closed', [newcomer('closed')])).body.change_request_id
  t.match(await step(rejected, 'reject', {}), {
    status: 400,
    body: { errors: [{ pointer: '#/reason', code: 'required' }] },
  })
  t.match(await step(rejected, 'reject', { reason: '別のお名前で再度ご依頼' }, { 'request-id': 'reject' }), {
    status: 200,
    body: { state: 'rejected', reason: '別のお名前で再度ご依頼', closed_at: '2026-04-01T00:30:00.000Z', plan: null },
  })
  t.match(await historyOf(database, 'reject'), [
    { event: 'change_request.rejected', after: { state: 'rejected', reason: '別のお名前で再度ご依頼' } },
  ])
  const withdrawn = (await ask('closed', [newcomer('closed')], { effective_on: '2026-05-01' })).body.change_request_id
  t.match(await step(withdrawn, 'withdraw', {}), { status: 200, body: { state: 'withdrawn', reason: null } })
  for (const id of [rejected, withdrawn]) {
    for (const [verb, body] of [
      ['apply'],
      ['reject', { reason: 'x' }],
      ['withdraw', {}],
      ['confirm', { contact_id: id, channel: 'mail' }],
    ] as const)
      t.match(await step(id, verb, body), { status: 409, body: { type: '/problems/state-conflict' } }, verb)
  }
  await applyScheduledRequest({ ...context, clock: { ...clock, today: () => '2026-05-01' } }, withdrawn, JOB)
  t.strictSame(await rosterOf('closed'), ['山田 primary'], 'its job finds nothing to do')
  for (const verb of ['apply', 'reject', 'withdraw', 'confirm']) {
    const body = {
      apply: undefined,
      reject: { reason: 'x' },
      withdraw: {},
      confirm: { contact_id: withdrawn, channel: 'mail' },
    }[verb]
    t.equal((await step('019d4672-7740-7c41-9d2e-3f5b8a1c7e90', verb, body)).status, 404, verb)
  }
})

t.test('R24, R28: a scheduled request waits for its day, and is applied once when it starts', async t => {
  const [primary] = await fillContract(call, 'april', 0)
  const { body } = await ask(
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
  t.match(await step(id, 'apply'), {
    status: 409,
    body: { type: '/problems/state-conflict', state: 'scheduled', effective_on: '2026-05-01' },
  })
  await applyScheduledRequest(context, id, JOB)
  t.strictSame(await rosterOf('april'), ['山田 primary'], 'a job that comes early puts it off')
  clock.set('2026-04-30T15:00:00.000Z', '2026-05-01')
  await Promise.all([1, 2, 3].map(async () => await applyScheduledRequest(context, id, JOB)))
  t.strictSame(await rosterOf('april'), ['後藤 primary'])
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
  } = await ask('failing', [newcomer('failing'), { op: 'remove', contact_id: first.contact_id }], {
    effective_on: '2026-05-01',
  })
  await call('DELETE', `/v1/contacts/${first.contact_id}`)
  await call('POST', '/v1/contracts/failing/contacts', person({ email: 'fourth@failing.example.jp' }))
  t.match(
    (await call('GET', `/v1/change-requests/${id}`)).body.plan,
    { feasible: false, problems: { length: 2 } },
    'it can be seen coming',
  )
  const roster = await rosterOf('failing')
  clock.set('2026-05-01T00:00:00.000Z')
  await applyScheduledRequest(context, id, { ...JOB, request_id: 'failing-job' })
  t.match((await call('GET', `/v1/change-requests/${id}`)).body, {
    state: 'failed',
    closed_at: '2026-05-01T00:00:00.000Z',
    plan: null,
    problems: [
      { type: '/problems/unknown-reference', pointers: ['#/operations/1/contact_id'], remedy: String },
      { type: '/problems/seat-limit-reached', pointers: ['#/operations'] },
    ],
  })
  t.strictSame(await rosterOf('failing'), roster)
  t.match(await historyOf(database, 'failing-job'), [{ event: 'change_request.failed', contract_id: 'failing' }])
  await applyScheduledRequest(context, id, JOB)
  t.equal((await step(id, 'apply')).body.type, '/problems/state-conflict')
})

t.test('R25: a scheduled request that was never confirmed is not applied on its day', async t => {
  const [primary] = await fillContract(call, 'late', 0)
  const {
    body: { change_request_id: id },
  } = await ask('late', [newcomer('late')], { effective_on: '2026-05-01', concerns_contract: true })
  clock.set('2026-05-02T00:00:00.000Z')
  await applyScheduledRequest(context, id, JOB)
  t.strictSame(await rosterOf('late'), ['山田 primary'])
  t.match(await step(id, 'confirm', { contact_id: primary.contact_id, channel: 'mail' }), {
    status: 200,
    body: { state: 'scheduled' },
  })
  t.match(
    await step(id, 'apply'),
    { status: 200, body: { state: 'applied' } },
    'its day has come, so it need not wait for the job',
  )
})

t.test('requests are listed in order, by contract, customer and state', async t => {
  await fillContract(call, 'listed', 0, { customer_id: 'listing' })
  const ids: string[] = []
  for (const effective_on of [null, '2026-05-01', null])
    ids.push((await ask('listed', [newcomer('listed')], { effective_on })).body.change_request_id)
  const list = async (query: string) => (await call('GET', `/v1/change-requests?${query}`)).body
  t.strictSame(
    (await list('contract_id=listed')).items.map((item: any) => item.change_request_id),
    ids,
  )
  t.strictSame(
    (await list('customer_id=listing&state=scheduled')).items.map((item: any) => item.change_request_id),
    [ids[1]],
  )
  const page = await list('customer_id=listing&limit=2')
  t.notOk('plan' in page.items[0])
  t.strictSame(
    (await list(`customer_id=listing&limit=2&cursor=${page.next_cursor}`)).items.map(
      (item: any) => item.change_request_id,
    ),
    [ids[2]],
  )
})

t.test('every step may be repeated under its Idempotency-Key', async t => {
  const [primary] = await fillContract(call, 'again', 0)
  const asked = await ask('again', [newcomer('again')], { concerns_contract: true }, { 'idempotency-key': 'ask' })
  t.match(await ask('again', [newcomer('again')], { concerns_contract: true }, { 'idempotency-key': 'ask' }), {
    status: 201,
    headers: { 'idempotent-replayed': 'true' },
    body: { change_request_id: asked.body.change_request_id },
  })
  for (const [verb, body] of [
    ['confirm', { contact_id: primary.contact_id, channel: 'mail' }],
    ['apply', undefined],
  ] as const) {
    const first = await step(asked.body.change_request_id, verb, body, { 'idempotency-key': verb })
    t.match(first, { status: 200 })
    const again = await step(asked.body.change_request_id, verb, body, { 'idempotency-key': verb })
    t.match(again, { status: 200, headers: { 'idempotent-replayed': 'true' } })
    t.equal(again.text, first.text)
  }
})

t.test(
  'the database itself refuses a request that is applied without its confirmation, or failed without a reason',
  async t => {
    await fillContract(call, 'kept', 0)
    const {
      body: { change_request_id },
    } = await ask('kept', [newcomer('kept')], { concerns_contract: true })
    const violated = async (assignments: string): Promise<string> =>
      await database
        .run({
          name: '',
          text: `update change_requests set ${assignments} where change_request_id = '${change_request_id}'`,
          values: [],
        })
        .then(
          () => 'nothing',
          error => error.constraint,
        )
    t.equal(await violated("state = 'ready'"), 'change_requests_confirmed_where_needed')
    t.equal(await violated("state = 'rejected'"), 'change_requests_closed_when_final')
    t.equal(
      await violated("state = 'failed', closed_at = now(), confirmation = '{}', effective_on = '2026-05-01'"),
      'change_requests_failed_with_reasons',
    )
    t.equal(
      await violated("state = 'failed', closed_at = now(), confirmation = '{}', refusals = '[{}]'"),
      'change_requests_scheduled_for_a_day',
    )
  },
)
