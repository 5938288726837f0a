// Fails where IBM's validator gives the published document less than it had to have: its score takes demerits for each
// broken rule, by what they cost in usability, security, robustness and evolution.
// `node .ci/impact-score.mjs openapi/openapi.json 70`
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [file, least] = process.argv.slice(2)
const tool = fileURLToPath(new URL('tool.mjs', import.meta.url))
const { stdout, stderr } = spawnSync(
  process.execPath,
  [tool, 'lint-openapi', '--ruleset', 'default', '--impact-score', '--json', file],
  { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
)
// The tool fails where any rule is broken, so its status says nothing. It may install itself first, and says so.
const { impactScore } = read(stdout.slice(stdout.indexOf('{')))
if (impactScore === undefined) {
  console.error(stderr || stdout || "IBM's validator gave no score")
  process.exit(1)
}
const { overall, ...categories } = impactScore.categorizedSummary
const details = Object.entries(categories).map(([name, score]) => `${name} ${score}`)
console.log(`IBM impact score ${overall} of 100, at least ${least} is needed: ${details.join(', ')}`)
process.exit(overall >= Number(least) ? 0 : 1)

function read(json) {
  try {
    return JSON.parse(json)
  } catch {
    return {}
  }
}
