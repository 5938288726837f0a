import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { Answer, Call } from './test-service.ts'
import { urlAs } from '#start/embedded-database.ts'
import { databaseUrl } from '@madoguchi/embedded-postgres/database-url'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
export const API_KEY = 'a-key-of-the-tests-that-is-long-enough'

/** The service as `npm start` runs it: a process of its own with its embedded Postgres in a folder. */
export type ServiceProcess = {
  call: Call
  origin: string
  /** Sends a signal, and does not wait for what it does. */
  signal: (name: NodeJS.Signals) => void
  /** What it has written to standard error. */
  errors: () => string
  /** The status with which the process ends. */
  exit: Promise<number | null>
  /** Ends it at once, with no chance to tidy up. */
  kill: () => Promise<void>
  stop: () => Promise<void>
}

/** `settings` are what else the environment says, a database of its own for instance. */
export async function startServiceProcess(
  t: Test,
  data_dir: string,
  settings: Record<string, string> = {},
): Promise<ServiceProcess> {
  const { DATABASE_URL: _none, ...environment } = process.env
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...environment,
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: data_dir,
      ADMIN_API_KEY: API_KEY,
      LOG_LEVEL: 'silent',
      DEMO_DATA: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors = passedOn(child.stderr)
  const ended = once(child, 'exit') as Promise<[number | null]>
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await ended
  }
  t.teardown(async () => {
    await end('SIGTERM')
  })
  const origin = await printedOrigin(child.stdout)
  return {
    call: callTo(origin),
    origin,
    signal: name => child.kill(name),
    errors,
    exit: ended.then(([status]) => status),
    kill: async () => await end('SIGKILL'),
    stop: async () => await end('SIGTERM'),
  }
}

/** Shows what a process writes to standard error, and keeps it. */
function passedOn(output: NodeJS.ReadableStream): () => string {
  let said = ''
  output.on('data', chunk => {
    said += String(chunk)
    process.stderr.write(String(chunk))
  })
  return () => said
}

async function printedOrigin(output: NodeJS.ReadableStream): Promise<string> {
  let said = ''
  for await (const chunk of output) {
    said += String(chunk)
    const origin = /(http:\/\/127\.0\.0\.1:\d+)\/v1/.exec(said)?.[1]
    if (origin !== undefined) return origin
  }
  throw new Error(`the service ended without a greeting: ${said}`)
}

function callTo(origin: string): Call {
  return async (method, url, body, headers = {}): Promise<Answer> => {
    const response = await fetch(origin + url, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text === '' ? undefined : JSON.parse(text),
      text,
    }
  }
}

/** Where the embedded Postgres of a folder is, as the role of the service, and its process. */
export function embeddedServer(data_dir: string): { url: string; pid: number } {
  const [pid, , , port] = readFileSync(join(data_dir, 'pg18/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(data_dir, 'password'), 'utf8').trim()
  return {
    pid: Number(pid),
    url: urlAs('madoguchi_service', databaseUrl({ port: Number(port), password }, 'madoguchi')),
  }
}
