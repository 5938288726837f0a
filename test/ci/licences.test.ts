import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import t, { type Test } from 'tap'

const ci = join(import.meta.dirname, '../../.ci')
const run = (file: string, args: string[] = [], PATH = process.env['PATH']) =>
  spawnSync(process.execPath, [join(ci, file), ...args], { encoding: 'utf8', env: { ...process.env, PATH } })

/** A folder in which these packages are installed. */
function installed(t: Test, packages: Record<string, object>): string {
  return t.testdir({
    node_modules: {
      '.package-lock.json': JSON.stringify({
        packages: Object.fromEntries(Object.keys(packages).map(name => [`node_modules/${name}`, { version: '1.0.0' }])),
      }),
      ...Object.fromEntries(
        Object.entries(packages).map(([name, manifest]) => [name, { 'package.json': JSON.stringify(manifest) }]),
      ),
    },
  })
}

t.test('packages with a licence of the list pass, also by one of several', async t => {
  const folder = installed(t, {
    a: { license: 'MIT' },
    b: { license: '(GPL-3.0 OR ISC)' },
    c: { license: 'MIT AND Zlib' },
    d: { licenses: [{ type: 'BSD-3-Clause' }] },
  })
  t.match(run('licences.mjs', [folder]), { status: 0, stdout: /^4 packages, 0 / })
})

t.test("any other licence fails by the package's name, and so does none", async t => {
  for (const manifest of [
    { license: 'AGPL-3.0' },
    { license: 'MIT AND GPL-2.0' },
    { license: 'SEE LICENSE IN x' },
    {},
  ]) {
    t.match(
      run('licences.mjs', [installed(t, { fine: { license: 'MIT' }, other: manifest })]),
      { status: 1, stderr: /^other@1\.0\.0: / },
      JSON.stringify(manifest),
    )
  }
})

/** npm as the registry's answers make it speak. */
function npmThatSays(t: Test, answer: string): string {
  const folder = t.testdir({ npm: `#!/bin/sh\ncat <<'END'\n${answer}\nEND\nexit 1\n` })
  chmodSync(join(folder, 'npm'), 0o755)
  return `${folder}${delimiter}${process.env['PATH']}`
}

const counts = (of: object): object => ({ info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...of })
const audit = (of: object): string =>
  JSON.stringify({
    vulnerabilities: { bad: { name: 'bad', severity: Object.keys(of)[0], range: '<2' } },
    metadata: { vulnerabilities: counts(of) },
  })

t.test('vulnerabilities of high severity fail the audit, and so does a registry that cannot be asked', async t => {
  for (const severity of ['high', 'critical'])
    t.match(run('audit.mjs', [], npmThatSays(t, audit({ [severity]: 1 }))), {
      status: 1,
      stdout: `${severity}: bad <2`,
    })
  t.match(run('audit.mjs', [], npmThatSays(t, audit({ moderate: 1 }))), { status: 0, stdout: /moderate: bad <2/ })
  for (const message of ['405 Method Not Allowed - POST https://r.example/x', '404 Not Found'])
    t.match(run('audit.mjs', [], npmThatSays(t, JSON.stringify({ message }))), {
      status: 0,
      stdout: /^NOT AUDITED: the registry keeps no advisories: 40[45]/,
    })
  for (const answer of [
    JSON.stringify({ message: 'request to http://127.0.0.1:9/ failed, reason: connect ECONNREFUSED' }),
    JSON.stringify({ message: '503 Service Unavailable - POST https://r.example/x' }),
    JSON.stringify({ error: { summary: '' } }),
    'no JSON',
    'null',
    '404 Not Found',
  ])
    t.match(run('audit.mjs', [], npmThatSays(t, answer)), { status: 1, stdout: /cannot be read/ }, answer)
})

t.test('every file that the table of protections names is there', async t => {
  const table = readFileSync(join(ci, '../docs/security.md'), 'utf8')
  const files = [...table.matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file)
  t.ok(files.length > 50)
  for (const file of new Set(files)) t.ok(existsSync(join(ci, '../docs', file)), file)
})
