import { randomBytes } from 'node:crypto'
import { open } from 'node:inspector'
import t from 'tap'
import { readConfig, readMigrationUrls } from '#config/config.ts'

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db.example/madoguchi?sslmode=verify-full',
  ADMIN_API_KEY: '7f0c1d94be3a5268d1f7a0639c4e82b5',
}

t.test('an environment is one of a list: production is not missed by another word for it', async t => {
  for (const NODE_ENV of ['prod', 'Production', 'live', 'staging', 'production '])
    t.throws(() => readConfig({ NODE_ENV }), /NODE_ENV/, NODE_ENV)
  for (const NODE_ENV of ['development', 'test', '', undefined])
    t.match(readConfig({ NODE_ENV }), { api_key_environment: 'dev' }, String(NODE_ENV))
})

t.test('production refuses a root credential that is easily guessed', async t => {
  const EASY = [
    'a'.repeat(32),
    'ab'.repeat(20),
    'abc123'.repeat(8),
    'password'.repeat(4),
    'changeme-changeme-changeme-changeme',
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
    `${'0'.repeat(60)}1a2b`,
  ]
  for (const key of EASY) {
    const message = /^env\/ADMIN_API_KEY is easily guessed: make one with openssl rand -hex 32$/
    t.throws(() => readConfig({ ...production, ADMIN_API_KEY: key }), message, key)
    t.throws(() => readConfig({ ...production, ADMIN_API_KEY_NEXT: key }), /ADMIN_API_KEY_NEXT is easily guessed/, key)
    t.match(readConfig({ ADMIN_API_KEY: key }), { admin_api_key: key }, 'in development it may be')
  }
  for (let round = 0; round < 200; round++)
    for (const key of [
      randomBytes(16).toString('hex'),
      randomBytes(32).toString('hex'),
      randomBytes(32).toString('base64'),
    ])
      t.match(readConfig({ ...production, ADMIN_API_KEY: key }), { admin_api_key: key }, key)
})

t.test('production refuses a database that would be reached in plain text, unless the operator allows it', async t => {
  const read = (variable: string, url: string, more: object = {}) =>
    readConfig({ ...production, MIGRATION_DATABASE_URL: production.DATABASE_URL, ...more, [variable]: url })
  for (const variable of ['DATABASE_URL', 'MIGRATION_DATABASE_URL']) {
    for (const url of [
      'postgres://db.example/x',
      'postgres://db.example/x?sslmode=disable',
      'postgres://db.example/x?sslmode=prefer',
      'postgres://db.example/x?sslmode=allow',
      'postgres://db.example/x?ssl=false',
      'postgres://10.0.0.7/x?application_name=require',
      'postgres://127.0.0.1/x?host=db.example',
      'postgres://localhost.example/x',
    ]) {
      t.throws(() => read(variable, url), new RegExp(`^env/${variable} has to demand TLS`), url)
      t.ok(read(variable, url, { DATABASE_PLAIN_TEXT: 'allow' }), url)
    }
    for (const url of [
      'postgres://db.example/x?sslmode=verify-full&sslrootcert=/ca.pem',
      'postgres://db.example/x?sslmode=verify-ca',
      'postgres://db.example/x?sslmode=require',
      'postgres://db.example/x?ssl=true',
      'postgres://127.0.0.1:5432/x',
      'postgres://[::1]/x',
      'postgres://localhost/x',
      'postgres://app@/x?host=/run/postgresql',
    ])
      t.ok(read(variable, url), url)
  }
  const { NODE_ENV } = production
  const plain = { NODE_ENV, DATABASE_URL: 'postgres://db.example/x', MIGRATION_DATABASE_URL: production.DATABASE_URL }
  t.throws(() => readMigrationUrls(plain), /^env\/DATABASE_URL has to demand TLS/)
})

t.test('production refuses a Node that answers a debugger, or takes any certificate', async t => {
  const settings = { ...production, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  t.throws(() => readConfig(settings), /NODE_TLS_REJECT_UNAUTHORIZED must not be 0/)
  t.throws(() => readMigrationUrls({ ...settings, MIGRATION_DATABASE_URL: production.DATABASE_URL }), /REJECT/)
  t.match(readConfig({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }), { demands_service_role: false }, 'in development it may')
  const opened = open(0, '127.0.0.1')
  t.throws(() => readConfig(production), /must not be started with --inspect/)
  t.match(readConfig({}), { demands_service_role: false })
  opened[Symbol.dispose]()
  t.match(readConfig(production), { demands_service_role: true })
})
