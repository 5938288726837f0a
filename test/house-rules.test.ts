import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root, src, files, importsOf } from './source-files.ts'

t.test('a document that the code names is in the repository', async t => {
  const documents = ['.', 'docs', 'docs/decisions', 'src/http/openapi'].flatMap(folder =>
    readdirSync(join(root, folder)).filter(name => name.endsWith('.md')),
  )
  const folders = ['src', 'test', 'migrations', 'embedded-postgres/src', 'examples']
  const named = folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(ts|sql|mjs)$/.test(name))
      .flatMap(name => [...readFileSync(join(root, folder, name), 'utf8').matchAll(/(\w[\w.-]*\.md)\b/g)])
      .map(([, document = '']) => document),
  )
  t.same(
    [...new Set(named)].filter(document => !documents.includes(document)),
    [],
  )
})

t.test('the launcher of the embedded database knows nothing of the registry', async t => {
  const launcher = readdirSync(join(root, 'embedded-postgres/src')).map(name => `../embedded-postgres/src/${name}`)
  t.ok(launcher.length > 10)
  for (const file of launcher) {
    t.same(
      importsOf(file).filter(specifier => specifier !== 'pg' && !/^(node:|\.\/)/.test(specifier)),
      [],
      file,
    )
  }
})

t.test('a handler is one expression: what is longer is an action or a function of requests and answers', async t => {
  for (const file of files.filter(name => name.startsWith('http/routes/'))) {
    const text = readFileSync(join(src, file), 'utf8')
    const routes = text.match(/\bapp\.(?:get|head|post|put|patch|delete|route)\(/g) ?? []
    const expressions = text.match(/\basync \([^]*?\) =>(?! \{)/g) ?? []
    t.ok(routes.length > 0, `${file} has routes`)
    t.equal(expressions.length, routes.length, `each of the ${routes.length} handlers of ${file} is one expression`)
  }
})

t.test('no line of code, comment or text is wider than 120 columns', async t => {
  const folders = ['src', 'test', 'embedded-postgres', 'bench', 'examples']
  const sources = folders.flatMap(folder => globSync(`${folder}/**/*.ts`, { cwd: root, exclude: NOT_OURS }))
  t.ok(sources.length > 700)
  for (const file of sources) {
    const lines = readFileSync(join(root, file), 'utf8').split('\n')
    const wide = lines.flatMap((line, index) => ([...line].length > 120 ? [index + 1] : []))
    t.same(wide, [], `${file}, lines`)
  }
})

const NOT_OURS = ['**/node_modules/**', 'bench/peers/**']

t.test('an exported function says what it decides, but for the routes, which the document describes', async t => {
  const undocumented = files
    .filter(file => !file.startsWith('http/routes/'))
    .flatMap(file =>
      [...readFileSync(join(src, file), 'utf8').matchAll(/^(.*)\nexport (?:async )?function\*? (\w+)/gm)]
        .filter(([, before = '']) => !before.endsWith('*/'))
        .map(([, , name]) => `${file}: ${name}`),
    )
  t.same(undocumented, [])
})

t.test('only the configuration reads the environment', async t => {
  const readers = files.filter(file => /process\.env\b/.test(readFileSync(join(src, file), 'utf8')))
  t.same(
    readers.filter(file => file !== 'config/config.ts'),
    [],
  )
})

t.test('the tests that tap leaves out are those that run together in one process', async t => {
  const left_out = readFileSync(join(root, '.taprc'), 'utf8').matchAll(/^  - test\/([a-z].*?)(?:\/\*\*)?$/gm)
  const together = readdirSync(join(root, 'test/all')).flatMap(name => [
    ...readFileSync(join(root, 'test/all', name), 'utf8').matchAll(/'([a-z/-]+(?:[.]test[.]ts)?)'[,)]/g),
  ])
  t.same(together.map(([, folder]) => folder).toSorted(), [...left_out].map(([, folder]) => folder).toSorted())
})

t.test('file names are unique, so that a name says which file', async t => {
  const names = files.map(file => file.split('/').at(-1)!).filter(name => !SHARED_STEMS.has(name))
  t.same(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
})

// An area's routes, schemas and statements bear its name in each layer: that is how its slice is found.
const SHARED_STEMS = new Set([
  'webhook-deliveries.ts',
  'webhook-endpoints.ts',
  'account-drift-reports.ts',
  'api-clients.ts',
  'catalogue.ts',
  'catalogue-plans.ts',
  'customers.ts',
  'contracts.ts',
  'contacts.ts',
  'support-accounts.ts',
  'sender-checks.ts',
  'notice-recipients.ts',
  'application-forms.ts',
  'change-requests.ts',
  'imports.ts',
  'person-changes.ts',
  'personal-data.ts',
  'disclosures.ts',
  'events.ts',
  'event-numbering.ts',
  'history.ts',
  'history-lists.ts',
  'registration-sheets.ts',
  'rosters.ts',
  'searches.ts',
  'successions.ts',
  'transfers.ts',
  'service.ts',
  'roster.ts',
  'problem.ts',
  'migrate.ts',
  'history-chain.ts',
  'verify-history.ts',
  'contact-warnings.ts',
])
