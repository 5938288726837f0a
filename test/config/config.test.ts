import t from 'tap'
import { readConfig, readMigrationUrls } from '#config/config.ts'

const KEY = '7f0c1d94be3a5268d1f7a0639c4e82b5'
const OWNER_URL = 'postgres://owner@db.example/madoguchi?sslmode=verify-full'
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db.example/madoguchi?sslmode=verify-full',
  ADMIN_API_KEY: KEY,
}

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
    NODE_ENV: 'prod',
    DATABASE_PLAIN_TEXT: 'yes',
    OAUTH_TOKEN_TYPE: 'at jwt',
    RATE_LIMIT_CONFIRMATIONS: '99',
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

t.test('PGOPTIONS go with the URL of the database, unless it has options of its own', async t => {
  const PGOPTIONS = '-c work_mem=8MB'
  t.equal(
    readConfig({ DATABASE_URL: 'postgres://db.example/x', PGOPTIONS }).database_url,
    'postgres://db.example/x?options=-c%20work_mem%3D8MB',
  )
  t.equal(
    readConfig({ DATABASE_URL: 'postgres://u@/x?host=/run', PGOPTIONS }).database_url,
    'postgres://u@/x?host=/run&options=-c%20work_mem%3D8MB',
  )
  t.equal(
    readConfig({ DATABASE_URL: 'postgres://db.example/x?options=-c%20jit%3Doff', PGOPTIONS }).database_url,
    'postgres://db.example/x?options=-c%20jit%3Doff',
  )
  t.equal(readConfig({ PGOPTIONS }).database_url, null)
})
