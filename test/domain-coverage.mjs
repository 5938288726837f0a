// After all tests: the rules are covered to the last statement.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const { total: _total, ...files } = JSON.parse(readFileSync(`${root}.tap/report/coverage-summary.json`, 'utf8'))
const rules = Object.entries(files).filter(([file]) => file.includes('/src/domain/'))
const incomplete = rules.filter(([, { statements }]) => statements.covered < statements.total)
const count = kind => rules.reduce((sum, [, { statements }]) => sum + statements[kind], 0)

// The report leaves out a file that no test loads, and one of types alone, which nothing can load.
const loaded = new Set(rules.map(([file]) => file))
const unloaded = globSync('src/domain/**/*.ts', { cwd: root }).filter(
  file =>
    /^export (?:async )?(?:function|const|class) /m.test(readFileSync(root + file, 'utf8')) && !loaded.has(root + file),
)

console.log(
  `statement coverage of src/domain: ${count('covered')} of ${count('total')}, ` +
    `${rules.length - incomplete.length} of ${rules.length + unloaded.length} files whole`,
)
for (const [file, { statements }] of incomplete)
  console.error(`${file}: ${statements.total - statements.covered} statements are never run`)
for (const file of unloaded) console.error(`${file}: no test that is measured loads it`)
if (rules.length === 0 || incomplete.length > 0 || unloaded.length > 0) process.exit(1)
