import t from 'tap'
import { readConfig } from '#config/config.ts'
import { NETWORK_DEFAULTS } from '#config/network-config.ts'

t.test('an identity provider is named whole or not at all, and its keys come over a safe way', async t => {
  const provider = {
    OAUTH_ISSUER: 'https://id.example.com/',
    OAUTH_AUDIENCE: 'madoguchi',
    OAUTH_JWKS_URL: 'https://id.example.com/keys',
  }
  t.equal(readConfig({}).identity_provider, null)
  t.same(readConfig(provider).identity_provider, {
    issuer: provider.OAUTH_ISSUER,
    audience: 'madoguchi',
    jwks_url: provider.OAUTH_JWKS_URL,
    token_type: 'at+jwt',
    scope_claim: 'scope',
    subject_claim: 'sub',
    names_requester: true,
  })
  t.match(readConfig({ ...provider, OAUTH_NAMES_REQUESTER: 'false' }).identity_provider, { names_requester: false })
  t.match(readConfig({ ...provider, OAUTH_SCOPE_CLAIM: 'scp', OAUTH_SUBJECT_CLAIM: 'uid' }).identity_provider, {
    scope_claim: 'scp',
    subject_claim: 'uid',
  })
  for (const [OAUTH_TOKEN_TYPE, token_type] of [
    ['JWT', 'JWT'],
    ['any', null],
  ] as const)
    t.match(readConfig({ ...provider, OAUTH_TOKEN_TYPE }).identity_provider, { token_type })
  for (const missing of Object.keys(provider))
    t.throws(() => readConfig({ ...provider, [missing]: undefined }), /given together/, missing)
  for (const OAUTH_JWKS_URL of [
    'http://id.example.com/keys',
    'http://127.0.0.1.example.com/keys',
    'https://',
    'ftp://id.example.com/keys',
  ])
    t.throws(() => readConfig({ ...provider, OAUTH_JWKS_URL }), /OAUTH_JWKS_URL/, OAUTH_JWKS_URL)
  for (const OAUTH_JWKS_URL of ['http://127.0.0.1:8080/keys', 'http://[::1]/keys', 'http://localhost/keys'])
    t.match(readConfig({ ...provider, OAUTH_JWKS_URL }).identity_provider, { jwks_url: OAUTH_JWKS_URL })
})

t.test('limits have defaults, and are what the environment says', async t => {
  t.match(readConfig({}), { database_statement_timeout: 10_000, network: { ...NETWORK_DEFAULTS, tls: null } })
  t.match(
    readConfig({
      DATABASE_STATEMENT_TIMEOUT_MS: '20000',
      REQUEST_TIMEOUT_MS: '5000',
      ANSWER_TIMEOUT_MS: '90000',
      RATE_LIMIT_CLIENT: '100',
      RATE_LIMIT_ADDRESS: '20',
      RATE_LIMIT_FAILURES: '3',
      MAX_CONNECTIONS: '50',
      MAX_CONNECTIONS_PER_ADDRESS: '5',
      MAX_EVENT_LOOP_DELAY_MS: '0',
    }),
    {
      database_statement_timeout: 20_000,
      network: {
        request_timeout: 5000,
        answer_timeout: 90_000,
        client_requests: 100,
        address_requests: 20,
        failed_authentications: 3,
        connections: 50,
        address_connections: 5,
        event_loop_delay: 0,
      },
    },
  )
  t.ok(Object.isFrozen(readConfig({}).network))
})

t.test('proxies are addresses and ranges, origins are written as browsers write them', async t => {
  t.same(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1,2001:db8::/32' }).network.trusted_proxies, [
    '10.0.0.0/8',
    '192.0.2.1',
    '2001:db8::/32',
  ])
  for (const TRUSTED_PROXIES of [
    'true',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/8/8',
    '2001:db8::/129',
    'proxy.example',
    '10.0.0.0/',
    '*',
  ])
    t.throws(() => readConfig({ TRUSTED_PROXIES }), /env\/TRUSTED_PROXIES/, TRUSTED_PROXIES)
  t.same(readConfig({ CORS_ORIGINS: 'https://desk.example.com,http://localhost:5173' }).network.cors_origins, [
    'https://desk.example.com',
    'http://localhost:5173',
  ])
  for (const CORS_ORIGINS of [
    '*',
    'desk.example.com',
    'https://desk.example.com/',
    'https://desk.example.com:443',
    'https://DESK.example.com',
    'null',
    'ftp://x',
    'https://*.example.com',
  ])
    t.throws(() => readConfig({ CORS_ORIGINS }), /env\/CORS_ORIGINS/, CORS_ORIGINS)
})
