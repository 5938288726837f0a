import pg from 'pg'
import { DatabaseClient } from '#db/driver/database-client.ts'

// Milliseconds. Together they find a peer that vanished within two seconds, whatever a statement's own time.
const LOOK_INTERVAL = 250
const SUSPICIOUS_SILENCE = 700
const PROBE_TIMEOUT = 900

/** How often the server must say that it is not at work for a connection. Its answer may be on the way. */
const STRIKES = 2

/** A backend that waits for its client is not at work for it. Without `track_activities` its state is not known. */
const AT_WORK = `
  select pg_backend_pid() as own, array(
    select pid from pg_stat_activity
    where pid = any($1) and (state is null or state not like 'idle%') and coalesce(wait_event_type, '') <> 'Client'
  ) as at_work`

type Probed = 'away' | 'unknown' | { at_work: ReadonlySet<number> }

/**
 * Finds connections whose peer has vanished: no packet says so, and a statement would wait for its whole time. While an
 * answer is due and nothing comes, the service asks over a new connection whether the server works on it. If the
 * server cannot be reached, or is not at work for the connection, the connection is closed. Returns a function that
 * ends the watch.
 */
export function watchLiveness(clients: ReadonlySet<DatabaseClient>, options: pg.ClientConfig): () => void {
  const strikes = new WeakMap<DatabaseClient, number>()
  const loop = { looked_at: performance.now(), lates: 0 }
  let isProbing = false
  const look = async (): Promise<void> => {
    const now = performance.now()
    // Answers may have come while the process did not run: they are read after this timer.
    const isLate = now - loop.looked_at > 2 * LOOK_INTERVAL
    loop.looked_at = now
    if (isLate) loop.lates++
    if (isLate || isProbing) return
    const silent = [...clients].filter(client => client.silence() > SUSPICIOUS_SILENCE)
    if (silent.length === 0) return
    isProbing = true
    const lates = loop.lates
    const probed = await probe(options, pidsOf(silent)).finally(() => {
      isProbing = false
    })
    if (lates === loop.lates) for (const client of silent) judge(client, probed, strikes)
  }
  const timer = setInterval(() => void look(), LOOK_INTERVAL).unref()
  return () => clearInterval(timer)
}

function judge(client: DatabaseClient, probed: Probed, strikes: WeakMap<DatabaseClient, number>): void {
  if (probed === 'unknown' || client.silence() < SUSPICIOUS_SILENCE) return
  if (probed === 'away') return client.destroy({ isUnreachable: true })
  if (probed.at_work.has(client.backend_pid())) {
    strikes.delete(client)
    return
  }
  const count = (strikes.get(client) ?? 0) + 1
  strikes.set(client, count)
  if (count >= STRIKES) client.destroy()
}

/** Asks over a new connection which of these backends are at work. Behind a pooler, whose pids are its own, unknown. */
async function probe(options: pg.ClientConfig, pids: readonly number[]): Promise<Probed> {
  const client = new DatabaseClient({
    ...options,
    query_timeout: PROBE_TIMEOUT,
    application_name: 'madoguchi-liveness',
  })
  client.on('error', () => {}) // the statement fails with it
  const cut = setTimeout(() => client.destroy(), PROBE_TIMEOUT)
  let isConnected = false
  try {
    await client.connect()
    isConnected = true
    const { rows } = await client.query<{ own: number; at_work: number[] }>(AT_WORK, [pids])
    const [found] = rows
    return found?.own === client.backend_pid() ? { at_work: new Set(found.at_work) } : 'unknown'
  } catch (error) {
    // A server that said no is there. So is a pooler all of whose sessions are at work.
    return isConnected || error instanceof pg.DatabaseError ? 'unknown' : 'away'
  } finally {
    clearTimeout(cut)
    client.destroy()
  }
}

const pidsOf = (clients: readonly DatabaseClient[]): number[] => clients.map(client => client.backend_pid())
