import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import type { ClusterFolder } from './cluster-folder.ts'
import { readPassword } from './cluster-folder.ts'
import { giveFolderTo } from './give-folder-to.ts'
import { releaseStalePidFile, stopPostmaster } from './postmaster.ts'
import type { ServerSession } from './server-session.ts'
import { connectWhenReady } from './server-session.ts'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'
import { POSTGRES_ENVIRONMENT } from './unprivileged-launch.ts'

/** The server ended before it was ready. `isPassing`: the reason ends by itself, so the caller tries again. */
export class ServerLaunchError extends Error {
  override name = 'ServerLaunchError'
  isPassing: boolean
  constructor(folder: ClusterFolder, reason: string, signal: string | null) {
    super(`PostgreSQL in ${folder.home} did not start: ${signal ?? (reason || 'it said nothing')} (see ${folder.log})`)
    this.isPassing = signal !== null || /shared memory block|Address already in use|lock file/.test(reason)
  }
}

type LaunchOrder = {
  folder: ClusterFolder
  postgres: string
  launch: UnprivilegedLaunch
  settings: Record<string, string>
  port: number
}

/** Starts Postgres on a complete cluster that no server is running on; the caller holds the start lock. */
export async function launchServer(order: LaunchOrder): Promise<ServerSession & { pid: number }> {
  const { folder } = order
  giveFolderTo(folder, order.launch)
  releaseStalePidFile(folder.data)
  const logStart = logSize(folder)
  const child = await spawnServer(order)
  const address = { port: order.port, password: readPassword(folder) }
  const pid = child.pid as number
  try {
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
    const session = await connectWhenReady(() => (hasEnded() ? undefined : address))
    if (session !== undefined) return { ...session, pid }
  } catch (error) {
    await stopPostmaster(pid, folder.data)
    throw error
  }
  throw new ServerLaunchError(folder, lastFatal(folder, logStart), child.signalCode)
}

async function spawnServer({ folder, postgres, launch, settings, port }: LaunchOrder): Promise<ChildProcess> {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    log_destination: 'stderr',
    logging_collector: 'off',
    ...settings,
  }
  const args = ['-D', folder.data, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])]
  const [file = postgres, ...rest] = [...launch.prefix, postgres, ...args]
  const log = openSync(folder.log, 'a', 0o600)
  try {
    // A process group of its own: Ctrl-C reaches the service first, which then stops Postgres.
    const child = spawn(file, rest, {
      ...launch.options,
      cwd: folder.home,
      env: POSTGRES_ENVIRONMENT,
      stdio: ['ignore', log, log],
      detached: true,
    })
    await once(child, 'spawn')
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

const logSize = ({ log }: ClusterFolder): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0

function lastFatal({ log }: ClusterFolder, from: number): string {
  const lines = readFileSync(log).subarray(from).toString().split('\n')
  return lines.filter(line => /FATAL|PANIC|could not bind|error while loading/.test(line)).join('; ')
}
