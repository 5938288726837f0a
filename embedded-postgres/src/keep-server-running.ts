import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './ensure-cluster.ts'
import { EmbeddedPostgresInUseError } from './in-use-error.ts'
import type { OwnedServer } from './owned-server.ts'
import { ownRunningServer, reownServer } from './owned-server.ts'
import { stopPostmaster } from './postmaster.ts'
import { setHoldsProcess } from './server-session.ts'

const BACKOFF_MS = [0, 100, 250, 500, 1000, 2000, 4000, 8000]
const STEADY_MS = 60_000

/** How a lost server is started again, and how long the service waits before it does, in milliseconds. */
type Restart = {
  start: (cluster: Cluster, port: number) => Promise<OwnedServer>
  pauses: readonly number[]
}

type Watched = {
  cluster: Cluster
  restart: Restart
  port: number
  stopping: AbortController
  /** Missing while the server is lost. */
  server: OwnedServer | undefined
  recovery: Promise<void>
  losses: number
}

/**
 * Starts the server again, on its port, whenever it is lost, and goes on trying, every eight seconds in the end. Only a
 * folder that another service took ends the process, with an uncaught error: it would never have a database again. The
 * returned function ends this and stops the server, unless the service does not own it any more.
 */
export function keepServerRunning(
  cluster: Cluster,
  first: OwnedServer,
  restart: Restart = { start: reownServer, pauses: BACKOFF_MS },
): () => Promise<void> {
  const watched: Watched = {
    cluster,
    restart,
    port: first.port,
    stopping: new AbortController(),
    server: first,
    recovery: Promise.resolve(),
    losses: 0,
  }
  watch(watched, first)
  let stopped: Promise<void> | undefined
  return () => (stopped ??= stop(watched))
}

// The session is watched, and not the child process: an adopted server is not our child.
function watch(watched: Watched, server: OwnedServer): void {
  watched.server = server
  setHoldsProcess(server, false)
  const since = Date.now()
  // oxlint-disable-next-line promise/always-return -- this promise is never awaited
  void server.ended.then(() => {
    watched.server = undefined
    if (Date.now() - since > STEADY_MS) watched.losses = 0
    if (!watched.stopping.signal.aborted) watched.recovery = recover(watched)
  })
}

async function recover(watched: Watched): Promise<void> {
  const { cluster, port, stopping, restart } = watched
  for (;;) {
    const pause = restart.pauses[watched.losses++] ?? restart.pauses.at(-1)
    if (watched.losses === restart.pauses.length + 1) warn(cluster)
    await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {})
    if (stopping.signal.aborted) return
    try {
      return watch(watched, await restart.start(cluster, port))
    } catch (error) {
      if (error instanceof EmbeddedPostgresInUseError) return endProcess(error)
    }
  }
}

function warn({ folder }: Cluster): void {
  process.emitWarning(
    `PostgreSQL in ${folder.home} is lost again and again; it is started again all the same (see ${folder.log})`,
    'EmbeddedPostgresLost',
  )
}

function endProcess(error: Error): void {
  setImmediate(() => {
    throw error
  })
}

async function stop(watched: Watched): Promise<void> {
  const { cluster, stopping } = watched
  stopping.abort()
  await watched.recovery
  const server = watched.server ?? (await ownRunningServer(cluster).catch(() => undefined))
  if (server === undefined) return
  setHoldsProcess(server, true)
  await stopPostmaster(server.pid, cluster.folder.data)
  await server.ended
}
