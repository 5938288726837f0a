import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Sample } from './alternating.ts'

/**
 * Requests as wrk makes them: `path` and `body` are Lua expressions, asked for each request, with the functions of
 * `prelude`.
 */
export type WrkLoad = {
  origin: string
  headers: Record<string, string>
  method: string
  path: string
  body?: string
  prelude?: string
  connections: number
  /** The only statuses that answers may have; counted where there are several. */
  statuses: readonly number[]
}

/**
 * A load by wrk, which takes less of the machine than a client in JavaScript. Throws where an answer has another status
 * than expected.
 */
export async function wrk(load: WrkLoad, seconds: number): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-wrk-'))
  const script = join(folder, 'load.lua')
  await writeFile(script, luaOf(load))
  try {
    const { stdout } = await promisify(execFile)(process.env['WRK'] ?? 'wrk', [
      '--threads=1',
      `--connections=${load.connections}`,
      `--duration=${Math.ceil(seconds)}s`,
      '--timeout=20s',
      '--latency',
      `--script=${script}`,
      load.origin,
    ]).catch(explain)
    const unexpected = Number(/unexpected (\d+)/.exec(stdout)?.[1] ?? Number.NaN)
    if (unexpected !== 0 || /Socket errors/.test(stdout)) throw new Error(`${load.method} ${load.path}: ${stdout}`)
    return {
      per_second: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]),
      p50_ms: milliseconds(stdout, '50%'),
      p99_ms: milliseconds(stdout, '99%'),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

// Looking at each answer costs wrk as much as sending it, so only loads with several statuses do; wrk counts the others
// itself.
function luaOf({ headers, method, path, body = 'nil', prelude = '', statuses }: WrkLoad): string {
  const fields = Object.entries(headers)
    .map(([name, value]) => `["${name}"] = "${value}"`)
    .join(', ')
  const isOneSuccess = statuses.length === 1 && statuses[0]! < 400
  return `
    math.randomseed(${process.hrtime.bigint() % 1_000_000_000n})
    local headers = { ${fields} }
    ${prelude}
    request = function() return wrk.format("${method}", ${path}, headers, ${body}) end
    local main
    function setup(thread) main = thread end
    unexpected = 0
    ${
      isOneSuccess
        ? ''
        : `local expected = { ${statuses.map(status => `[${status}] = true`).join(', ')} }
    response = function(status) if not expected[status] then unexpected = unexpected + 1 end end`
    }
    done = function(summary)
      print("unexpected " .. (${isOneSuccess ? 'summary.errors.status' : 'main:get("unexpected")'}))
    end`
}

function milliseconds(text: string, quantile: string): number {
  const [, value, unit] = new RegExp(`${quantile}\\s+([\\d.]+)(us|ms|s)`).exec(text)!
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's']
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new Error('The bench uses wrk, which is not in PATH: install it (Debian: wrk), or name it in WRK.')
}
