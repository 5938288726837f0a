// tap compiles its list of plugins once per install. Its first run after an install does so by itself, but still uses
// the old list, with a TypeScript plugin that TypeScript 7 breaks: so it is done before.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

if (!isBuilt()) {
  const tap = fileURLToPath(new URL('node_modules/.bin/tap', root))
  const { status } = spawnSync(tap, ['build'], { cwd: fileURLToPath(root), stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0 || !isBuilt()) {
    console.error('tap could not compile its list of plugins: run npm ci, then the same command again')
    process.exit(1)
  }
}

function isBuilt() {
  try {
    const compiled = new URL('node_modules/@tapjs/test/test-built/dist/esm/index.js', root)
    return !readFileSync(compiled, 'utf8').includes('@tapjs/typescript')
  } catch {
    return false
  }
}
