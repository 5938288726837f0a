import type { EventSignal } from '#actions/support/event-signal.ts'
import { countEvents, listEvents } from '#db/events.ts'
import type { Database } from '#db/driver/database.ts'
import type { EventFilter, EventRecord } from '#domain/registry-event.ts'

export type EventsWanted = {
  /** The number of the last event that the client has; `latest` for none before now. */
  after: number | 'latest'
  filter: EventFilter
  limit: number
  /** For how many milliseconds to wait where there is none. */
  wait: number
}

export type EventsPage = { events: EventRecord[]; next_cursor: number; has_more: boolean }

/** How many events one page looks through for those that fit its filter. */
const MOST_LOOKED_AT = 20_000

/**
 * R37: the next events after one, in the order in which they became visible. Where there is none, it waits for the
 * first. Undefined where no event has this number, nor had.
 */
export async function readEvents(
  database: Database,
  signal: EventSignal,
  { after, filter, limit, wait }: EventsWanted,
  leaving: AbortSignal,
): Promise<EventsPage | undefined> {
  const latest = await countEvents(database)
  if (after === 'latest') return { events: [], next_cursor: latest, has_more: false }
  if (after > latest) return undefined
  const until = AbortSignal.any([leaving, AbortSignal.timeout(wait)])
  for (let [from, known] = [after, latest]; ; known = await countEvents(database)) {
    const page = await readPage(database, { from, known, filter, limit })
    if (page.events.length > 0 || page.has_more || wait === 0 || until.aborted) return page
    from = page.next_cursor
    await signal.wait(from, filter, until)
  }
}

type Reading = { from: number; known: number; filter: EventFilter; limit: number }

/** Reads up to the latest known event, because one that is numbered meanwhile must not be passed over. */
async function readPage(database: Database, { from, known, filter, limit }: Reading): Promise<EventsPage> {
  const until = Math.min(known, from + MOST_LOOKED_AT)
  if (from >= known) return { events: [], next_cursor: from, has_more: false }
  const found = await listEvents(database, filter, { after: from, until, limit: limit + 1 })
  const events = found.slice(0, limit)
  const next_cursor = found.length > limit ? (events.at(-1)?.event_id ?? until) : until
  return { events, next_cursor, has_more: next_cursor < known }
}
