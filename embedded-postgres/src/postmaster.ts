import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** `port` is missing while the server has not written it down yet. */
export type Postmaster = { pid: number; port: number | undefined }

const SHUTDOWN_MS = 60_000
const HALF_WRITTEN_MS = 5_000
const IMPOSSIBLE_PID = 4_194_304 // above the highest that Linux and macOS give

/** The server that is alive on this data folder, also if another process started it. */
export function findPostmaster(data: string): Postmaster | undefined {
  const [pid, , , port] = readPidFile(data) ?? []
  if (!isPostmaster(Number(pid), data)) return undefined
  return { pid: Number(pid), port: Number(port) || undefined }
}

// The command line decides: pids are used again, above all in containers, and a zombie still has a pid.
function isPostmaster(pid: number, data: string): boolean {
  if (!(pid > 0)) return false
  const [program = '', ...args] = commandLine(pid)
  const folder = args[args.indexOf('-D') + 1]
  return basename(program) === 'postgres' && args.includes('-D') && folder !== undefined && isSameFolder(folder, data)
}

function commandLine(pid: number): string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const line = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
    // ps does not say where an argument ends; ours are written as: postgres -D <folder> -c …
    return /^(.*?) (-D) (.*?)(?: -c .*)?\n?$/.exec(line)?.slice(1) ?? []
  } catch {
    return []
  }
}

function isSameFolder(first: string, second: string): boolean {
  try {
    const [a, b] = [statSync(first), statSync(second)]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return first === second
  }
}

const pidFile = (data: string): string => join(data, 'postmaster.pid')

function readPidFile(data: string): string[] | undefined {
  try {
    return readFileSync(pidFile(data), 'utf8').split('\n')
  } catch {
    return undefined
  }
}

/**
 * Makes the postmaster.pid of a killed server acceptable to the next server, which refuses to start while any process
 * has that pid. The caller holds the start lock, and no server is alive.
 */
export function releaseStalePidFile(data: string): void {
  const lines = readPidFile(data)
  if (lines === undefined || findPostmaster(data) !== undefined) return
  const isHalfWritten = !(Number(lines[0]) > 0)
  if (isHalfWritten && Date.now() - statSync(pidFile(data)).mtimeMs > HALF_WRITTEN_MS) rmSync(pidFile(data))
  // Not removed: it names the shared memory by which Postgres waits for the last workers of the killed server.
  if (!isHalfWritten) writeFileSync(pidFile(data), [IMPOSSIBLE_PID, ...lines.slice(1)].join('\n'))
}

/** Fast shutdown: the server ends its sessions and writes everything down. Returns when the server is gone. */
export async function stopPostmaster(pid: number, data: string): Promise<void> {
  if (!isPostmaster(pid, data)) return
  signal(pid, 'SIGINT')
  const deadline = Date.now() + SHUTDOWN_MS
  while (isPostmaster(pid, data)) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) in ${data} did not stop within a minute`)
    await sleep(10)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
