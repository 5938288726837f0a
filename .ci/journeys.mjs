// Makes the journeys of openapi/journeys (Arazzo) with redocly respect, or those that are named:
// `node .ci/journeys.mjs openapi/journeys/stranger.arazzo.yaml`. They go to a service of their own, which starts here
// with an embedded PostgreSQL; or, where the environment has API and KEY, to that service.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const named = process.argv.slice(2)
const files = named.length > 0 ? named : globSync('openapi/journeys/*.arazzo.yaml', { cwd: root }).toSorted()
const { API: api, KEY: key } = process.env

const service = api === undefined ? await startService() : { origin: api, key: key ?? '', stop: async () => {} }
const failed = files.filter((file, index) => makeJourney(file, index) !== 0)
await service.stop()
console.log(`${files.length} journeys, ${failed.length} failed ${failed.join(' ')}`.trim())
process.exit(failed.length === 0 ? 0 : 1)

/** One journey. Its ids and addresses are new, so that a second run against the same service finds none of them. */
function makeJourney(file, index) {
  const inputs = JSON.stringify({ key: service.key, run: `run-${Date.now().toString(36)}-${index}` })
  const options = ['--server', `registry=${service.origin}`, '--input', inputs, '--max-fetch-timeout', '20000']
  const { status } = spawnSync(process.execPath, ['.ci/tool.mjs', 'redocly', 'respect', file, ...options], {
    cwd: root,
    stdio: 'inherit',
    // The tool itself is to send nothing anywhere.
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  return status ?? 1
}

async function startService() {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-journeys-'))
  const key = `journeys-${crypto.randomUUID()}`
  const { DATABASE_URL: _none, ...environment } = process.env
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: {
      ...environment,
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: folder,
      ADMIN_API_KEY: key,
      LOG_LEVEL: 'warn',
      DEMO_DATA: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { origin: await printedOrigin(child.stdout), key, stop }
}

async function printedOrigin(output) {
  let printed = ''
  for await (const chunk of output) {
    printed += chunk
    const origin = /(http:\/\/127\.0\.0\.1:\d+)\/v1/.exec(printed)?.[1]
    if (origin !== undefined) return origin
  }
  throw new Error(`the service ended before it listened: ${printed}`)
}
