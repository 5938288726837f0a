import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Load = { per_second: number, p50_ms: number, p99_ms: number }

/** A load of POST requests by wrk, which takes less of the machine than a client in JavaScript. `body` is Lua that makes each body. Every answer has to be 2xx. */
export async function wrk (url: string, authorization: string, body: string, connections: number, seconds: number): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-wrk-'))
  const script = join(folder, 'load.lua')
  await writeFile(script, `
    math.randomseed(os.time())
    local headers = { ["authorization"] = "${authorization}", ["content-type"] = "application/json" }
    request = function() return wrk.format("POST", nil, headers, ${body}) end`)
  try {
    const { stdout } = await promisify(execFile)(process.env['WRK'] ?? 'wrk', ['--threads=1', `--connections=${connections}`, `--duration=${seconds}s`, '--latency', `--script=${script}`, url]).catch(explain)
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout)
    return { per_second: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]), p50_ms: milliseconds(stdout, '50%'), p99_ms: milliseconds(stdout, '99%') }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function milliseconds (text: string, quantile: string): number {
  const [, value, unit] = new RegExp(`${quantile}\\s+([\\d.]+)(us|ms|s)`).exec(text)!
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's']
}

function explain (error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new Error('The bench of sender checks uses wrk, which is not in PATH: install it (Debian: wrk), or name it in WRK.')
}
