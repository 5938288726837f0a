import { createHmac } from 'node:crypto'
import { ensureRoles } from '#db/schema/roles.ts'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'

export type EmbeddedDatabase = {
  /** For what neither role may do: tests and measurements, never the service. */
  superuser_url: string
  /** The role that owns the registry and migrates it. */
  owner_url: string
  /** The role that the service works as. */
  service_url: string
  stop(): Promise<void>
}

const OWNER = 'madoguchi_owner'
const SERVICE = 'madoguchi_service'

/**
 * Runs the embedded PostgreSQL on a folder, with the two roles of a registry in it. A folder of an earlier release gets
 * them too, and its tables go to the owner. Only the launcher of the server keeps a session of the superuser.
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  database = 'madoguchi',
  settings: Record<string, string> = {},
): Promise<EmbeddedDatabase> {
  const postgres = await startEmbeddedPostgres({ dataDir, database, settings })
  try {
    const [owner_url, service_url] = [urlAs(OWNER, postgres.url), urlAs(SERVICE, postgres.url)]
    await ensureRoles(postgres.url, {
      owner: OWNER,
      service: SERVICE,
      owner_password: new URL(owner_url).password,
      service_password: new URL(service_url).password,
    })
    return { superuser_url: postgres.url, owner_url, service_url, stop: async () => await postgres.stop() }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** The same database as another role. The folder keeps one password; that of a role follows from it, one way only. */
export function urlAs(role: string, superuser_url: string): string {
  const url = new URL(superuser_url)
  const password = createHmac('sha256', url.password).update(role).digest('base64url')
  return Object.assign(url, { username: role, password }).href
}
