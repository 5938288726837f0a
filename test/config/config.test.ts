import { join } from 'node:path'
import t from 'tap'
import { readConfig, readMigrationUrls } from '#config/config.ts'
import { NETWORK_DEFAULTS } from '#config/network-config.ts'

const KEY = 'k'.repeat(32)
const OWNER_URL = 'postgres://owner@db.example/madoguchi'
const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db.example/madoguchi', ADMIN_API_KEY: KEY }

t.test('without anything the service is local, embedded and migrates itself', async t => {
  t.match(readConfig({}), {
    host: '127.0.0.1',
    port: 3000,
    database_url: null,
    data_dir: '.data',
    migrate_on_start: true,
    admin_api_key: null,
    time_zone: 'Asia/Tokyo',
    log_level: 'warn',
    docs: 'try',
    demo_data: true,
  })
  t.match(
    readConfig({ PORT: '', DATABASE_URL: '' }),
    { port: 3000, database_url: null },
    'an empty variable is one that is not set',
  )
})

t.test('production demands its database and its key, and leaves migrations to the operator', async t => {
  t.match(readConfig(production), {
    database_url: production.DATABASE_URL,
    admin_api_key: KEY,
    migrate_on_start: false,
    log_level: 'info',
  })
  t.throws(() => readConfig({ ...production, DATABASE_URL: undefined }), /DATABASE_URL/)
  t.throws(() => readConfig({ ...production, ADMIN_API_KEY: undefined }), /ADMIN_API_KEY/)
  t.throws(() => readConfig({ ...production, MIGRATE_ON_START: 'true' }), /MIGRATION_DATABASE_URL is required/)
  t.match(readConfig({ ...production, MIGRATE_ON_START: 'true', MIGRATION_DATABASE_URL: OWNER_URL }), {
    migrate_on_start: true,
    migration_url: OWNER_URL,
    demands_service_role: true,
  })
  t.match(readConfig({ DATABASE_URL: production.DATABASE_URL }), { migration_url: null, demands_service_role: false })
})

t.test('demonstration data is for the embedded database alone, and never for production', async t => {
  t.match(readConfig({ DEMO_DATA: 'off' }), { demo_data: false })
  t.match(readConfig({ DATABASE_URL: 'postgres://db.example/madoguchi' }), { demo_data: false })
  t.match(readConfig(production), { demo_data: false })
  t.throws(() => readConfig({ DATABASE_URL: 'postgres://db.example/madoguchi', DEMO_DATA: 'on' }), /DEMO_DATA/)
  t.throws(() => readConfig({ ...production, DEMO_DATA: 'on' }), /DEMO_DATA/)
})

t.test('what is malformed is refused by its name', async t => {
  for (const [name, value] of Object.entries({
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    ADMIN_API_KEY: 'short',
    TIME_ZONE: 'Mars/Olympus',
    LOG_LEVEL: 'loud',
    DOCS: 'maybe',
    SECURITY_CONTACT: 'security@example.com',
    DEMO_DATA: 'perhaps',
    DATABASE_POOL_SIZE: '0',
    MIGRATE_ON_START: 'perhaps',
    API_KEY_ENVIRONMENT: 'Live 1',
    DATABASE_STATEMENT_TIMEOUT_MS: '10',
    REQUEST_TIMEOUT_MS: '0',
    ANSWER_TIMEOUT_MS: '30000',
    RATE_LIMIT_CLIENT: '0',
    RATE_LIMIT_ADDRESS: '-1',
    RATE_LIMIT_FAILURES: 'none',
    MAX_CONNECTIONS: '0',
    MAX_CONNECTIONS_PER_ADDRESS: 'x',
    MAX_EVENT_LOOP_DELAY_MS: '-1',
  })) {
    t.throws(() => readConfig({ [name]: value }), new RegExp(name), name)
  }
})

t.test('the configuration is frozen', async t => {
  t.ok(Object.isFrozen(readConfig({})))
})

t.test(
  "a database's address that is no URL is refused without its password; PostgreSQL's form without a host is taken",
  async t => {
    for (const DATABASE_URL of [
      'postgres://app:se/cret@db/x',
      'postgres://app:se#cret@db/x',
      'postgres://app:se?cret@db/x',
    ]) {
      t.throws(() => readConfig({ DATABASE_URL }), /^(?!.*cret).*env\/DATABASE_URL must be a URL/, DATABASE_URL)
      t.throws(
        () => readConfig({ DATABASE_URL: production.DATABASE_URL, MIGRATION_DATABASE_URL: DATABASE_URL }),
        /^(?!.*cret).*env\/MIGRATION_DATABASE_URL must be a URL/,
      )
    }
    for (const DATABASE_URL of [
      'postgres://app:se%2Fcret@db:5432/x',
      'postgres://app@/x?host=/run/postgresql',
      'postgresql://db/x',
    ]) {
      t.equal(readConfig({ DATABASE_URL }).database_url, DATABASE_URL)
    }
  },
)

t.test('a migration needs its database and nothing else', async t => {
  const { NODE_ENV, DATABASE_URL } = production
  t.strictSame(readMigrationUrls({ NODE_ENV, DATABASE_URL, MIGRATION_DATABASE_URL: OWNER_URL }), {
    database_url: DATABASE_URL,
    migration_url: OWNER_URL,
  })
  t.strictSame(readMigrationUrls({ DATABASE_URL }), { database_url: DATABASE_URL, migration_url: null })
  t.throws(() => readMigrationUrls({}), /DATABASE_URL/)
  t.throws(() => readMigrationUrls({ MIGRATION_DATABASE_URL: OWNER_URL }), /env\/DATABASE_URL/)
  t.throws(() => readMigrationUrls({ NODE_ENV, DATABASE_URL }), /env\/MIGRATION_DATABASE_URL is required/)
})

t.test('keys bear the environment that they are of: dev, and in production live, unless it is said', async t => {
  t.equal(readConfig({}).api_key_environment, 'dev')
  t.equal(readConfig(production).api_key_environment, 'live')
  t.equal(readConfig({ ...production, API_KEY_ENVIRONMENT: 'staging' }).api_key_environment, 'staging')
})

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
    scope_claim: 'scope',
    subject_claim: 'sub',
  })
  t.match(readConfig({ ...provider, OAUTH_SCOPE_CLAIM: 'scp', OAUTH_SUBJECT_CLAIM: 'uid' }).identity_provider, {
    scope_claim: 'scp',
    subject_claim: 'uid',
  })
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

t.test('secrets may come from files, and from one place only', async t => {
  const folder = t.testdir({ key: `${KEY}\n`, url: 'postgres://app:secret@db/x\n', empty: '\n' })
  t.match(
    readConfig({
      NODE_ENV: 'production',
      DATABASE_URL_FILE: join(folder, 'url'),
      ADMIN_API_KEY_FILE: join(folder, 'key'),
    }),
    { database_url: 'postgres://app:secret@db/x', admin_api_key: KEY },
  )
  t.strictSame(
    readMigrationUrls({
      DATABASE_URL_FILE: join(folder, 'url'),
      MIGRATION_DATABASE_URL_FILE: join(folder, 'url'),
    }),
    { database_url: 'postgres://app:secret@db/x', migration_url: 'postgres://app:secret@db/x' },
  )
  t.throws(
    () => readConfig({ ADMIN_API_KEY: KEY, ADMIN_API_KEY_FILE: join(folder, 'key') }),
    /^(?!.*kkk).*ADMIN_API_KEY and env\/ADMIN_API_KEY_FILE are both set/,
  )
  t.throws(
    () => readConfig({ DATABASE_URL: production.DATABASE_URL, DATABASE_URL_FILE: join(folder, 'url') }),
    /both set/,
  )
  t.throws(
    () => readConfig({ ADMIN_API_KEY_FILE: join(folder, 'nothing') }),
    /env\/ADMIN_API_KEY_FILE names a file that cannot be read \(ENOENT\)/,
  )
  t.throws(
    () => readConfig({ ADMIN_API_KEY_FILE: join(folder, 'empty') }),
    /env\/ADMIN_API_KEY_FILE names a file that is empty/,
  )
  t.throws(
    () => readConfig({ ADMIN_API_KEY_FILE: join(folder, 'url') }),
    /ADMIN_API_KEY/,
    'and what is in them is checked as ever',
  )
})

t.test('two root credentials may be set at once, so that one can be changed for the other', async t => {
  const ADMIN_API_KEY_NEXT = 'the-next-root-credential-of-the-service'
  t.match(readConfig(production), { admin_api_key_next: null })
  t.match(readConfig({ ...production, ADMIN_API_KEY_NEXT }), {
    admin_api_key: KEY,
    admin_api_key_next: ADMIN_API_KEY_NEXT,
  })
  const folder = t.testdir({ next: `${ADMIN_API_KEY_NEXT}\n` })
  t.match(readConfig({ ADMIN_API_KEY_NEXT_FILE: join(folder, 'next') }), { admin_api_key_next: ADMIN_API_KEY_NEXT })
  t.throws(() => readConfig({ ...production, ADMIN_API_KEY_NEXT: 'short' }), /ADMIN_API_KEY_NEXT/)
})

const fixture = (part: string): string => join(import.meta.dirname, `../fixtures/localhost-${part}.pem`)

t.test('TLS needs a certificate and the key that belongs to it', async t => {
  const folder = t.testdir({ 'broken.pem': 'x' })
  t.match(readConfig({ TLS_CERT_FILE: fixture('cert'), TLS_KEY_FILE: fixture('key') }).network.tls, {
    cert: /BEGIN CERTIFICATE/,
    key: /BEGIN PRIVATE KEY/,
  })
  t.throws(() => readConfig({ TLS_CERT_FILE: fixture('cert') }), /only set together/)
  t.throws(() => readConfig({ TLS_KEY_FILE: fixture('key') }), /only set together/)
  t.throws(
    () => readConfig({ TLS_CERT_FILE: fixture('cert'), TLS_KEY_FILE: fixture('cert') }),
    /must name a certificate and its private key/,
  )
  t.throws(
    () => readConfig({ TLS_CERT_FILE: join(folder, 'broken.pem'), TLS_KEY_FILE: fixture('key') }),
    /must name a certificate and its private key/,
  )
})
