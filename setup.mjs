// Runs before `npm start` and `npm test`, on whatever Node (20 or later) and npm the user has: brings node_modules, and
// with it the Node that the service runs on, in line with package-lock.json.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

if (!isInstalled()) install()
checkNode()

// npm writes its own record last: an install that was killed has none. Contents are compared, not times, so that a git
// checkout or `npm ci --omit=dev` in a container causes no second install.
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const present = readPackages(record)
  const wanted = readPackages(join(root, 'package-lock.json'))
  return (
    Object.keys(wanted).every(
      path => isSame(wanted[path], present[path]) || (!present[path] && maybeAbsent(wanted[path])),
    ) && Object.keys(present).every(path => path in wanted)
  )
}

function readPackages(file) {
  const { '': _root, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages
  return packages
}

function isSame(wanted, present) {
  return present !== undefined && present.version === wanted.version && present.integrity === wanted.integrity
}

function maybeAbsent({ optional, dev, devOptional }) {
  return optional || ((dev || devOptional) && process.env.npm_lifecycle_event !== 'pretest')
}

function install() {
  console.log('Installing the packages of package-lock.json with npm ci (the first time this takes about a minute) …')
  const [program, ...first] = npmCommand()
  const { status, error } = spawnSync(program, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0)
    fail(`npm ci failed${error ? ` (${error.message})` : ''}. See its message above, then run the same command again.`)
}

// The very npm that runs this script, which need not be the one in PATH.
function npmCommand() {
  const { npm_execpath: npm } = process.env
  return npm?.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm']
}

function checkNode() {
  const own = join(root, 'node_modules/.bin/node')
  if (!existsSync(own)) {
    if (Number(process.versions.node.split('.')[0]) >= 24) return
    fail(
      `Madoguchi needs Node 24 or later. This is ${process.version}, and npm has installed none for ` +
        `${process.platform}-${process.arch}: install Node 24 (https://nodejs.org) and run the same command again.`,
    )
  }
  if (spawnSync(own, ['--version']).status === 0) return
  fail(
    `The Node in ${own} does not run on this system (it needs glibc): install Node 24 or later ` +
      '(https://nodejs.org), run npm ci --omit=optional, set DATABASE_URL to a PostgreSQL server, and run the same ' +
      'command again.',
  )
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
