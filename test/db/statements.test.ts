import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'

// How the functions of db are named, and how many statements each runs, read from their text.

const FOLDER = join(import.meta.dirname, '../../src/db')
const VERBS = ['find', 'list', 'count', 'insert', 'update', 'upsert', 'delete', 'lock', 'claim']

// Files that hold no statements of tables, and why.
const OTHER_FILES: Record<string, string> = {
  'failed-authentications.ts': 'a library builds the statements',
  'job-schema.ts': 'looks for the tables of the job library',
  'migrations.ts': 'changes and examines the schema',
  'schema-dump.ts': 'describes the schema',
  'table-files.ts': 'rewrites files, and changes no row',
  'writable.ts': 'changes nothing, and asks whether it might',
}

// What writes or locks, in SQL and as the builder calls it.
const WRITES =
  /\b(insert into|delete from)\b|^\s*update |insertInto|updateTable|deleteFrom|for(NoKey)?Update|for (no key )?update/m

type Declaration = { file: string; text: string; isExported: boolean; name: string; kind: string }

const declarations: Declaration[] = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.startsWith('driver/') && !(basename(file) in OTHER_FILES))
  .flatMap(file => declarationsOf(file, readFileSync(join(FOLDER, file), 'utf8')))
const functions = declarations.filter(({ kind }) => kind === 'function')

/** The declarations at the top of a file: each begins at the start of a line, as the formatter writes it. */
function declarationsOf(file: string, source: string): Declaration[] {
  return source.split(/^(?=export |async function |function |const |type )/m).flatMap(text => {
    const [, exported, kind = '', name = ''] = /^(export )?(?:async )?(function|const|type) (\w+)/.exec(text) ?? []
    return kind === '' ? [] : [{ file, text, isExported: exported !== undefined, name, kind }]
  })
}

function verbOf(name: string): string | undefined {
  return VERBS.find(verb => name.startsWith(verb) && /^[A-Z]/.test(name.slice(verb.length)))
}

function timesIn(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length
}

t.test('what a function with a verb of db exports is one statement: it runs it, or returns it to be sent', async t => {
  const exported = functions.filter(({ isExported, name }) => isExported && verbOf(name) !== undefined)
  t.ok(exported.length > 50, 'the functions are found')
  for (const { file, name, text } of exported) {
    const runs = timesIn(text, /\bdb\.run\(/g)
    const statements = /\): Statement<\w+> \{/.test(text) ? runs + timesIn(text, /^ {2}return /gm) : runs
    t.equal(statements, 1, `${file}: ${name}`)
    t.notMatch(text, /\b(for|while) \(|async \w+ =>/, `${file}: ${name} runs it once`)
  }
})

t.test('no other function runs a statement', async t => {
  for (const { file, name, text, isExported } of declarations)
    if (!isExported || verbOf(name) === undefined)
      t.equal(timesIn(text, /\.run\(|Promise<Statement|\): Statement<\w+> \{/g), 0, `${file}: ${name}`)
})

t.test('what takes the database is declared as a function', async t => {
  for (const { file, name, text, kind } of declarations)
    if (kind === 'const') t.notMatch(text, /\(db: Db\b/, `${file}: ${name}`)
})

t.test('find answers a row or undefined, count a number', async t => {
  for (const { file, name, text } of functions) {
    if (verbOf(name) === 'find') t.match(text, /\| undefined> \{/, `${file}: ${name}`)
    if (verbOf(name) === 'count') t.match(text, /\): Promise<number> \{/, `${file}: ${name}`)
  }
})

t.test('statements that insert, update, delete or lock are in functions that say so', async t => {
  for (const { file, name, text } of functions) {
    if (!['find', 'list', 'count'].includes(verbOf(name) ?? '')) continue
    const prepared = [...text.matchAll(/\b(\w+Statement)\(/g)].map(([, statement]) => statement)
    const sql = [text, ...declarations.filter(({ name }) => prepared.includes(name)).map(({ text }) => text)].join('\n')
    t.notMatch(sql, WRITES, `${file}: ${name} only reads`)
  }
})
