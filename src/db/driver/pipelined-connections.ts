import { driverError } from '#db/driver/connection-error.ts'
import type { DatabaseClient } from '#db/driver/database-client.ts'
import { failureOf, isUndone } from '#db/driver/failure.ts'
import type { Retirement } from '#db/driver/retirement.ts'
import type { Statement } from '#db/driver/statement.ts'

// Two keep a Postgres of two cores busy; more only spread what could travel together.
const CONNECTIONS = 2

/** Runs each statement by itself. */
type PipelinedConnections = { run<Row>(statement: Statement<Row>): Promise<Row[]>; close(): Promise<void> }

type Opened = { client: DatabaseClient; connected: Promise<unknown> }

/** A place for one connection, which is opened when a statement needs it and replaced when it breaks. */
type Connection = { opened: Opened | undefined; waiting: number; answered_at: number }

/**
 * Connections for statements that need no transaction: the statements of several requests travel in one system call,
 * and each is answered by itself. A statement takes the connection that will answer it first, so a slow statement
 * delays only those that were sent right after it. A connection that breaks or no longer answers is replaced; a
 * statement that failed with it is sent again, where it did nothing.
 */
export function openPipelinedConnections(
  newClient: () => DatabaseClient,
  retirement: Retirement,
): PipelinedConnections {
  const connections = Array.from({ length: CONNECTIONS }, (): Connection => {
    return { opened: undefined, waiting: 0, answered_at: 0 }
  })
  let isClosed = false
  const send = async <Row>(statement: Statement<Row>): Promise<Row[]> => {
    if (isClosed)
      throw driverError(new Error('a statement after calling end on the connections'), { has_alternative: false })
    const connection = quickest(connections)
    const opened = openedOf(connection, newClient, retirement)
    try {
      return await sendOver(connection, opened, statement)
    } catch (error) {
      if (failureOf(error).connection === 'close') {
        retirement.retire(opened.client)
        giveUp(connection, opened)
      }
      throw error
    }
  }
  return {
    run: async statement => await repeated(statement, send),
    close: async () => {
      isClosed = true
      await Promise.all(connections.map(async ({ opened }) => await end(opened)))
    },
  }
}

/** Sends a statement as often as its failure allows. One that may have written something is not sent again. */
async function repeated<Row>(
  statement: Statement<Row>,
  send: (statement: Statement<Row>) => Promise<Row[]>,
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(statement)
    } catch (error) {
      if (attempt >= failureOf(error).attempts || !(isRead(statement) || isUndone(error))) throw error
    }
  }
}

function isRead({ text }: Statement<unknown>): boolean {
  return /^\s*(select|with)\b/i.test(text) && !/\b(insert into|update|delete from|merge into)\b/i.test(text)
}

/** The connection with the fewest unanswered statements, each weighed by the time since the last answer. */
function quickest(connections: readonly Connection[]): Connection {
  const now = performance.now()
  const wait = ({ waiting, answered_at }: Connection): number => waiting * (1 + now - answered_at)
  return connections.reduce((best, connection) => (wait(connection) < wait(best) ? connection : best))
}

async function sendOver<Row>(connection: Connection, opened: Opened, statement: Statement<Row>): Promise<Row[]> {
  if (connection.waiting++ === 0) connection.answered_at = performance.now()
  try {
    await opened.connected
    return await opened.client.send(statement)
  } finally {
    connection.waiting--
    connection.answered_at = performance.now()
  }
}

function openedOf(connection: Connection, newClient: () => DatabaseClient, { isRetired }: Retirement): Opened {
  if (connection.opened !== undefined && isRetired(connection.opened.client)) giveUp(connection, connection.opened)
  return (connection.opened ??= open(connection, newClient()))
}

/** Connects a client, which is forgotten when its connection ends, also between statements. */
function open(connection: Connection, client: DatabaseClient): Opened {
  const connected = client.connect().catch((error: unknown) => {
    throw driverError(error, { has_alternative: false })
  })
  const opened = { client, connected }
  const forget = (): void => {
    if (connection.opened === opened) connection.opened = undefined
  }
  client.once('error', forget).once('end', forget)
  return opened
}

/** The next statement connects again; the statements that still wait for this client get their answers first. */
function giveUp(connection: Connection, opened: Opened): void {
  if (connection.opened === opened) connection.opened = undefined
  void end(opened)
}

async function end(opened: Opened | undefined): Promise<void> {
  const isConnected = await opened?.connected.then(
    () => true,
    () => false,
  )
  if (isConnected === true) await opened?.client.end()
}
