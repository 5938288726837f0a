import { readPassword } from './cluster-folder.ts'
import { claimFolder } from './claim-folder.ts'
import type { Cluster } from './ensure-cluster.ts'
import { findPrograms } from './find-programs.ts'
import { findFreePort } from './free-port.ts'
import { EmbeddedPostgresInUseError } from './in-use-error.ts'
import { launchServer } from './launch-server.ts'
import { findPostmaster, stopPostmaster } from './postmaster.ts'
import { retryWhilePassing, ServerGoneError } from './retry-while-passing.ts'
import type { ServerSession } from './server-session.ts'
import { connectWhenReady } from './server-session.ts'
import { withStartLock } from './start-lock.ts'

/** A running server whose `client` session owns the folder. */
export type OwnedServer = ServerSession & { pid: number; port: number }

/** Finds or starts the server and takes the folder. Refuses another service's folder (EmbeddedPostgresInUseError). */
export async function ownServer(cluster: Cluster): Promise<OwnedServer> {
  return await retryWhilePassing(async () => {
    const server = await withStartLock(
      cluster.folder.startLock,
      async () => (await adoptServer(cluster)) ?? (await startServer(cluster)),
    )
    return await claim(cluster, server)
  })
}

/** As ownServer, for a server that had been owned and was lost: the same port, so that pools find it again. */
export async function reownServer(cluster: Cluster, port: number): Promise<OwnedServer> {
  return await retryWhilePassing(async () => {
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
  return await retryWhilePassing(async () => {
    const server = await withStartLock(cluster.folder.startLock, async () => await adoptServer(cluster))
    return server && (await claim(cluster, server))
  })
}

/** The server that a killed service left, or that another service uses. Waits for one that is starting or stopping. */
async function adoptServer({ folder }: Cluster): Promise<OwnedServer | undefined> {
  let running = findPostmaster(folder.data)
  if (running === undefined) return undefined
  const password = readPassword(folder)
  const session = await connectWhenReady(() => {
    running = findPostmaster(folder.data)
    return running && { port: running.port, password }
  })
  return session && { ...session, pid: running.pid }
}

async function startServer({ folder, settings }: Cluster, port?: number): Promise<OwnedServer> {
  const { postgres, launch } = await findPrograms(folder)
  return await launchServer({ folder, postgres, launch, settings, port: port ?? (await findFreePort()) })
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
