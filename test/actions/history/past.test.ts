import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { numberFrom, seededRandom } from '../../helpers/seeded-random.ts'
import { secondInstance, testService, type Call } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service
const seed = numberFrom('SEED', 20260401)

const START = Date.parse('2026-04-01T00:30:00.000Z')
const moment = (milliseconds: number): string => new Date(START + milliseconds).toISOString()
const goTo = (milliseconds: number): void => clock.set(moment(milliseconds), clock.dayOf(moment(milliseconds)))
t.beforeEach(() => goTo(0))

const OF_THE_DAY = /"(state|mailbox_shared)":[^,}]+/g

const then = async (url: string, as_of: string) =>
  await call('GET', `${url}${url.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(as_of)}`)

t.test('R26: contacts, roster and contract of any moment are what was answered then', async t => {
  const random = seededRandom(seed)
  await putContract(call, 'past', { product_id: 'data_link', connections: 3 })
  await register(call, 'past', { role: 'primary', email: 'primary@past.example.jp' })
  await putContract(call, 'adjacent', { product_id: 'data_link', connections: 3 })
  await register(call, 'adjacent', { role: 'primary', email: 'adjacent@past.example.jp' })
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
      // A contract's state is a matter of the day, and so is who shares a mailbox; the day may have gone on until the
      // next change.
      const isSame =
        time === as_of
          ? answer.text === text && answer.headers['etag'] === etag
          : answer.text.replaceAll(OF_THE_DAY, '') === text.replaceAll(OF_THE_DAY, '')
      if (!isSame) {
        differing++
        t.strictSame(answer.body, JSON.parse(text), `SEED=${seed} ${url} at ${time}`)
      }
    }
  }
  t.equal(differing, 0)
})

/** Any change of the contract `past`, or of who shares its mailbox, whether it succeeds or is refused. */
async function changeSomething(step: number, { pick, below }: ReturnType<typeof seededRandom>): Promise<void> {
  const { contacts } = (await call('GET', '/v1/contracts/past/roster')).body
  const contact = pick<any>(contacts) ?? { contact_id: '' }
  const newcomer = (name: string) =>
    person({
      family_name: name,
      email: pick([`p${step}@past.example.jp`, 'desk@past.example.jp']),
      shared_mailbox: true,
    })
  const changes: (() => Promise<unknown>)[] = [
    async () => await call('POST', '/v1/contracts/past/contacts', newcomer(`人${step}`)),
    async () => await call('POST', '/v1/contracts/past/contacts', newcomer(`人${step}`)),
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
    async () => await changeBeside(step, pick),
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

/** A person of another contract of the customer comes to the mailbox, leaves it, or has another name; or it ends. */
async function changeBeside(step: number, pick: ReturnType<typeof seededRandom>['pick']): Promise<void> {
  const { contacts } = (await call('GET', '/v1/contracts/adjacent/roster')).body
  const role = contacts.length === 0 ? 'primary' : 'secondary'
  const url = `/v1/contacts/${contacts.length === 0 ? '' : pick<any>(contacts).contact_id}`
  const changes: (() => Promise<unknown>)[] = [
    async () =>
      await call(
        'POST',
        '/v1/contracts/adjacent/contacts',
        person({ role, family_name: pick(['人1', `人${step}`]), email: 'desk@past.example.jp', shared_mailbox: true }),
      ),
    async () => await call('DELETE', url),
    async () => await call('PATCH', url, { family_name: pick(['人1', '人2']) }),
    async () =>
      await putContract(call, 'adjacent', {
        product_id: 'data_link',
        connections: 3,
        ends_on: pick([null, '2026-04-04']),
      }).catch(() => {}),
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
