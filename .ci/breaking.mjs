// Compares the published document with the released one (`openapi/released.json`) and fails where a client of it would
// break. Until a release is cut there is none: then it reports what changed since the document's last commit, and
// fails nothing.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PUBLISHED = 'openapi/openapi.json'
const RELEASED = 'openapi/released.json'

if (existsSync(RELEASED)) {
  process.exit(compare(RELEASED, ['--fail-on', 'ERR']))
}
const former = formerDocument()
if (former === undefined) {
  console.log('nothing is released yet, and the document has no earlier version to compare with')
} else {
  console.log('nothing is released yet; since its last commit the document changed as follows, which fails nothing:')
  compare(former, [])
}

function compare(former, options) {
  const { status } = spawnSync('node', ['.ci/tool.mjs', 'oasdiff', 'breaking', ...options, former, PUBLISHED], {
    stdio: 'inherit',
  })
  return status ?? 1
}

/** The document as it was before the last commit that changed it, in a file; undefined where git knows none. */
function formerDocument() {
  try {
    const [, commit] = git('log', '-2', '--format=%H', '--', PUBLISHED).trim().split('\n')
    if (commit === undefined) return undefined
    const file = join(mkdtempSync(join(tmpdir(), 'openapi-')), 'former.json')
    writeFileSync(file, git('show', `${commit}:${PUBLISHED}`))
    return file
  } catch {
    return undefined
  }
}

function git(...args) {
  return execFileSync('git', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}
