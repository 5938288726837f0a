// Node makes this before a test file runs. A process that is not measured for coverage keeps what it compiled for the
// next run, and starts the processes of its test without tap's hooks, as users start them.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import processOnSpawn from 'process-on-spawn'

const COMPILED = fileURLToPath(new URL('../.tap/compiled', import.meta.url))

if (process.env['_TAPJS_PROCESSINFO_COVERAGE_'] === '0') {
  enableCompileCache(COMPILED)
  process.env.NODE_COMPILE_CACHE ??= COMPILED
  processOnSpawn.removeAllListeners()
}
