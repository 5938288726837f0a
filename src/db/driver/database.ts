import pg from 'pg'
import { driverError } from '#db/driver/connection-error.ts'
import { connectionOptions } from '#db/driver/connection-options.ts'
import { DatabaseClient } from '#db/driver/database-client.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { listenOn, type Listener, type OnHeard } from '#db/driver/listener.ts'
import { watchLiveness } from '#db/driver/liveness.ts'
import { LockPlaces } from '#db/driver/lock-places.ts'
import { openPipelinedConnections } from '#db/driver/pipelined-connections.ts'
import { retirements, type Retirement } from '#db/driver/retirement.ts'
import type { Statement } from '#db/driver/statement.ts'

/** Runs statements: the database, each by itself, or a transaction. The first argument of every function in `db`. */
export type Db = { run<Row>(statement: Statement<Row>): Promise<Row[]> }

/** A connection of the pool, until it is released. */
export type PooledClient = DatabaseClient & Pick<pg.PoolClient, 'release'>

export type Database = Db & {
  connect(): Promise<PooledClient>
  /**
   * Takes a connection that is no good out of use, and all that were opened before now: what made it so, a failover or
   * a migration, has befallen them too. Those that are at work finish first.
   */
  retire(client: DatabaseClient): void
  /** How many transactions may have a connection of the pool at a time. */
  readonly size: number
  /** Who may have a connection while a thing is locked. */
  readonly places: LockPlaces
  /** Hears what the database notifies on a channel, over a connection of its own. */
  listen(channel: string, onHeard: OnHeard): Listener
  close(): Promise<void>
}

// How long running statements may still take when the database is closed, in milliseconds.
const CLOSE_TIMEOUT = 1_000

// Of the pool's connections, transactions that lock the same thing have one in so many.
const PLACES_SHARE = 4

// How long a connection may take to open, in milliseconds. A request may wait longer until one of the pool is free.
const OPENING_TIMEOUT = 2_000

/**
 * The connections: pipelined ones for statements outside transactions, and a pool of which each transaction takes one.
 * Nothing connects before the first statement. A connection that breaks is reported to `onConnectionLost` and replaced.
 */
export function openDatabase(options: DatabaseOptions, onConnectionLost: (code: string) => void): Database {
  const report = (error: Error & { code?: string }): void => onConnectionLost(error.code ?? error.name)
  const retirement = retirements()
  const clients = new Set<DatabaseClient>()
  const Client = registeringClient(clients)
  const endWatch = watchLiveness(clients, connectionOptions(options))
  const pool = openPool(options, Client, report)
  const newClient = () =>
    new Client({ ...connectionOptions(options), connectionTimeoutMillis: options.connect_timeout })
  const pipelined = openPipelinedConnections(() => newClient().on('error', report), retirement)
  const listeners: Listener[] = []
  const close = async (): Promise<void> => {
    for (const listener of listeners) listener.close()
    const cut = setTimeout(() => clients.forEach(client => client.destroy()), CLOSE_TIMEOUT)
    await Promise.all([pipelined.close(), pool.end()])
    clearTimeout(cut)
    endWatch()
  }
  let closed: Promise<void> | undefined
  return {
    run: async statement => await pipelined.run(statement),
    connect: async () => await takeFrom(pool, retirement),
    retire: retirement.retire,
    listen: (channel, onHeard) => {
      const listener = listenOn(newClient, channel, onHeard)
      listeners.push(listener)
      return listener
    },
    size: options.pool_size,
    places: new LockPlaces({
      most: Math.max(1, Math.floor(options.pool_size / PLACES_SHARE)),
      patience: options.lock_timeout,
    }),
    close: () => (closed ??= close()),
  }
}

/** A class whose connections are in the set while they are open or being opened. */
function registeringClient(clients: Set<DatabaseClient>): typeof DatabaseClient {
  return class extends DatabaseClient {
    constructor(config: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: Math.min(config.connectionTimeoutMillis ?? 0, OPENING_TIMEOUT) })
      clients.add(this)
      this.once('end', () => clients.delete(this))
    }
  }
}

function openPool(options: DatabaseOptions, Client: typeof DatabaseClient, report: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOptions(options),
    Client,
    max: options.pool_size,
    connectionTimeoutMillis: options.connect_timeout,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', () => {}) // an idle connection's loss: its own listener has reported it
  pool.on('connect', client => client.on('error', report))
  return pool
}

async function takeFrom(pool: pg.Pool, { isRetired }: Retirement): Promise<PooledClient> {
  for (;;) {
    const client = (await pool.connect().catch((error: unknown) => {
      throw driverError(error, { has_alternative: false })
    })) as PooledClient // the pool makes its clients of the class that it is given
    if (!isRetired(client)) return client
    client.release(true)
  }
}
