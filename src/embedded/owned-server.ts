import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterFolder } from './cluster-folder.ts'
import { createCluster, hasCluster, readPassword } from './cluster-folder.ts'
import { claimFolder, EmbeddedPostgresInUseError } from './folder-ownership.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'
import { findPostmaster, stopPostmaster } from './postmaster.ts'
import { findFreePort, launchServer, ServerLaunchError } from './server-launch.ts'
import type { ServerSession } from './server-session.ts'
import { connectWhenReady } from './server-session.ts'
import { withStartLock } from './start-lock.ts'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'
import { chooseUnprivilegedLaunch } from './unprivileged-launch.ts'

/** A running server whose `client` session owns the folder. */
export type OwnedServer = ServerSession & { pid: number; port: number }

export type Cluster = { folder: ClusterFolder; settings: Record<string, string> }

const TRIES = 40
const BETWEEN_TRIES_MS = 250

/** Makes the cluster if the folder has none. */
export async function ensureCluster({ folder, settings }: Cluster): Promise<void> {
  if (hasCluster(folder)) return
  await withStartLock(folder.startLock, async () => {
    if (hasCluster(folder)) return
    const { initdb, launch } = await findPrograms(folder)
    await createCluster(folder, initdb, launch, settings)
  })
}

/** Finds or starts the server and takes the folder; refuses with EmbeddedPostgresInUseError when another service has it. */
export async function ownServer(cluster: Cluster): Promise<OwnedServer> {
  return await retry(async () => {
    const server = await withStartLock(
      cluster.folder.startLock,
      async () => (await adoptServer(cluster)) ?? (await startServer(cluster)),
    )
    return await claim(cluster, server)
  })
}

/** As ownServer, for a server that had been owned and was lost: the same port, so that pools find it again. */
export async function reownServer(cluster: Cluster, port: number): Promise<OwnedServer> {
  return await retry(async () => {
    const server = await withStartLock(
      cluster.folder.startLock,
      async () => (await adoptServer(cluster)) ?? (await startServer(cluster, port)),
    )
    const owned = await claim(cluster, server)
    if (owned.port === port) return owned
    // Another service had started it elsewhere and died since.
    await stopPostmaster(owned.pid, cluster.folder.data)
    throw new ServerGoneError(cluster.folder)
  })
}

/** As ownServer, but undefined when no server runs. */
export async function ownRunningServer(cluster: Cluster): Promise<OwnedServer | undefined> {
  return await retry(async () => {
    const server = await withStartLock(cluster.folder.startLock, async () => await adoptServer(cluster))
    return server && (await claim(cluster, server))
  })
}

class ServerGoneError extends Error {
  override name = 'ServerGoneError'
  constructor({ home }: ClusterFolder) {
    super(`PostgreSQL in ${home} went away again and again`)
  }
}

async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const isPassing = error instanceof ServerGoneError || (error instanceof ServerLaunchError && error.isPassing)
      if (!isPassing || tries === TRIES) throw error
      // Long enough for a live owner whose server was killed to start it again before us.
      await sleep(BETWEEN_TRIES_MS)
    }
  }
}

/** The server that a killed service left, or that another one uses; waits for one that is starting or shutting down. */
async function adoptServer({ folder }: Cluster): Promise<OwnedServer | undefined> {
  let running = findPostmaster(folder.data)
  if (running === undefined) return undefined
  const password = readPassword(folder)
  const session = await connectWhenReady(() => {
    running = findPostmaster(folder.data)
    return running && ({ ...running, password } as { port: number; password: string })
  })
  return session && { ...session, pid: running.pid, port: running.port as number }
}

async function startServer({ folder, settings }: Cluster, port?: number): Promise<OwnedServer> {
  const { postgres, launch } = await findPrograms(folder)
  return await launchServer({ folder, postgres, launch, settings, port: port ?? (await findFreePort()) })
}

async function findPrograms({ home }: ClusterFolder): Promise<PostgresBinaries & { launch: UnprivilegedLaunch }> {
  const binaries = await findPostgresBinaries()
  return { ...binaries, launch: chooseUnprivilegedLaunch(binaries.postgres, home) }
}

async function claim({ folder }: Cluster, server: OwnedServer): Promise<OwnedServer> {
  let isOurs: boolean
  try {
    isOurs = await claimFolder(server.client)
  } catch {
    await server.client.end().catch(() => {})
    throw new ServerGoneError(folder) // its owner is stopping it, or it was killed
  }
  if (isOurs) return server
  await server.client.end().catch(() => {})
  throw new EmbeddedPostgresInUseError(folder.home)
}
