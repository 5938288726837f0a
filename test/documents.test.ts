import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const documents = globSync(['*.md', 'docs/**/*.md', 'docker/*.md'], { cwd: root }).toSorted()
const scripts = JSON.parse(read('package.json')).scripts as Record<string, string>

// A path that begins with a folder of the repository, and a file of a kind that the repository holds.
const FOLDERS = 'src|test|docs|migrations|openapi|docker|bench|examples|embedded-postgres|\\.ci'
const BELOW_FOLDER = new RegExp(`(?<![\\w./@-])(?:${FOLDERS})/[\\w./-]*\\w`, 'g')
const NAMED_FILE = /(?<![\w./-])[\w.-]+(?:\/[\w.-]+)*\.(?:ts|mjs|sql|md|svg|txt|yml)\b(?![\w/])/g
const LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g

// Names of other systems.
const FOREIGN = ['runAsNonRoot', 'readOnlyRootFilesystem']

// What commands write, and git does not hold.
const GENERATED = ['bench/results', 'examples/contacts.report']

function isThere(document: string, path: string): boolean {
  return (
    GENERATED.some(folder => path.startsWith(folder)) ||
    [root, join(root, dirname(document))].some(folder => existsSync(join(folder, path)))
  )
}

function found(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([whole, inner]) => inner ?? whole))]
}

t.test('every path that a document names exists', async t => {
  t.ok(documents.length > 20)
  for (const document of documents) {
    const text = read(document)
    const links = found(text, LINK).filter(target => !/^(?:https?|mailto):/.test(target))
    for (const path of [...found(text, BELOW_FOLDER), ...found(text, NAMED_FILE), ...links])
      t.ok(isThere(document, path), `${document}: ${path}`)
  }
})

t.test('every npm script that a document names exists', async t => {
  for (const document of documents)
    for (const name of found(read(document), /npm run (?:--silent )?([\w:]+(?:-\w+)*)/g))
      t.ok(name in scripts, `${document}: npm run ${name}`)
})

t.test('every identifier and variable that a document names occurs in the code', async t => {
  const code = globSync(
    ['{src,test,bench,examples,embedded-postgres}/**/*.{ts,sql}', 'migrations/*.sql', 'docker-compose.yml'],
    {
      cwd: root,
    },
  )
    .filter(path => !path.includes('node_modules'))
    .map(read)
    .join('\n')
  for (const document of documents)
    for (const name of found(read(document), /`([a-z]+[A-Z]\w*|[A-Z]\w*[A-Z]\w*)(?:\(\)|=[^`]*)?`/g))
      if (!FOREIGN.includes(name)) t.ok(new RegExp(`\\b${name}\\b`).test(code), `${document}: ${name}`)
})

t.test('CONTRIBUTING explains every rule that the code names', async t => {
  const rows = [...read('CONTRIBUTING.md').matchAll(/^\| R(\d+)(?:–R(\d+))? \|/gm)]
  const explained = new Set(
    rows.flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
    ),
  )
  const sources = globSync(['src/**/*.ts', 'migrations/*.sql', 'docs/**/*.md'], { cwd: root })
  for (const path of sources)
    for (const rule of found(read(path), /\bR(\d+)\b/g)) t.ok(explained.has(Number(rule)), `${path}: R${rule}`)
})

t.test('the list of decisions names each once, with its title and status', async t => {
  const list = read('docs/decisions/README.md')
  for (const path of documents.filter(path => /^docs\/decisions\/\d{4}-/.test(path))) {
    const [, number, title, date, status] =
      /^# (\d+)\. (.+)\n\n(\d{4}-\d\d-\d\d) · (accepted|superseded by .+)\n\n/.exec(read(path)) ?? []
    t.equal(number?.padStart(4, '0'), path.slice(15, 19), `${path} has its number`)
    t.ok(list.includes(`| [${path.slice(15, 19)}](${path.slice(15)}) | ${title} | ${date} | ${status} |`), path)
  }
})

t.test('the page of the contract counts what holds, and each row has a proof or says that there is none', async t => {
  const rows = [...read('docs/contract.md').matchAll(/^\| (\d+) \| .+ \| (.+) \|$/gm)].map(([, number, proof]) => ({
    number: Number(number),
    proof: proof!.trim(),
  }))
  t.same(
    rows.map(({ number }) => number),
    Array.from({ length: 60 }, (_, index) => index + 1),
  )
  const proved = rows.filter(({ proof }) => proof !== 'not yet')
  for (const { number, proof } of proved) t.match(proof, /\]\(\.\.\/test\/|`npm run /, String(number))
  t.match(read('docs/contract.md'), `**${proved.length} of ${rows.length} hold**`)
})
