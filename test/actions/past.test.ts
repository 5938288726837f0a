import t from 'tap'
import { fillContract, person, putContract, register } from '../helpers/fixtures.ts'
import { numberFrom, seededRandom } from '../helpers/seeded-random.ts'
import { secondInstance, testService, type Call } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service
const seed = numberFrom('SEED', 20260401)

const START = Date.parse('2026-04-01T00:30:00.000Z')
const moment = (milliseconds: number): string => new Date(START + milliseconds).toISOString()
const goTo = (milliseconds: number): void => clock.set(moment(milliseconds), clock.dayOf(moment(milliseconds)))
t.beforeEach(() => goTo(0))

const then = async (url: string, as_of: string) =>
  await call('GET', `${url}${url.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(as_of)}`)

t.test('R26: contacts, roster and contract of any moment are what was answered then', async t => {
  const random = seededRandom(seed)
  await putContract(call, 'past', { product_id: 'data_link', connections: 3 })
  await register(call, 'past', { role: 'primary', email: 'primary@past.example.jp' })
  const urls = [
    '/v1/contracts/past',
    '/v1/contracts/past/contacts',
    '/v1/contracts/past/contacts?role=secondary',
    '/v1/contracts/past/roster',
  ]
  const answered: [as_of: string, url: string, body: string, etag: string | undefined][] = []
  for (let step = 1; step <= 80; step++) {
    goTo(step * 7_200_000)
    await changeSomething(step, random)
    for (const url of urls) {
      const { text, headers } = await call('GET', url)
      answered.push([clock.now(), url, text, headers['etag']])
    }
  }
  goTo(81 * 7_200_000)
  let differing = 0
  for (const [as_of, url, text, etag] of answered) {
    for (const time of [as_of, new Date(Date.parse(as_of) + 7_199_999).toISOString()]) {
      const answer = await then(url, time)
      // A contract's state is a matter of the day, and the day may have gone on until the next change.
      const isSame =
        url === '/v1/contracts/past' && time !== as_of
          ? answer.text.replace(/"state":"\w+"/, '') === text.replace(/"state":"\w+"/, '')
          : answer.text === text && answer.headers['etag'] === etag
      if (!isSame) {
        differing++
        t.strictSame(answer.body, JSON.parse(text), `SEED=${seed} ${url} at ${time}`)
      }
    }
  }
  t.equal(differing, 0)
})

/** Any change of the contract `past`, whether it succeeds or is refused. */
async function changeSomething(step: number, { pick, below }: ReturnType<typeof seededRandom>): Promise<void> {
  const { contacts } = (await call('GET', '/v1/contracts/past/roster')).body
  const contact = pick<any>(contacts)
  const someone = (name: string) =>
    person({
      family_name: name,
      email: pick([`p${step}@past.example.jp`, 'desk@past.example.jp']),
      shared_mailbox: true,
    })
  const changes: (() => Promise<unknown>)[] = [
    async () => await call('POST', '/v1/contracts/past/contacts', someone(`人${step}`)),
    async () => await call('POST', '/v1/contracts/past/contacts', someone(`人${step}`)),
    async () =>
      await call(
        'PATCH',
        `/v1/contacts/${contact.contact_id}`,
        pick([
          { duties: pick([[], ['system'], ['contract', 'operations']]) },
          { family_name: `改${step}` },
          { email: `moved${step}@past.example.jp` },
        ]),
      ),
    async () => await call('DELETE', `/v1/contacts/${contact.contact_id}`),
    async () =>
      await call('PUT', '/v1/contracts/past/primary', {
        contact_id: contact.contact_id,
        former_primary: pick(['secondary', 'removed']),
      }),
    async () =>
      await putContract(call, 'past', {
        product_id: pick(['data_link', 'manage', 'manage_ac_smart']),
        connections: below(5),
        app_ids: pick([[], ['attendance', 'expenses']]),
        ends_on: pick([null, null, '2026-04-04', '2027-03-31']),
      }).catch(() => {}),
    async () =>
      await call('PUT', '/v1/products/data_link', {
        name: 'データ連携 for manage',
        base_seats: 1 + below(4),
        bundled_app_ids: [],
        counts_apps: below(2) === 1,
        counts_connections: true,
      }),
    async () => await call('PUT', '/v1/apps/attendance', { name: '勤怠', kind: pick(['app', 'option']) }),
    async () =>
      await call(
        'PUT',
        '/v1/contracts/past/roster',
        { contacts: contacts.filter((_: unknown, index: number) => index !== 1) },
        { 'if-match': '*' },
      ),
  ]
  await pick(changes)()
}

t.test('R26: pages of a past list follow each other, and belong to their moment', async t => {
  await fillContract(call, 'paged', 3)
  const as_of = moment(0)
  goTo(1000)
  const first = await then('/v1/contracts/paged/contacts?limit=3', as_of)
  t.equal(first.body.items.length, 3)
  const second = await then(`/v1/contracts/paged/contacts?limit=3&cursor=${first.body.next_cursor}`, as_of)
  t.match(second.body, { items: { length: 1 }, next_cursor: null })
  t.match(first.headers['link'], /as_of=/)
  t.equal(
    (await then(`/v1/contracts/paged/contacts?limit=3&cursor=${first.body.next_cursor}`, moment(500))).status,
    400,
    'a cursor of another moment',
  )
  t.match(
    await call('GET', `/v1/contracts/paged/contacts?as_of=${encodeURIComponent(as_of)}`, undefined, {
      'if-none-match': (await then('/v1/contracts/paged/contacts', as_of)).headers['etag']!,
    }),
    { status: 304 },
  )
})

t.test('R26: of the future and of the time before the contract nothing is known, and the answer says so', async t => {
  await fillContract(call, 'unknown-then', 1)
  goTo(1000)
  for (const [as_of, not_known] of [
    [moment(1001), 'in_the_future'],
    ['2999-12-31T23:59:59Z', 'in_the_future'],
    [moment(-1), 'before_contract'],
    ['1900-01-01T00:00:00Z', 'before_contract'],
  ] as const) {
    t.strictSame(
      (await then('/v1/contracts/unknown-then/contacts', as_of)).body,
      { items: [], next_cursor: null, not_known },
      as_of,
    )
    t.strictSame(
      (await then('/v1/contracts/unknown-then/roster', as_of)).body,
      { contract_id: 'unknown-then', customer_id: 'customer-1', seats: null, contacts: [], not_known },
      as_of,
    )
    t.equal((await then('/v1/contracts/unknown-then', as_of)).status, 404, as_of)
  }
  t.notOk('not_known' in (await then('/v1/contracts/unknown-then/roster', moment(1000))).body, 'now is known')
  for (const url of ['', '/contacts', '/roster'])
    t.equal((await then(`/v1/contracts/nothing${url}`, moment(0))).status, 404)
})

t.test('R26: a moment may be written with any offset; what is none is refused', async t => {
  await fillContract(call, 'offsets', 0)
  goTo(60_000)
  for (const as_of of [
    '2026-04-01T00:30:00Z',
    '2026-04-01T09:30:00+09:00',
    '2026-03-31T20:30:00-04:00',
    '2026-04-01T00:30:00.000999Z',
  ])
    t.equal((await then('/v1/contracts/offsets/roster', as_of)).body.contacts.length, 1, as_of)
  for (const as_of of [
    '2026-04-01',
    '2026-04-01T00:30:00',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-04-01T23:59:60Z',
    '0001-01-01T00:00:00Z',
    '2026-04-01T09:30:00 09:00',
    '',
  ]) {
    t.match(
      await then('/v1/contracts/offsets/roster', as_of),
      { status: 400, body: { errors: [{ in: 'query', pointer: '#/as_of' }] } },
      as_of,
    )
  }
})

t.test("R26: the past is in order whatever two processes' clocks say", async t => {
  const other = await secondInstance(t, service)
  const slow = Object.assign(other.context, { clock: { ...clock, now: () => moment(-3_600_000) } }) && other.call
  const [contact] = await fillContract(call, 'clocks', 0)
  const states: unknown[] = []
  for (const [instance, duties] of [
    [slow, ['system']],
    [call, ['contract']],
    [slow, []],
    [slow, ['operations']],
  ] as [Call, string[]][]) {
    t.equal((await instance('PATCH', `/v1/contacts/${contact.contact_id}`, { duties })).status, 200)
    states.push((await call('GET', '/v1/contracts/clocks/roster')).body)
  }
  await slow('POST', '/v1/contracts/clocks/contacts', person({ email: 'later@clocks.example.jp' }))
  const roster = (await call('GET', '/v1/contracts/clocks/roster')).body
  goTo(1)
  t.strictSame((await then('/v1/contracts/clocks/roster', moment(0))).body, roster)
  t.match((await then('/v1/contracts/clocks/roster', moment(-1))).body, { not_known: 'before_contract' })
  const times = (await call('GET', '/v1/contracts/clocks/history')).body.items.map(
    ({ occurred_at }: any) => occurred_at,
  )
  t.strictSame(times, times.toSorted().toReversed())
})

t.test('R26: history says what changed, when, by which client, under which request, the newest first', async t => {
  const [contact] = await fillContract(call, 'told', 0)
  goTo(1000)
  await call(
    'PATCH',
    `/v1/contacts/${contact.contact_id}`,
    { duties: ['system'], email: 'New@told.example.jp' },
    { 'request-id': 'the-change' },
  )
  const { items } = (await call('GET', `/v1/contacts/${contact.contact_id}/history`)).body
  t.match(items, [
    {
      event: 'contact.changed',
      occurred_at: moment(1000),
      client: 'test',
      request_id: 'the-change',
      change_request_id: null,
      requested_by: null,
      contract_id: 'told',
      contact_id: contact.contact_id,
      changed: ['account_id', 'duties', 'email'],
      before: { duties: [], email: 'primary@told.example.jp' },
      after: { duties: ['system'], email: 'New@told.example.jp' },
    },
    { event: 'contact.registered', occurred_at: moment(0), before: null, changed: [], after: { name: '山田 太郎' } },
  ])
  const contract = (await call('GET', '/v1/contracts/told/history?limit=2')).body
  t.equal(contract.items.length, 2)
  const all: string[] = []
  for (let url: string | undefined = '/v1/contracts/told/history?limit=1'; url !== undefined;) {
    const { body, headers } = await call('GET', url)
    all.push(...body.items.map(({ event }: any) => event))
    url = /<(.*)>/.exec(headers['link'] ?? '')?.[1]
  }
  t.strictSame(all.toSorted(), [
    'contact.changed',
    'contact.registered',
    'contract.created',
    'support_account.closed',
    'support_account.opened',
    'support_account.opened',
  ])
  await call('DELETE', `/v1/contacts/${contact.contact_id}`)
  t.match((await call('GET', `/v1/contacts/${contact.contact_id}/history`)).body.items[0], {
    event: 'contact.removed',
    after: { removed_at: moment(1000) },
  })
  t.equal((await call('GET', '/v1/contracts/nothing/history')).status, 404)
  t.equal((await call('GET', '/v1/contacts/019d4672-7740-7c41-9d2e-3f5b8a1c7e90/history')).status, 404)
  t.equal((await call('GET', '/v1/contracts/told/history?cursor=AAAA')).status, 400)
})

t.test('R27: a contract over its limit says since when and what would bring it back, then and now', async t => {
  await fillContract(call, 'over', 4, { app_ids: ['man_hours'] })
  goTo(1000)
  await putContract(call, 'over')
  const over_limit = {
    by: 1,
    since: moment(1000),
    remedies: [
      { action: 'remove_contacts', count: 1 },
      { action: 'add_apps', count: 1 },
    ],
  }
  t.strictSame((await call('GET', '/v1/contracts/over')).body.over_limit, over_limit)
  t.strictSame(
    (await call('GET', '/v1/contracts?over_limit=true')).body.items.map((item: any) => [
      item.contract_id,
      item.over_limit,
    ]),
    [['over', over_limit]],
  )
  goTo(2000)
  await putContract(call, 'over', { product_id: 'erp_hosting' })
  t.strictSame(
    (await call('GET', '/v1/contracts/over')).body.over_limit,
    { by: 3, since: moment(1000), remedies: [{ action: 'remove_contacts', count: 3 }] },
    'since it was over at all',
  )
  goTo(3000)
  await putContract(call, 'over', { app_ids: ['man_hours'] })
  t.equal((await call('GET', '/v1/contracts/over')).body.over_limit, null)
  t.strictSame((await then('/v1/contracts/over', moment(1500))).body.over_limit, over_limit)
  t.equal((await then('/v1/contracts/over', moment(999))).body.over_limit, null)
  const events = (await call('GET', '/v1/contracts/over/history?limit=200')).body.items
    .map(({ event }: any) => event)
    .filter((event: string) => /limit/.test(event))
  t.strictSame(events, ['contract.came_within_limit', 'contract.went_over_limit'])
})

t.test('R27: replacements that do not raise the overage work, and the contract comes back by removals', async t => {
  const contacts = await fillContract(call, 'shrinking', 4, { app_ids: ['man_hours'] })
  await putContract(call, 'shrinking')
  t.equal(
    (
      await call('PUT', '/v1/contracts/shrinking/primary', {
        new_contact: person({ family_name: '後藤', email: 'next@shrinking.example.jp' }),
        former_primary: 'removed',
      })
    ).status,
    200,
  )
  t.match((await call('GET', '/v1/contracts/shrinking')).body.over_limit, {
    by: 1,
    remedies: [
      { action: 'remove_contacts', count: 1 },
      { action: 'add_apps', count: 1 },
    ],
  })
  t.equal((await call('DELETE', `/v1/contacts/${contacts[1].contact_id}`)).status, 204)
  t.equal((await call('GET', '/v1/contracts/shrinking')).body.over_limit, null)
})
