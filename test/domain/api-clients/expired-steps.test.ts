import t from 'tap'
import type { ApiClient, ApiKey } from '#domain/api-clients/api-client.ts'
import { expiredSteps } from '#domain/api-clients/expired-steps.ts'

const key = (key_id: string, expires_at: string, fields: Partial<ApiKey> = {}): ApiKey => ({
  key_id,
  hint: 'mdg_live_abcd',
  created_at: '2026-04-01T00:00:00.000Z',
  expires_at,
  revoked_at: null,
  last_used_at: null,
  ...fields,
})

const client = (keys: ApiKey[], fields: Partial<ApiClient> = {}): ApiClient => ({
  client_id: 'c1',
  name: 'CRM',
  scopes: ['customers:read'],
  ip_ranges: [],
  names_requester: false,
  expires_at: '2026-04-10T00:00:00.000Z',
  created_at: '2026-04-01T00:00:00.000Z',
  revoked_at: null,
  parent_client_id: null,
  keys,
  ...fields,
})

const time = { since: '2026-04-01T00:00:00.000Z', now: '2026-04-20T00:00:00.000Z' }
const told = (given: ApiClient, between = time) =>
  expiredSteps(given, between).map(({ key: ended, before, after }) => [
    ended?.key_id ?? null,
    ...[before, after].map(({ state, keys }) => [state, ...keys.map(({ key_id }) => key_id)].join(' ')),
  ])

t.test('R37: keys and then their client end, each as it was answered around its end', async t => {
  const keys = [
    key('late', '2026-04-10T00:00:00.000Z'),
    key('second', '2026-04-03T00:00:00.000Z'),
    key('first', '2026-04-02T00:00:00.000Z'),
    key('twin', '2026-04-03T00:00:00.000Z'),
  ]
  t.same(told(client(keys)), [
    ['first', 'active first late second twin', 'active late second twin'],
    ['second', 'active late second twin', 'active late twin'],
    ['twin', 'active late twin', 'active late'],
    [null, 'active late', 'expired'],
  ])
})

t.test('R37: a key that was to last longer than its client is shown until its own end', async t => {
  const given = client([key('long', '2026-04-15T00:00:00.000Z'), key('short', '2026-04-02T00:00:00.000Z')])
  t.same(told(given), [
    ['short', 'active long short', 'active long'],
    [null, 'active long', 'expired long'],
    ['long', 'expired long', 'expired'],
  ])
})

t.test('R37: what was recorded, comes later or was revoked is no end', async t => {
  const given = client([key('a', '2026-04-02T00:00:00.000Z'), key('b', '2026-04-05T00:00:00.000Z')])
  t.same(told(given, { since: '2026-04-02T00:00:00.000Z', now: '2026-04-04T23:59:59.999Z' }), [])
  t.same(told(given, { since: '2026-04-05T00:00:00.000Z', now: '2026-04-09T00:00:00.000Z' }), [])
  t.same(told({ ...given, revoked_at: '2026-04-01T12:00:00.000Z' }), [])
  const revoked = client([key('a', '2026-04-02T00:00:00.000Z', { revoked_at: '2026-04-01T12:00:00.000Z' })])
  t.same(told(revoked), [[null, 'active', 'expired']])
})
