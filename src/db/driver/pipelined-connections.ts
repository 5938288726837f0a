import pg from 'pg'
import type { Db } from '#db/driver/database.ts'
import { runStatement } from '#db/driver/run-statement.ts'
import type { Statement } from '#db/driver/statement.ts'

// Two keep a Postgres of two cores busy; more only spread what could travel together.
const CONNECTIONS = 2

/** A place for one connection, which is opened when a statement needs it and replaced when it breaks. */
type Connection = { client: Promise<pg.Client> | undefined; waiting: number; answered_at: number }

/**
 * Connections for statements that need no transaction: the statements of several requests travel in one system call,
 * and each is answered by itself. A statement takes the connection that will answer it first, so a slow statement
 * delays only those that were sent right after it. A connection that breaks or no longer answers is replaced.
 */
export function openPipelinedConnections(newClient: () => pg.Client): Db & { close(): Promise<void> } {
  const connections = Array.from({ length: CONNECTIONS }, (): Connection => {
    return { client: undefined, waiting: 0, answered_at: 0 }
  })
  let isClosed = false
  return {
    run: async statement => {
      if (isClosed) throw new Error('a statement after calling end on the connections')
      return await send(quickest(connections), newClient, statement)
    },
    close: async () => {
      isClosed = true
      await Promise.all(connections.map(async ({ client }) => await end(client)))
    },
  }
}

/** The connection with the fewest unanswered statements, each weighed by the time since the last answer. */
function quickest(connections: readonly Connection[]): Connection {
  const now = performance.now()
  const wait = ({ waiting, answered_at }: Connection): number => waiting * (1 + now - answered_at)
  return connections.reduce((best, connection) => (wait(connection) < wait(best) ? connection : best))
}

async function send<Row>(
  connection: Connection,
  newClient: () => pg.Client,
  statement: Statement<Row>,
): Promise<Row[]> {
  if (connection.waiting++ === 0) connection.answered_at = performance.now()
  const client = (connection.client ??= connect(connection, newClient()))
  try {
    return await runStatement(await client, statement)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code?.startsWith('57P')) giveUp(connection, client)
    throw error
  } finally {
    connection.waiting--
    connection.answered_at = performance.now()
  }
}

/** Connects a client, which is forgotten when its connection ends, also between statements. */
function connect(connection: Connection, client: pg.Client): Promise<pg.Client> {
  const connected = client.connect().then(() => client)
  const forget = (): void => {
    if (connection.client === connected) connection.client = undefined
  }
  client.once('error', forget).once('end', forget)
  return connected
}

/** The next statement connects again; the statements that still wait for this client fail with it. */
function giveUp(connection: Connection, client: Promise<pg.Client>): void {
  if (connection.client !== client) return
  connection.client = undefined
  void end(client)
}

async function end(client: Promise<pg.Client> | undefined): Promise<void> {
  const connected = await client?.catch(() => undefined)
  await connected?.end()
}
