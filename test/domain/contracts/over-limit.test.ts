import t from 'tap'
import { pastContractView } from '#domain/contracts/contract-past.ts'
import { historyEntryView, type HistoryRecord } from '#domain/history/history-entry.ts'
import { overLimit, overSince } from '#domain/contracts/over-limit.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'

const [before, now] = ['2025-03-01T00:00:00.000Z', '2025-04-01T00:00:00.000Z']

t.test('R27: a contract is over its limit since it had more contacts than seats, until it has no more', async t => {
  t.equal(overSince(null, 4, 4, now), null)
  t.equal(overSince(null, 4, 5, now), now)
  t.equal(overSince(before, 2, 5, now), before, 'being further over is no new beginning')
  t.equal(overSince(before, 5, 5, now), null)
})

t.test('R27: what would bring it back: fewer contacts, or more of what its product counts', async t => {
  const removal = { action: 'remove_contacts', count: 2 }
  t.equal(overLimit(0, null, { counts_apps: true, counts_connections: true }), null)
  t.strictSame(overLimit(2, before, { counts_apps: false, counts_connections: false }), {
    by: 2,
    since: before,
    remedies: [removal],
  })
  t.strictSame(overLimit(2, before, { counts_apps: true, counts_connections: false })?.remedies, [
    removal,
    { action: 'add_apps', count: 2 },
  ])
  t.strictSame(overLimit(2, before, { counts_apps: false, counts_connections: true })?.remedies, [
    removal,
    { action: 'add_connections', count: 2 },
  ])
})

t.test('R26: the record never goes back in time, whatever two clocks say', async t => {
  t.equal(monotonicTime(before, now), now)
  t.equal(monotonicTime(now, before), now)
})

t.test('R26: a past contract is computed from its terms, its seats and its contacts', async t => {
  // The function reads no field of a contract but these.
  const terms = {
    contract_id: 'C-1',
    customer_id: 'customer-1',
    product_id: 'manage',
    app_ids: ['attendance'],
    connections: 0,
    starts_on: '2025-03-01',
    ends_on: '2025-03-31',
  } as never
  const seats = {
    seats: {
      limit: 1,
      lines: [
        { seats: 1, reason: 'base' as const },
        { seats: 0, app_id: 'x', reason: 'option' as const },
        { seats: 0, connections: 2, reason: 'connections_not_counted' as const },
      ],
    },
    counts_apps: true,
    counts_connections: false,
  }
  const past = pastContractView({ terms, seats, over_since: before, seats_used: 2, is_registered: true }, '2025-04-01')
  t.equal(
    JSON.stringify(past),
    JSON.stringify({
      contract_id: 'C-1',
      customer_id: 'customer-1',
      product_id: 'manage',
      app_ids: ['attendance'],
      connections: 0,
      starts_on: '2025-03-01',
      ends_on: '2025-03-31',
      state: 'ended',
      registration: 'registered',
      seats: {
        limit: 1,
        used: 2,
        available: 0,
        over: 1,
        lines: [
          { reason: 'base', seats: 1 },
          { reason: 'option', app_id: 'x', seats: 0 },
          { reason: 'connections_not_counted', connections: 2, seats: 0 },
        ],
      },
      over_limit: {
        by: 1,
        since: before,
        remedies: [
          { action: 'remove_contacts', count: 1 },
          { action: 'add_apps', count: 1 },
        ],
      },
    }),
    'field by field in the order of an answer',
  )
  t.match(pastContractView({ terms, seats, over_since: null, seats_used: 0, is_registered: false }, '2025-03-31'), {
    state: 'in_force',
    registration: 'unregistered',
    over_limit: null,
  })
})

t.test('R26: an entry of history names the fields that changed', async t => {
  const record: HistoryRecord = {
    history_id: 1,
    subject_id: 'contact',
    event: 'contact.changed',
    occurred_at: now,
    on_behalf_of: null,
    actor: 'admin',
    request_id: 'r',
    source: 'direct',
    change_request_id: null,
    requested_by: null,
    customer_id: 'customer-1',
    contract_id: 'C-1',
    contact_id: 'a',
    account_id: null,
    before: { duties: [], email: 'a', role: 'primary' },
    after: { role: 'primary', email: 'b', duties: ['system'], more: 1 },
  }
  t.match(historyEntryView(record), { client: 'admin', changed: ['duties', 'email'] })
  t.strictSame(historyEntryView({ ...record, before: null }).changed, [])
})
