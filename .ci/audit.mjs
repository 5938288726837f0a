// Asks the registry for known vulnerabilities of what is installed. Those of high or critical severity fail the check;
// a registry that cannot be asked, or keeps no advisories, is reported and fails nothing.
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' })
const { metadata, vulnerabilities = {}, message, error } = read(stdout)

if (metadata === undefined) {
  console.log(
    `not audited, because the registry's advisories cannot be read: ${message ?? error?.summary ?? 'no answer'}`,
  )
  process.exit(0)
}
const { info, low, moderate, high, critical } = metadata.vulnerabilities
for (const { name, severity, range } of Object.values(vulnerabilities)) console.log(`${severity}: ${name} ${range}`)
console.log(
  `vulnerabilities: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low, ${info} for information`,
)
process.exit(high + critical === 0 ? 0 : 1)

function read(json) {
  try {
    return JSON.parse(json)
  } catch {
    return {}
  }
}
