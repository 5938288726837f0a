import { openClusterFolder, readPassword } from './cluster-folder.ts'
import { databaseUrl } from './database-url.ts'
import { ensureCluster } from './ensure-cluster.ts'
import { keepServerRunning } from './keep-server-running.ts'
import type { OwnedServer } from './owned-server.ts'
import { ownServer } from './owned-server.ts'
import { stopPostmaster } from './postmaster.ts'

type EmbeddedPostgresOptions = {
  /** Made if missing; holds the cluster (pg18), its password and postgres.log. */
  dataDir: string
  /** Made if missing. */
  database: string
  /** Server settings (`-c name=value`); a server that a killed service left running keeps those it was started with. */
  settings?: Record<string, string>
}

/** `url` is the superuser's: it is for making roles, not for work. */
export type EmbeddedPostgres = { url: string; stop(): Promise<void> }

/**
 * Runs the PostgreSQL 18 that npm installed on a folder, which belongs to this process until `stop` or its death.
 * Refuses a folder that another live service uses (EmbeddedPostgresInUseError) and leaves that service undisturbed.
 */
export async function startEmbeddedPostgres({
  dataDir,
  database,
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = { folder: openClusterFolder(dataDir), settings }
  await ensureCluster(cluster)
  const server = await ownServer(cluster)
  try {
    await ensureDatabase(server, database)
  } catch (error) {
    await stopPostmaster(server.pid, cluster.folder.data)
    throw error
  }
  const url = databaseUrl({ port: server.port, password: readPassword(cluster.folder) }, database)
  return { url, stop: keepServerRunning(cluster, server) }
}

async function ensureDatabase({ client }: OwnedServer, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  // Roles that are made here enter the databases that they are given, and no other.
  await client.query('revoke connect on database postgres, template1 from public')
}
