import t from 'tap'
import {
  apiClientTag,
  apiClientView,
  earliest,
  holdsScope,
  scopesBeyond,
  type ApiClient,
  type ApiKey,
} from '#domain/api-clients/api-client.ts'

const key = (fields: Partial<ApiKey> = {}): ApiKey => ({
  key_id: 'k1',
  hint: 'mdg_live_abcd',
  created_at: '2026-04-01T00:00:00.000Z',
  expires_at: '2027-04-02T00:00:00.000Z',
  revoked_at: null,
  last_used_at: null,
  ...fields,
})
const client = (fields: Partial<ApiClient> = {}): ApiClient => ({
  client_id: 'c1',
  name: 'CRM',
  scopes: ['customers:read'],
  ip_ranges: [],
  names_requester: false,
  expires_at: '2027-04-02T00:00:00.000Z',
  created_at: '2026-04-01T00:00:00.000Z',
  revoked_at: null,
  parent_client_id: null,
  keys: [key()],
  ...fields,
})
const NOW = '2026-05-01T00:00:00.000Z'

t.test('a client is active until the moment at which it expires, and revoked whatever its end', async t => {
  t.equal(apiClientView(client(), NOW).state, 'active')
  t.equal(apiClientView(client({ expires_at: '2026-05-01T00:00:00.001Z' }), NOW).state, 'active')
  t.equal(apiClientView(client({ expires_at: NOW }), NOW).state, 'expired')
  t.match(apiClientView(client({ expires_at: '2027-01-01T00:00:00.000Z', revoked_at: NOW }), NOW), {
    state: 'revoked',
    keys: [],
  })
})

t.test('keys are shown while they work; the last use is that of any key', async t => {
  const keys = [
    key({ key_id: 'ended', expires_at: NOW, last_used_at: '2026-04-30T00:00:00.000Z' }),
    key({ key_id: 'revoked', revoked_at: '2026-04-02T00:00:00.000Z' }),
    key({ key_id: 'ending', expires_at: '2026-05-02T00:00:00.000Z', last_used_at: '2026-04-29T00:00:00.000Z' }),
    key({ key_id: 'new' }),
  ]
  const view = apiClientView(client({ keys }), NOW)
  t.same(
    view.keys.map(({ key_id }) => key_id),
    ['ending', 'new'],
  )
  t.same(
    apiClientView(client({ keys: keys.toReversed() }), NOW).keys,
    view.keys,
    'in one order, whatever order they come in',
  )
  t.equal(view.last_used_at, '2026-04-30T00:00:00.000Z')
  t.notOk('revoked_at' in view.keys[0]!)
})

t.test('the entity tag changes with what was decided and with its end, not with use', async t => {
  const tag = (fields: Partial<ApiClient>, now = NOW) => apiClientTag(apiClientView(client(fields), now))
  t.equal(tag({}), tag({ keys: [key({ last_used_at: '2026-04-30T00:00:00.000Z' })] }))
  const others = [
    tag({ name: 'crm' }),
    tag({ scopes: ['customers:write'] }),
    tag({ ip_ranges: ['10.0.0.0/8'] }),
    tag({ expires_at: '2027-01-01T00:00:00.000Z' }),
    tag({ keys: [] }),
    tag({ keys: [key({ expires_at: '2027-01-01T00:00:00.000Z' })] }),
    tag({ revoked_at: NOW }),
    tag({ names_requester: true }),
  ]
  t.equal(new Set([tag({}), ...others]).size, others.length + 1)
  t.not(tag({ expires_at: NOW }), tag({ expires_at: NOW }, '2026-04-30T00:00:00.000Z'))
})

t.test('no client gives scopes that it does not have', async t => {
  t.same(scopesBeyond(new Set(['a', 'b']), ['a', 'b']), [])
  t.same(scopesBeyond(new Set(['a']), ['c', 'a', 'b']), ['c', 'b'])
})

t.test('the earliest of several ends, where none is the latest', async t => {
  t.equal(earliest(NOW, null), NOW)
  t.equal(earliest(NOW, '2026-04-01T00:00:00.000Z', null), '2026-04-01T00:00:00.000Z')
  t.equal(earliest(NOW, '2026-06-01T00:00:00.000Z'), NOW)
})

t.test('a client may do what its scopes say until it is revoked or has expired', async t => {
  const now = '2026-04-01T00:00:00.000Z'
  const client = { scopes: ['contacts:write'], expires_at: '2027-04-02T00:00:00.000Z', revoked_at: null }
  t.ok(holdsScope(client, 'contacts:write', now))
  t.notOk(holdsScope(client, 'contacts:read', now))
  t.notOk(holdsScope({ ...client, revoked_at: now }, 'contacts:write', now))
  t.notOk(holdsScope({ ...client, expires_at: now }, 'contacts:write', now), 'its end has come')
  t.ok(holdsScope({ ...client, expires_at: '2026-04-01T00:00:00.001Z' }, 'contacts:write', now))
})
