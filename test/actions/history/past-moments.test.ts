import t from 'tap'
import { fillContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service

const START = Date.parse('2026-04-01T00:30:00.000Z')
const moment = (milliseconds: number): string => new Date(START + milliseconds).toISOString()
const goTo = (milliseconds: number): void => clock.set(moment(milliseconds), clock.dayOf(moment(milliseconds)))
t.beforeEach(() => goTo(0))

const then = async (url: string, as_of: string) =>
  await call('GET', `${url}${url.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(as_of)}`)

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
