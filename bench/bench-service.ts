import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BenchDatabase } from './bench-database.ts'

const KEY = '5d0e91c7a4f82b36e07c1a9fd3b85264'
export const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }

export type BenchService = {
  origin: string
  pid: number
  started_ms: number
  /** One request by itself. */
  call(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; body: any }>
  stop(): Promise<void>
}

/**
 * The service as production runs it, a process of its own that writes its log to a file, on a database that is migrated
 * already. `settings` are what else the environment says.
 */
export async function startBenchService(
  { url, folder }: BenchDatabase,
  settings: Record<string, string> = {},
): Promise<BenchService> {
  const since = performance.now()
  const log = join(folder, `service-${since}.log`)
  const output = await open(log, 'w')
  const child = spawn(
    process.execPath,
    [
      ...(process.env['NODE_ARGS']?.split(' ') ?? []),
      '--max-semi-space-size=4',
      '--heap-growing-percent=40',
      'src/main.ts',
    ],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_URL: url,
        ADMIN_API_KEY: KEY,
        PORT: '0',
        RATE_LIMIT_CLIENT: '1000000000',
        MALLOC_ARENA_MAX: '2',
        NODE_COMPILE_CACHE: 'node_modules/.cache/node',
        ...settings,
      },
      stdio: ['ignore', output.fd, 'inherit'],
    },
  )
  await output.close()
  const origin = await addressIn(log, child)
  await fetch(`${origin}/readyz`).then(async answer => await answer.arrayBuffer())
  return {
    origin,
    pid: child.pid!,
    started_ms: performance.now() - since,
    call: async (method, path, body, headers = {}) => {
      const answer = await fetch(origin + path, {
        method,
        headers: { ...HEADERS, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, text, body: text === '' ? undefined : JSON.parse(text) }
    },
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function addressIn(log: string, child: ChildProcess): Promise<string> {
  for (;;) {
    const address = /^API\s+(http:\/\/[^/]+)/m.exec(await readFile(log, 'utf8'))?.[1]
    if (address !== undefined) return address
    if (child.exitCode !== null) throw new Error('the service did not start')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** Resident memory of a process in MB, where the system tells. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}
