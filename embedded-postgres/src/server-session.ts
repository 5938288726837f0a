import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseUrl } from './database-url.ts'

/** A connection to the database `postgres` of the server on this port. `ended` resolves when the connection is gone. */
export type ServerSession = { client: pg.Client; ended: Promise<void>; port: number }

/** `port` is missing while the server has not written it down yet. */
type ServerAddress = { port: number | undefined; password: string }

const READY_MS = 60_000
const CANNOT_CONNECT_NOW = '57P03'
const INVALID_PASSWORD = '28P01'

/** Whether the open session alone keeps this process running. */
export function setHoldsProcess({ client }: ServerSession, holds: boolean): void {
  const holder = client as pg.Client & { ref(): void; unref(): void } // missing in @types/pg
  if (holds) holder.ref()
  else holder.unref()
}

/**
 * Waits until the server answers, crash recovery included. Undefined when the server ended before that: `address` then
 * gives undefined. Refuses a server that does not answer within a minute or does not know the password.
 */
export async function connectWhenReady(address: () => ServerAddress | undefined): Promise<ServerSession | undefined> {
  const deadline = Date.now() + READY_MS
  for (let at = address(); at !== undefined; at = address()) {
    const session = at.port === undefined ? undefined : await tryConnect(at.port, at.password)
    if (session !== undefined) return session
    if (Date.now() > deadline) throw new Error('PostgreSQL runs but did not become ready within a minute')
    await sleep(15)
  }
  return undefined
}

async function tryConnect(port: number, password: string): Promise<ServerSession | undefined> {
  const connectionString = databaseUrl({ port, password }, 'postgres')
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {}) // Postgres may go away at any time: `ended` says so, and the service goes on
  const ended = new Promise<void>(resolve => client.once('end', () => resolve()))
  try {
    await client.connect()
    return { client, ended, port }
  } catch (error) {
    await client.end().catch(() => {})
    if (isRefusal(error)) throw explain(error)
    return undefined
  }
}

// Any SQLSTATE but "starting up" or "shutting down" is the server's final word; the rest are sockets not open yet.
function isRefusal(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.code !== CANNOT_CONNECT_NOW
}

function explain(cause: pg.DatabaseError): Error {
  if (cause.code !== INVALID_PASSWORD) return cause
  return new Error(
    'the password in the data folder is not the one that its PostgreSQL was made with: restore the file',
    { cause },
  )
}
