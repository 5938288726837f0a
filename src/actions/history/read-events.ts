import type { EventSignal } from '#actions/support/history/event-signal.ts'
import { joinedRead } from '#actions/support/joined-read.ts'
import { findFeedEnds } from '#db/history/event-floor.ts'
import { listEvents } from '#db/history/events.ts'
import type { Database } from '#db/driver/database.ts'
import type { EventRecord } from '#domain/history/registry-event.ts'
import type { EventFilter } from '#domain/history/event-filter.ts'

export type EventsWanted = {
  /** The number of the last event that the client has; `first` where it has none; `latest` for none before now. */
  after: number | 'first' | 'latest'
  filter: EventFilter
  limit: number
  /** For how many milliseconds to wait where there is none. */
  wait: number
}

type EventsPage = { events: EventRecord[]; next_cursor: number; has_more: boolean }

/** How many events one page looks through for those that fit its filter. */
const MOST_LOOKED_AT = 20_000

/** Reads the next events, or says that no event has or had the number of the cursor, or that it is too old. */
export type EventReading = (wanted: EventsWanted, leaving: AbortSignal) => Promise<EventsPage | 'made_up' | 'expired'>

/**
 * R37: the next events after one, in the order in which they became visible. Where there is none, it waits for the
 * first. Clients that an event wakes together and that want the same share one read.
 */
export function eventReading(database: Database, signal: EventSignal): EventReading {
  const ends = joinedRead(async () => (await findFeedEnds(database)) ?? { latest: 0, expired_until: 0 })
  const count = async (): Promise<number> => (await ends(null)).latest
  const read = joinedRead(async (reading: Reading) => await readPage(database, reading))
  return async ({ after, filter, limit, wait }, leaving) => {
    const { latest, expired_until } = await ends(null)
    if (after === 'latest') return { events: [], next_cursor: latest, has_more: false }
    const begin = after === 'first' ? expired_until : after
    if (begin > latest) return 'made_up'
    if (begin < expired_until) return 'expired'
    const until = wait > 0 ? AbortSignal.any([leaving, AbortSignal.timeout(wait)]) : leaving
    for (let [from, known] = [begin, latest]; ; known = await count()) {
      const page = await read({ from, known, filter, limit })
      if (page.events.length > 0 || page.has_more || wait === 0 || until.aborted) return page
      from = page.next_cursor
      await signal.wait(from, filter, until)
    }
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
