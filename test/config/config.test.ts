import t from 'tap'
import { readConfig, readMigrationUrls } from '#config/config.ts'
import { Environment } from '#config/environment.ts'

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

type SettingSchema = { enum?: string[]; type?: string; minimum?: number; maximum?: number; pattern?: string }
const SETTINGS = Object.entries(Environment.properties as Record<string, SettingSchema>)

/** A value that a setting does not take, and what the error has to name; undefined where every text is one. */
function malformed({ enum: values, type, minimum, maximum, pattern }: SettingSchema): [string, string[]][] {
  if (values !== undefined) return [['neither', values]]
  if (type === 'boolean') return [['perhaps', ['true', 'false']]]
  const bounds = [String(minimum), String(maximum)]
  if (type === 'integer')
    return [String(minimum! - 1), String(maximum! + 1), '1.5', '1e9999', 'many', '0x10'].map(value => [value, bounds])
  return pattern === undefined ? [] : [['no such! value', []]]
}

t.test('a setting with another value than it takes is refused, and the error names those that it takes', async t => {
  let tried = 0
  for (const [name, schema] of SETTINGS)
    for (const [value, allowed] of malformed(schema)) {
      tried++
      const said = errorOf({ [name]: value })
      t.ok(said.startsWith(`env/${name} must be `), `${name}=${value}: ${said}`)
      t.same(
        allowed.filter(word => !said.includes(word)),
        [],
        `${name}: ${said}`,
      )
      t.notMatch(said, /pattern|\^|\[a-z|neither|perhaps|no such/, 'no regular expression, and not the value')
    }
  t.ok(tried > 60)
})

t.test('all settings that do not fit are named at once, and so are those that only the whole shows', async t => {
  t.match(
    errorOf({ PORT: 'x', DOCS: 'x', DATA_DIR: 'x' }),
    /^env\/PORT must be .*; env\/DOCS must be try, read or off$/,
  )
  t.match(errorOf({ TIME_ZONE: 'Mars/Olympus' }), /^env\/TIME_ZONE must be an IANA time zone/)
  t.match(errorOf({ TRUSTED_PROXIES: 'proxy' }), /^env\/TRUSTED_PROXIES must be a list of addresses/)
  t.match(errorOf({ CORS_ORIGINS: 'desk' }), /^env\/CORS_ORIGINS must be a list of origins/)
})

function errorOf(variables: Record<string, string>): string {
  try {
    readConfig(variables)
    return 'nothing'
  } catch (error) {
    return (error as Error).message
  }
}

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
