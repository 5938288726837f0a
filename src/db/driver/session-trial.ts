import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { driverError } from '#db/driver/connection-error.ts'
import { connectionOptions } from '#db/driver/connection-options.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { DatabaseClient, unnamed } from '#db/driver/database-client.ts'
import { isPooled } from '#db/driver/listener.ts'
import { sessionSettings } from '#db/driver/session-settings.ts'

/** A setting that a session does not have. */
type MissingSetting = { name: string; found: string; needed: string }

/** What a pooler between the service and the database takes away from its sessions. */
export type SessionFaults = {
  /** What the pooler answered instead of doing it. */
  refusal?: string
  /** Unknown where the pooler opened no connection. */
  settings: MissingSetting[] | 'unknown'
  /** Whether a prepared statement is missing, or is another one, in a later transaction of its connection. */
  loses_statements: boolean
}

const OPENING_TIMEOUT = 2_000

// What PgBouncer says when it refuses what the service asks of it; it has one code for all its errors.
const REFUSALS = /startup parameter|statement pooling/

// Which of two connections has its turn. A pooler that hands out first the session that came back last gives the second
// connection that of the first; one that hands out first what came back first does so when the order turns around.
const TURNS = [0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0] as const

/**
 * Tries what the service needs of its sessions and a pooler may take away: settings, and statements that stay prepared.
 * Between the service and PostgreSQL itself nothing can, so a session without a pooler is only asked for its settings.
 * Throws when the database is away.
 */
export async function trySessions(options: DatabaseOptions): Promise<SessionFaults> {
  const clients = [newClient(options), newClient(options)] as const
  let settings: SessionFaults['settings'] = 'unknown'
  try {
    await Promise.all(clients.map(async client => await client.connect()))
    settings = await missingSettings(clients[0], sessionSettings(options))
    return { settings, loses_statements: (await isPooled(clients[0])) && (await losesStatements(clients)) }
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && REFUSALS.test(error.message)))
      throw driverError(error, { has_alternative: false })
    return { refusal: error.message, settings, loses_statements: false }
  } finally {
    for (const client of clients) client.destroy()
  }
}

function newClient(options: DatabaseOptions): DatabaseClient {
  const client = new DatabaseClient({ ...connectionOptions(options), connectionTimeoutMillis: OPENING_TIMEOUT })
  client.on('error', () => {}) // the statement fails with it
  return client
}

async function missingSettings(client: DatabaseClient, needed: Record<string, string>): Promise<MissingSetting[]> {
  const rows = await client.send<{ name: string; setting: string }>({
    name: '',
    text: 'select name, setting from pg_settings where name = any($1)',
    values: [Object.keys(needed)],
  })
  const found = new Map(rows.map(({ name, setting }) => [name, setting]))
  return Object.entries(needed)
    .map(([name, value]) => ({ name, found: found.get(name) ?? '', needed: value }))
    .filter(setting => setting.found !== setting.needed)
}

/** Prepares different statements under one name over two connections, and runs them again in further transactions. */
async function losesStatements(clients: readonly [DatabaseClient, DatabaseClient]): Promise<boolean> {
  const name = `trial-${randomUUID()}`
  for (const number of TURNS) if (!(await isKept(clients[number], name, number))) return true
  return false
}

async function isKept(client: DatabaseClient, name: string, number: number): Promise<boolean> {
  await client.send(unnamed('begin')) // alone: a pooler that takes no transactions refuses it, and closes
  const [answer] = await Promise.allSettled([
    client.send<{ number: number }>({ name, text: `select ${number} as number`, values: [] }),
    client.send(unnamed('commit')),
  ])
  if (answer.status === 'fulfilled') return answer.value[0]?.number === number
  const error: unknown = answer.reason
  if (error instanceof pg.DatabaseError && ['26000', '42P05'].includes(error.code ?? '')) return false
  throw error
}
