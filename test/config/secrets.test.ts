import { join } from 'node:path'
import t from 'tap'
import { readConfig, readMigrationUrls } from '#config/config.ts'

const KEY = '7f0c1d94be3a5268d1f7a0639c4e82b5'

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db.example/madoguchi?sslmode=verify-full',
  ADMIN_API_KEY: KEY,
}

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

t.test('keys bear the environment that they are of: dev, and in production live, unless it is said', async t => {
  t.equal(readConfig({}).api_key_environment, 'dev')
  t.equal(readConfig(production).api_key_environment, 'live')
  t.equal(readConfig({ ...production, API_KEY_ENVIRONMENT: 'staging' }).api_key_environment, 'staging')
})

t.test('secrets may come from files, and from one place only', async t => {
  const folder = t.testdir({
    key: `${KEY}\n`,
    url: 'postgres://app:secret@db/x?sslmode=require\n',
    empty: '\n',
    short: 'short\n',
  })
  t.match(
    readConfig({
      NODE_ENV: 'production',
      DATABASE_URL_FILE: join(folder, 'url'),
      ADMIN_API_KEY_FILE: join(folder, 'key'),
    }),
    { database_url: 'postgres://app:secret@db/x?sslmode=require', admin_api_key: KEY },
  )
  t.strictSame(
    readMigrationUrls({
      DATABASE_URL_FILE: join(folder, 'url'),
      MIGRATION_DATABASE_URL_FILE: join(folder, 'url'),
    }),
    {
      database_url: 'postgres://app:secret@db/x?sslmode=require',
      migration_url: 'postgres://app:secret@db/x?sslmode=require',
    },
  )
  t.throws(
    () => readConfig({ ADMIN_API_KEY: KEY, ADMIN_API_KEY_FILE: join(folder, 'key') }),
    /^(?!.*7f0c).*ADMIN_API_KEY and env\/ADMIN_API_KEY_FILE are both set/,
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
    () => readConfig({ ADMIN_API_KEY_FILE: join(folder, 'short') }),
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
