// `npm run test:quick`: types, rules, layers, and the tests that mirror what was changed since main. `npm test` runs
// all.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, matchesGlob } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
// tap reports the coverage of its own start even where none is asked for: as none that anything is demanded of.
const QUIET = ['--disable-coverage', '--coverage-report=none', '--reporter=terse'].concat(
  ['statements', 'branches', 'functions', 'lines'].map(kind => `--${kind}=0`),
)
const ALWAYS = ['test/architecture.test.ts', 'test/house-rules.test.ts', 'test/all/domain.test.ts']

const changed = changedFiles()
const touched = [...new Set(changed.flatMap(testsOf))].filter(file => !file.startsWith('test/domain/'))
console.log(`${changed.length} changed files, tests that mirror them: ${touched.join(', ') || 'none'}`)
const { together = [], alone = [] } = Object.groupBy(touched, file => (isRunTogether(file) ? 'together' : 'alone'))
const files = together.length > 1 ? [...alone, 'test/helpers/touched-tests.ts'] : touched
const results = await Promise.all([
  run('tsc', ['--project', '.']),
  run('tap', [...QUIET, ...ALWAYS, ...files], { TOUCHED_TESTS: together.join(',') }),
])
process.exit(results.every(status => status === 0) ? 0 : 1)

/** Whether a test shares its process with others in `npm test`: then those that are touched share one here. */
function isRunTogether(file) {
  const excluded = readFileSync(join(root, '.taprc'), 'utf8').matchAll(/^  - (test\/[a-z].*)$/gm)
  return [...excluded].some(([, pattern]) => matchesGlob(file, pattern))
}

/** What differs from where this branch left main, files that git does not know yet included. */
function changedFiles() {
  const base = git('merge-base', 'HEAD', 'main')[0] ?? git('merge-base', 'HEAD', 'origin/main')[0] ?? 'HEAD'
  const files = [...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')]
  return files.filter(file => existsSync(join(root, file)))
}

function git(...args) {
  const { stdout, status } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.split('\n').filter(line => line !== '') : []
}

/** A changed test; for other code the tests of its name, or of its room where it has none. */
function testsOf(file) {
  if (file.endsWith('.test.ts')) return [file]
  if (!/^(src|embedded-postgres\/src)\/.*\.ts$/.test(file)) return []
  const own = find(`{test,embedded-postgres/test}/**/${basename(file, '.ts')}.test.ts`)
  const room = dirname(file).replace('src', 'test')
  const isRoom = room.split('/').length > 2 || room === 'embedded-postgres/test'
  return own.length === 0 && isRoom ? find(`${room}/*.test.ts`) : own
}

function find(pattern) {
  return globSync(pattern, { cwd: root }).filter(file => !file.includes('node_modules'))
}

/** The status of a program of node_modules. */
function run(program, args, environment = {}) {
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } }
  return new Promise(resolve => {
    spawn(join(root, 'node_modules/.bin', program), args, options).once('exit', resolve)
  })
}
