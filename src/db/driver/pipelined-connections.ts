import pg from 'pg'
import type { Db } from '#db/driver/database.ts'
import { queryOf } from '#db/driver/query.ts'

// Two keep a Postgres of two cores busy; more only spread what could travel together.
const LANES = 2

type Lane = { client: Promise<pg.Client> | undefined; waiting: number; answered_at: number }

/**
 * Reads that need no transaction travel together: the statements of several requests in one system call, each
 * answered by itself, over a few connections of their own, which are made when they are needed. A statement goes where
 * it will be answered first: one that takes long holds up only those sent right after it, because others then see that
 * its lane stands still. A lane whose connection breaks or falls silent gets another.
 */
export function openPipelinedConnections(newClient: () => pg.Client): Db & { close(): Promise<void> } {
  const lanes = Array.from({ length: LANES }, (): Lane => ({ client: undefined, waiting: 0, answered_at: 0 }))
  let isClosed = false
  return {
    run: async statement => {
      if (isClosed) throw new Error('a statement after calling end on its lanes')
      return (await send(quickest(lanes), newClient, queryOf(statement))).rows as never
    },
    close: async () => {
      isClosed = true
      await Promise.all(lanes.map(async ({ client }) => await ended(client)))
    },
  }
}

function quickest(lanes: readonly Lane[]): Lane {
  const now = performance.now()
  const wait = ({ waiting, answered_at }: Lane): number => waiting * (1 + now - answered_at)
  return lanes.reduce((best, lane) => (wait(lane) < wait(best) ? lane : best))
}

async function send(lane: Lane, newClient: () => pg.Client, query: pg.QueryConfig): Promise<pg.QueryResult> {
  if (lane.waiting++ === 0) lane.answered_at = performance.now()
  const connection = (lane.client ??= connect(lane, newClient()))
  try {
    return await (await connection).query(query)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code?.startsWith('57P')) giveUp(lane, connection)
    throw error
  } finally {
    lane.waiting--
    lane.answered_at = performance.now()
  }
}

/** A connection of the lane's own, which the lane forgets when it ends, also while nobody uses it. */
function connect(lane: Lane, client: pg.Client): Promise<pg.Client> {
  const connection = client.connect().then(() => client)
  const forget = (): void => {
    if (lane.client === connection) lane.client = undefined
  }
  client.once('error', forget).once('end', forget)
  return connection
}

/** The next statement asks for another connection; whatever still waits for this one fails with it. */
function giveUp(lane: Lane, connection: Promise<pg.Client>): void {
  if (lane.client !== connection) return
  lane.client = undefined
  void ended(connection)
}

async function ended(connection: Promise<pg.Client> | undefined): Promise<void> {
  const client = await connection?.catch(() => undefined)
  await client?.end()
}
