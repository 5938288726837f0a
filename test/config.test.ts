import t from 'tap'
import { readConfig, readDatabaseUrl } from '../src/config.ts'

const KEY = 'k'.repeat(32)
const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db.example/madoguchi', ADMIN_API_KEY: KEY }

t.test('without anything the service is local, embedded and migrates itself', async t => {
  t.match(readConfig({}), { host: '127.0.0.1', port: 3000, database_url: null, data_dir: '.data', migrate_on_start: true, admin_api_key: null, time_zone: 'Asia/Tokyo', log_level: 'warn' })
  t.match(readConfig({ PORT: '', DATABASE_URL: '' }), { port: 3000, database_url: null }, 'an empty variable is one that is not set')
})

t.test('production demands its database and its key, and leaves migrations to the operator', async t => {
  t.match(readConfig(production), { database_url: production.DATABASE_URL, admin_api_key: KEY, migrate_on_start: false, log_level: 'info' })
  t.throws(() => readConfig({ ...production, DATABASE_URL: undefined }), /DATABASE_URL/)
  t.throws(() => readConfig({ ...production, ADMIN_API_KEY: undefined }), /ADMIN_API_KEY/)
  t.match(readConfig({ ...production, MIGRATE_ON_START: 'true' }), { migrate_on_start: true })
})

t.test('what is malformed is refused by its name', async t => {
  for (const [name, value] of Object.entries({ PORT: '70000', DATABASE_URL: 'mysql://x', ADMIN_API_KEY: 'short', TIME_ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud', DATABASE_POOL_SIZE: '0', MIGRATE_ON_START: 'perhaps' })) {
    t.throws(() => readConfig({ [name]: value }), new RegExp(name), name)
  }
})

t.test('the configuration is frozen', async t => {
  t.ok(Object.isFrozen(readConfig({})))
})

t.test('an address of the database that is no URL is refused without repeating its password; PostgreSQL\'s form without a host is one', async t => {
  for (const DATABASE_URL of ['postgres://app:se/cret@db/x', 'postgres://app:se#cret@db/x', 'postgres://app:se?cret@db/x']) {
    t.throws(() => readConfig({ DATABASE_URL }), /^(?!.*cret).*env\/DATABASE_URL must be a URL/, DATABASE_URL)
  }
  for (const DATABASE_URL of ['postgres://app:se%2Fcret@db:5432/x', 'postgres://app@/x?host=/run/postgresql', 'postgresql://db/x']) {
    t.equal(readConfig({ DATABASE_URL }).database_url, DATABASE_URL)
  }
})

t.test('a migration needs its database and nothing else', async t => {
  t.equal(readDatabaseUrl({ NODE_ENV: 'production', DATABASE_URL: production.DATABASE_URL }), production.DATABASE_URL)
  t.throws(() => readDatabaseUrl({}), /DATABASE_URL/)
})
