import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresInUseError } from './folder-ownership.ts'
import type { Cluster, OwnedServer } from './owned-server.ts'
import { ownRunningServer, reownServer } from './owned-server.ts'
import { stopPostmaster } from './postmaster.ts'
import { setHoldsProcess } from './server-session.ts'

const BACKOFF_MS = [0, 100, 250, 500, 1000, 2000, 4000, 8000]
const STEADY_MS = 60_000

/**
 * Starts the server again, on its port, whenever it is lost; gives up with a process warning after eight tries without
 * a steady minute between them, or when another service took the folder. The returned function ends this and stops
 * the server; it leaves one alone that this service does not own any more.
 */
export function keepServerRunning(cluster: Cluster, first: OwnedServer): () => Promise<void> {
  const stopping = new AbortController()
  let owned: OwnedServer | undefined
  let recovery: Promise<void> = Promise.resolve()
  let losses = 0

  // The session, not the child process, is what is watched: an adopted server is not our child.
  function watch(server: OwnedServer): void {
    owned = server
    setHoldsProcess(server, false)
    const since = Date.now()
    // oxlint-disable-next-line promise/always-return -- nobody waits for it
    void server.ended.then(() => {
      owned = undefined
      if (Date.now() - since > STEADY_MS) losses = 0
      if (!stopping.signal.aborted) recovery = recover()
    })
  }

  async function recover(): Promise<void> {
    let failure: unknown = 'it ended too often'
    while (losses < BACKOFF_MS.length && !(failure instanceof EmbeddedPostgresInUseError)) {
      await sleep(BACKOFF_MS[losses++], undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      try {
        return watch(await reownServer(cluster, first.port))
      } catch (error) {
        failure = error
      }
    }
    process.emitWarning(
      `PostgreSQL in ${cluster.folder.home} was lost and is not started again: ${String(failure)}`,
      'EmbeddedPostgresLost',
    )
  }

  async function stop(): Promise<void> {
    stopping.abort()
    await recovery
    const server = owned ?? (await ownRunningServer(cluster).catch(() => undefined))
    if (server === undefined) return
    setHoldsProcess(server, true)
    await stopPostmaster(server.pid, cluster.folder.data)
    await server.ended
  }

  watch(first)
  let stopped: Promise<void> | undefined
  return () => (stopped ??= stop())
}
