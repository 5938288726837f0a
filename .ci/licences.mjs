// Every package that is installed, whether it runs with the service or judges it, has a licence of this list:
// `node .ci/licences.mjs [folder]`. Reads what npm has written of the packages, and asks no server.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

// Packages that say their licence in a file only, as it was read there.
const READ_BY_HAND = { 'backslash@0.2.2': 'MIT', 'jsonc-simple-parser@3.0.0': 'MIT' }

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const { packages } = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'))
const found = Object.entries(packages)
  .filter(([path, { link }]) => !link && existsSync(join(root, path)))
  .map(([path, { version }]) => ({ name: `${path.replace(/^.*node_modules\//, '')}@${version}`, path }))
const refused = found
  .map(({ name, path }) => ({ name, licence: READ_BY_HAND[name] ?? licenceOf(join(root, path)) }))
  .filter(({ licence }) => !isAllowed(licence))

for (const { name, licence } of refused) console.error(`${name}: ${licence ?? 'no licence'}`)
console.log(`${found.length} packages, ${refused.length} with a licence that is not on the list`)
process.exit(refused.length === 0 ? 0 : 1)

function licenceOf(folder) {
  const { license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const old = [licenses ?? []]
    .flat()
    .map(one => one.type ?? one)
    .join(' OR ')
  return license?.type ?? license ?? (old === '' ? undefined : old)
}

/** An SPDX expression: one of the alternatives is enough, of a conjunction every part is needed. */
function isAllowed(licence = '') {
  return licence
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some(one => one.split(/ AND /i).every(part => ALLOWED.has(part.trim())))
}
