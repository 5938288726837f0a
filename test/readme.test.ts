import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { NETWORK_DEFAULTS } from '#config/network-config.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import { registerDemoOn } from './helpers/demo-data.ts'
import { ADMIN_KEY, testService } from './helpers/test-service.ts'

const read = async (name: string): Promise<string> => await readFile(new URL(`../${name}`, import.meta.url), 'utf8')
const [english, japanese, settings, japaneseSettings, config] = await Promise.all([
  read('README.md'),
  read('README.ja.md'),
  read('docs/configuration.md'),
  read('docs/configuration.ja.md'),
  read('src/config/environment.ts'),
])

type Row = { names: string[]; defaults: string[] }

/** The rows of the tables of settings: the variables that each names, and what it says of their defaults. */
function rows(text: string): Row[] {
  return [...text.matchAll(/^\| ((?:`[A-Z_]+`(?:, |、)?)+) \| ([^|]+) \|/gm)].map(([, names = '', defaults = '']) => ({
    names: quoted(names),
    defaults: quoted(defaults),
  }))
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
}

/** The calls of the tour, without their comments. */
function calls(text: string): string[] {
  return (/```bash\n(.*?)```/s.exec(text)?.[1] ?? '')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('export'))
    .map(line => line.replace(" -H 'Accept-Language: ja'", ''))
}

t.test('both pages of settings name every setting that the configuration reads, with the same defaults', async t => {
  const known = [...config.matchAll(/^ {2}([A-Z_]+): Type\./gm)].map(([, name]) => name!)
  const inFiles = [.../^const SECRETS = \[(.*)\]/m.exec(config)![1]!.matchAll(/[A-Z_]+/g)].map(
    ([name]) => `${name}_FILE`,
  )
  t.ok(known.length > 5 && inFiles.length > 1)
  t.same(
    rows(settings)
      .flatMap(({ names }) => names)
      .toSorted(),
    [...known, ...inFiles].toSorted(),
  )
  t.same(rows(japaneseSettings), rows(settings))
  t.match(english, '](docs/configuration.md)')
  t.match(japanese, '](docs/configuration.ja.md)')
})

t.test('both pages of settings name the defaults that the configuration has', async t => {
  const settled = new Map(
    [...config.matchAll(/^ {2}([A-Z_]+): Type\.\w+\(\{[^}]*?default: '?([\w./]+)'?[,\s]/gm)].map(
      ([, name = '', value = '']) => [name, valueOf(value)] as const,
    ),
  )
  t.ok(settled.size > 10)
  for (const { names, defaults } of rows(settings))
    for (const [index, name] of names.entries())
      if (settled.has(name)) t.equal(defaults[index], settled.get(name), name)
})

/** A default as it is written in the configuration: a text, a figure, or a field of the network's defaults. */
function valueOf(written: string): string {
  const [, field] = /^(?:NETWORK|RETENTION)_DEFAULTS\.(\w+)$/.exec(written) ?? []
  const defaults: Record<string, unknown> = { ...NETWORK_DEFAULTS, ...RETENTION_DEFAULTS }
  const value = field === undefined ? written : JSON.stringify(defaults[field])
  return value.replaceAll(/(?<=\d)_(?=\d)/g, '')
}

t.test('both READMEs show the same request, and the answer that the service gives to it', async t => {
  const { call } = await testService(t)
  const [, url = '', body = '', answer = ''] =
    /```sh\ncurl -X POST http:\/\/127\.0\.0\.1:3000(\S+) .*?-d '(.*?)'\n```\n\n```json\n(.*?)```/s.exec(english) ?? []
  const { status, body: given } = await call('POST', url, JSON.parse(body))
  t.equal(status, 200)
  t.strictSame(JSON.parse(answer), given)
  t.match(japanese, answer)
})

t.test('the README shows what the example prints, on the data of a first start', async t => {
  const service = await testService(t)
  await registerDemoOn(service)
  const { app } = service
  const API = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const { stdout } = await promisify(execFile)(process.execPath, ['examples/article.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, API, API_KEY: ADMIN_KEY },
  })
  t.equal(/^```\n(Five products.*?)```/ms.exec(english)?.[1], stdout.trimStart())
})

t.test('the tour of the README succeeds on the data of a first start, but for what it says is refused', async t => {
  const service = await testService(t)
  await registerDemoOn(service)
  service.clock.set('2026-11-25T00:00:00.000Z')
  const API = await service.app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => service.app.close())
  const [, script = ''] = /```bash\n(.*?)```/s.exec(english) ?? []
  const tour = script
    .replace(/^export .*$/m, '')
    .replace('echo; }', 'echo; }; curl () { command curl -w "<%{http_code}>" "$@"; }')
  const { stdout } = await promisify(execFile)('bash', ['-c', tour], { env: { ...process.env, API, KEY: ADMIN_KEY } })
  const statuses = [...stdout.matchAll(/<(\d{3})>/g)].map(([, status]) => Number(status))
  t.ok(statuses.length > 10)
  t.same(
    statuses.filter(status => status >= 400),
    [409],
    stdout,
  )
})

t.test('R13, R15, R17: both READMEs say what a name is, its three outcomes, and who is the same person', async t => {
  for (const text of [english, japanese]) {
    for (const said of ['family_name', 'given_name', 'name_doubtful', 'warnings', 'code', 'matched', 'suggestion'])
      t.match(text, `\`${said}`.replace('`name_doubtful', '"name_doubtful'), said)
    for (const said of ['name_override', 'can_be_overridden', 'email-in-use', 'shared_mailbox'])
      t.match(text, said, said)
    for (const said of ['John Smith', '髙橋', '山田']) t.match(text, said, said)
  }
  t.equal(rowsAfter(english, '| outcome |'), 3)
  t.equal(rowsAfter(japanese, '| 結果 |'), 3)
})

/** How many rows the table has whose head begins so. */
function rowsAfter(text: string, head: string): number {
  const [, ...rows] = text.slice(text.indexOf(head)).split('\n\n', 1)[0]!.split('\n')
  return rows.length - 1
}

t.test('both READMEs make the same tour, and lead to each other', async t => {
  t.ok(calls(english).length > 10)
  t.same(calls(japanese), calls(english))
  t.match(english, '](README.ja.md)')
  t.match(japanese, '](README.md)')
})
