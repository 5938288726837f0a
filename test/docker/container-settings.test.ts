import { readFileSync } from 'node:fs'
import t from 'tap'
import { readConfig } from '#config/config.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1] ?? '')

const dockerfile = read('Dockerfile')
const compose = read('docker-compose.yml')

const shared = compose.slice(compose.indexOf('x-service:'), compose.indexOf('\nservices:'))
const VARIABLE = /\$\{(\w+):([?-])([^}]*)\}/g

/** The environment of the service's containers as Compose makes it from these variables. */
function environmentOf(variables: Record<string, string>): Record<string, string> {
  const image = all(dockerfile, /^(?:ENV| {3}) ([A-Z_]+=\S+)/gm).map(pair => pair.split('=') as [string, string])
  const lines = [...shared.matchAll(/^ {4}([A-Z_]+): (.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )
  return Object.fromEntries([
    ...image,
    ...lines.map(
      ([name, value]) =>
        [
          name,
          value.replace(
            VARIABLE,
            (_all, variable: string, kind: string, text: string) => variables[variable] ?? (kind === '-' ? text : ''),
          ),
        ] as const,
    ),
  ])
}

const SECRETS = { ADMIN_API_KEY: '7f0c1d94be3a5268d1f7a0639c4e82b5', SERVICE_PASSWORD: 'p@ss/w:o#r?d%' }

t.test("the containers' environment is a production configuration, whatever the password", async t => {
  const config = readConfig(environmentOf(SECRETS))
  t.match(config, {
    host: '0.0.0.0',
    port: 3000,
    database_url: 'postgres://madoguchi_service@postgres:5432/madoguchi',
    admin_api_key: SECRETS.ADMIN_API_KEY,
    migrate_on_start: false,
    time_zone: 'Asia/Tokyo',
  })
  t.throws(() => readConfig(environmentOf({ ...SECRETS, ADMIN_API_KEY: '' })), /ADMIN_API_KEY is required/)
})

t.test(
  "every name in the containers' environment is read by the configuration, the driver or the C library",
  async t => {
    const known = new Set([
      ...all(read('src/config/environment.ts'), /^ {2}([A-Z_]+): Type\./gm),
      'PGPASSWORD',
      'MALLOC_ARENA_MAX',
    ])
    t.ok(known.has('DATABASE_URL'))
    t.strictSame(
      Object.keys(environmentOf(SECRETS)).filter(name => !known.has(name)),
      [],
    )
  },
)

// What the image, Compose itself or the platform around the containers decides.
const FIXED = [
  'NODE_ENV',
  'DEMO_DATA',
  'HOST',
  'PORT',
  'DATABASE_URL',
  'DATABASE_PLAIN_TEXT',
  'MIGRATION_DATABASE_URL',
  'DATA_DIR',
  'MIGRATE_ON_START',
  'ADMIN_API_KEY',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
]

t.test('R40: Compose gives each container the password of one role, and the service that of the least', async t => {
  const passwordsOf = (name: string): string[] => {
    const block = new RegExp(`^  ${name}:\n(?:(?: {4}.*)?\n)+`, 'm').exec(compose)?.[0] ?? ''
    return all(block, /\$\{(\w+_PASSWORD):/g)
  }
  t.strictSame(all(shared, /\$\{(\w+_PASSWORD):/g), ['SERVICE_PASSWORD'])
  t.strictSame(passwordsOf('postgres'), ['POSTGRES_PASSWORD'])
  t.strictSame(passwordsOf('roles'), ['POSTGRES_PASSWORD', 'OWNER_PASSWORD', 'SERVICE_PASSWORD'])
  t.strictSame(passwordsOf('migrate'), ['OWNER_PASSWORD'])
  t.strictSame(passwordsOf('madoguchi'), [])
  const variables = all(read('migrations/roles.sql'), /:'(\w+)'/g)
  t.strictSame([...new Set(variables)].toSorted(), all(compose, /--set=([a-z_]+)=/g).toSorted())
})

t.test('Compose passes on every setting that the containers do not decide themselves', async t => {
  const settings = all(read('src/config/environment.ts'), /^ {2}([A-Z_]+): Type\./gm)
  const passed = all(shared, /^ {4}([A-Z_]+): \$\{\1:-\}$/gm)
  t.ok(passed.length > 10)
  t.strictSame(passed.toSorted(), settings.filter(name => !FIXED.includes(name)).toSorted())
})

t.test('the settings that the documents list are those that the service reads, both ways', async t => {
  const settings = all(read('src/config/environment.ts'), /^ {2}([A-Z_]+): Type\./gm)
  for (const document of ['docs/configuration.md', 'docs/configuration.ja.md']) {
    const rows = all(read(document), /^\| (`[A-Z_`, 、]+) \|/gm)
    const listed = rows.flatMap(row => all(row, /`([A-Z_]+)`/g)).filter(name => !name.endsWith('_URL_FILE'))
    t.strictSame(
      [...new Set(listed.filter(name => settings.includes(name) || !name.endsWith('_FILE')))].toSorted(),
      settings.toSorted(),
      document,
    )
  }
})

t.test('every container has a limit of memory', async t => {
  t.match(shared, /^ {2}mem_limit: \d+[mg]/m)
  t.match(compose.slice(compose.indexOf('  postgres:\n')), /^ {4}mem_limit: \d+[mg]/m)
})

t.test('.env.example names what Compose asks for', async t => {
  t.strictSame(
    all(read('docker/.env.example'), /^(\w+)=/gm).toSorted(),
    [...new Set(all(compose, VARIABLE))].toSorted(),
  )
  t.ok(read('.gitignore').split('\n').includes('.env'))
})
