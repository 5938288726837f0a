import pg from 'pg'
import { BatchingSocket } from '#db/driver/batching-socket.ts'
import { openPipelinedConnections } from '#db/driver/pipelined-connections.ts'
import type { Statement } from '#db/driver/statement.ts'

/** Runs statements: the database, each by itself, or a transaction. The first argument of every function in `db`. */
export type Db = { run<Row>(statement: Statement<Row>): Promise<Row[]> }

export type DatabaseOptions = {
  url: string
  pool_size: number
  /** How long a request waits for a connection, in milliseconds. */
  connect_timeout: number
  /** How long one statement may run, in milliseconds. */
  statement_timeout: number
  /** How long a statement waits for a lock, in milliseconds. */
  lock_timeout: number
}

export type Database = Db & {
  connect(): Promise<pg.PoolClient>
  close(): Promise<void>
}

// The wire form of each type: dates stay days, times become ISO 8601 in UTC, counts become numbers.
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, text => text],
  [pg.types.builtins.TIMESTAMPTZ, isoOf],
  [pg.types.builtins.INT8, Number],
])

// What a server in UTC writes of whole milliseconds, which is all that the service stores.
const UTC_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/

/** The server's time as ISO 8601. No `Date` is made: in whole lists it would cost as much as the rest of reading. */
function isoOf(text: string): string {
  const [, day, time, fraction = ''] = UTC_TIME.exec(text) ?? []
  return day === undefined ? new Date(text).toISOString() : `${day}T${time}.${fraction.padEnd(3, '0')}Z`
}

/**
 * The connections: pipelined ones for statements outside transactions, and a pool of which each transaction takes one.
 * Nothing connects before the first statement. A connection that breaks is reported to `onConnectionLost` and replaced.
 */
export function openDatabase(options: DatabaseOptions, onConnectionLost: (code: string) => void): Database {
  const pool = new pg.Pool({
    ...connectionOptions(options),
    max: options.pool_size,
    connectionTimeoutMillis: options.connect_timeout,
    idleTimeoutMillis: 30_000,
  })
  const report = (error: Error & { code?: string }): void => onConnectionLost(error.code ?? error.name)
  pool.on('error', () => {}) // an idle connection's loss: its own listener has reported it
  pool.on('connect', client => client.on('error', report))
  const pipelined = openPipelinedConnections(() =>
    new pg.Client({ ...connectionOptions(options), connectionTimeoutMillis: options.connect_timeout }).on(
      'error',
      report,
    ),
  )
  return {
    run: async statement => await pipelined.run(statement),
    connect: async () => await pool.connect(),
    close: async () => {
      await Promise.all([pipelined.close(), pool.end()])
    },
  }
}

function connectionOptions({ url, statement_timeout, lock_timeout }: DatabaseOptions): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'madoguchi',
    // Otherwise a statement with `= any(…)` is planned at every execution, at several times the cost of running it.
    options: '-c plan_cache_mode=force_generic_plan',
    pipeline: true,
    stream: () => new BatchingSocket(),
    statement_timeout,
    lock_timeout,
    idle_in_transaction_session_timeout: statement_timeout,
    query_timeout: statement_timeout * 2, // a server that no longer answers at all
    keepAlive: true,
    types: { getTypeParser: parserOf },
  }
}

type TypeParserArguments = Parameters<typeof pg.types.getTypeParser>

function parserOf(...[oid, format]: TypeParserArguments): (text: string) => unknown {
  return PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)
}
