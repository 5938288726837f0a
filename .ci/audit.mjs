// Asks the registry for known vulnerabilities of what is installed. Those of high or critical severity fail the check,
// and so does a registry that cannot be asked. A registry that says that it keeps no advisories (404, 405 or 501) is a
// mirror of packages alone: then the check passes, and says that nothing was audited.
import { spawnSync } from 'node:child_process'

const NO_ADVISORIES = /^(404|405|501) /

const { stdout, stderr } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' })
const { metadata, vulnerabilities = {}, message, error } = read(stdout)

if (metadata === undefined) {
  const reason = message ?? error?.summary ?? ''
  const isTold = NO_ADVISORIES.test(reason)
  console.log(
    isTold
      ? `NOT AUDITED: the registry keeps no advisories: ${reason}`
      : `the registry's advisories cannot be read: ${reason || stderr || stdout || 'no answer'}`,
  )
  process.exit(isTold ? 0 : 1)
}
const { info, low, moderate, high, critical } = metadata.vulnerabilities
for (const { name, severity, range } of Object.values(vulnerabilities)) console.log(`${severity}: ${name} ${range}`)
console.log(
  `vulnerabilities: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low, ${info} for information`,
)
process.exit(high + critical === 0 ? 0 : 1)

function read(json) {
  try {
    return JSON.parse(json) ?? {}
  } catch {
    return {}
  }
}
