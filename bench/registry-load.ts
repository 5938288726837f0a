import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RegistryTarget, RequestTemplate } from './registry-proof.ts'
import type { Load } from './wrk.ts'

/** A load of one kind of request by wrk, whose places are filled by Lua expressions, anew for each. `setup` runs once before. Every answer has to be 2xx. */
export async function loadTarget ({ origin, authorization }: RegistryTarget, { method, path, body }: RequestTemplate, places: Record<string, string>, { setup = '', connections, seconds }: { setup?: string, connections: number, seconds: number }): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-wrk-'))
  const script = join(folder, 'load.lua')
  await writeFile(script, `
    math.randomseed(os.time())
    ${setup}
    local headers = { ["authorization"] = "${authorization}", ["content-type"] = "application/json" }
    request = function() return wrk.format("${method}", ${lua(path, places)}, headers, ${lua(body, places)}) end`)
  try {
    const { stdout } = await promisify(execFile)(process.env['WRK'] ?? 'wrk', ['--threads=1', `--connections=${connections}`, `--duration=${seconds}s`, '--latency', `--script=${script}`, origin]).catch(explain)
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout)
    return { per_second: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)![1]), p50_ms: milliseconds(stdout, '50%'), p99_ms: milliseconds(stdout, '99%') }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Lua that makes a template's text. */
function lua (template: string, places: Record<string, string>): string {
  return template.split(/\{(\w+)\}/).map((part, index) => index % 2 === 0 ? `[==[${part}]==]` : places[part] ?? `[==[{${part}}]==]`).join(' .. ')
}

function milliseconds (text: string, quantile: string): number {
  const [, value, unit] = new RegExp(`${quantile}\\s+([\\d.]+)(us|ms|s)`).exec(text)!
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's']
}

function explain (error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new Error('The bench uses wrk, which is not in PATH: install it (Debian: wrk), or name it in WRK.')
}
