import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import autocannon from 'autocannon'

const KEY = 'bench-key-bench-key-bench-key-bench-key'
export const BENCH_AUTHORIZATION = `Bearer ${KEY}`

export type BenchService = {
  origin: string
  pid: number
  started_ms: number
  /** One request by itself. */
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<{ status: number, text: string, body: any }>
  stop(): Promise<void>
}

/** The service as a process of its own, as `npm start` runs it, on a database that is migrated already. */
export async function startBenchService (database_url: string): Promise<BenchService> {
  const since = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=4', 'src/main.ts'], {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: database_url, ADMIN_API_KEY: KEY, PORT: '0', LOG_LEVEL: 'warn', MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: 'node_modules/.cache/node' },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [greeting] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => { throw new Error('the service did not start') })]) as [Buffer]
  const origin = /http:\/\/[^/]+/.exec(greeting.toString())?.[0] ?? ''
  await fetch(`${origin}/readyz`).then(async answer => await answer.arrayBuffer())
  return {
    origin,
    pid: child.pid!,
    started_ms: performance.now() - since,
    call: async (method, path, body, headers = {}) => {
      const answer = await fetch(origin + path, { method, headers: { 'authorization': `Bearer ${KEY}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) })
      const text = await answer.text()
      return { status: answer.status, text, body: text === '' ? undefined : JSON.parse(text) }
    },
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
}

/** Answers per second under load, all of them with the status that is expected. `next` makes each request. */
export async function load ({ origin }: BenchService, status: number, connections: number, seconds: number, next: () => { method: 'GET' | 'POST', path: string, body?: string }): Promise<number> {
  const headers = { 'authorization': `Bearer ${KEY}`, 'content-type': 'application/json' }
  const result = await autocannon({
    url: origin, connections, duration: seconds, headers,
    requests: [{ setupRequest: request => ({ ...request, headers, ...next() }) }]
  })
  const expected = (result.statusCodeStats as Record<string, { count: number }>)[String(status)]?.count ?? 0
  const others = Object.entries(result.statusCodeStats ?? {}).filter(([code]) => code !== String(status))
  if (others.length > 0 || result.errors > 0) throw new Error(`unexpected answers: ${JSON.stringify(others)}, ${result.errors} errors`)
  return expected / result.duration
}

/** Resident memory of a process in MB, where the system tells. */
export async function memoryOf (pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}
