// After all tests: the rules are covered to the last statement. Everything else is reported above, and only that.
import { readFileSync } from 'node:fs'

const { total, ...files } = JSON.parse(
  readFileSync(new URL('../.tap/report/coverage-summary.json', import.meta.url), 'utf8'),
)
const rules = Object.entries(files).filter(([file]) => file.includes('/src/domain/'))
const incomplete = rules.filter(([, { statements }]) => statements.covered < statements.total)

console.log(
  `statement coverage: ${total.statements.pct} % of all, ` +
    `${rules.length - incomplete.length} of ${rules.length} files of src/domain whole`,
)
for (const [file, { statements }] of incomplete)
  console.error(`${file}: ${statements.total - statements.covered} statements are never run`)
if (rules.length === 0 || incomplete.length > 0) process.exit(1)
