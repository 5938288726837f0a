import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { migrationSettings, sessionSettings, withSettings } from '#db/driver/session-settings.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'migrations')

const LOCK_TIMEOUT = 60_000

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

/** The statements that give the role of a URL, in its database, what else the options of its connections set. */
export function roleSettings(options: DatabaseOptions, isWanted: (name: string) => boolean): string[] {
  const { user = '', database = '' } = new pg.Client({ connectionString: options.url })
  const whose = `role ${pg.escapeIdentifier(user)} in database ${pg.escapeIdentifier(database)}`
  return Object.entries(sessionSettings(options))
    .filter(([name]) => isWanted(name))
    .map(([name, value]) => `alter ${whose} set ${name} = ${pg.escapeLiteral(value)};`)
}

/** Runs a script in one transaction. Its values replace psql's variables: `:"name"` and `:'text'`. */
async function runScript(url: string, file: string, values: Record<string, string>): Promise<void> {
  const script = await readFile(join(FOLDER, file), 'utf8')
  const text = script.replaceAll(/:(["'])(\w+)\1/g, (_variable, quote: string, name: string) => {
    const value = values[name] ?? ''
    return quote === '"' ? pg.escapeIdentifier(value) : pg.escapeLiteral(value)
  })
  const client = new pg.Client({
    connectionString: withSettings(url, migrationSettings(LOCK_TIMEOUT)),
    application_name: 'madoguchi-migrate',
  })
  await client.connect()
  try {
    await client.query(`begin; ${text}; commit`)
  } finally {
    await client.end()
  }
}
