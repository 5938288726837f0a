import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

/** The two roles of a registry, and their passwords. An empty password is not set. */
export type Roles = { owner: string; service: string; owner_password: string; service_password: string }

/**
 * Makes the owner and the role of the service where they are missing, sets their passwords, and gives the owner what
 * the role of this URL owned in this database. Refuses roles that are superusers. May run again and again.
 */
export async function ensureRoles(admin_url: string, roles: Roles): Promise<void> {
  await runScript(admin_url, 'roles.sql', roles)
}

/** R40: gives the role of the service exactly its rights in a migrated database, of which this URL names the owner. */
export async function grantToService(owner_url: string, service: string): Promise<void> {
  const { database = '' } = new pg.Client({ connectionString: owner_url })
  await runScript(owner_url, 'grants.sql', { database, service })
}

/** The role that a connection to this URL has: of the URL itself, or of PGUSER, as the driver decides. */
export function roleOf(url: string): string {
  return new pg.Client({ connectionString: url }).user ?? ''
}

/** Runs a script in one transaction. Its values stand where psql's variables do: `:"name"` and `:'text'`. */
async function runScript(url: string, file: string, values: Record<string, string>): Promise<void> {
  const script = await readFile(join(FOLDER, file), 'utf8')
  const text = script.replaceAll(/:(["'])(\w+)\1/g, (_variable, quote: string, name: string) => {
    const value = values[name] ?? ''
    return quote === '"' ? pg.escapeIdentifier(value) : pg.escapeLiteral(value)
  })
  const client = new pg.Client({ connectionString: url, application_name: 'madoguchi-migrate' })
  await client.connect()
  try {
    await client.query(`begin; ${text}; commit`)
  } finally {
    await client.end()
  }
}
