import { eventNumbering, NUMBERED_AT_ONCE } from '#actions/history/number-events.ts'
import type { Database } from '#db/driver/database.ts'
import { repeatUntilStopped } from '#jobs/repeat-until-stopped.ts'
import { reportOutages } from '#jobs/report-outages.ts'

export type EventNumberer = { stop(): Promise<void> }

// Milliseconds from one look for new entries to the next: what comes in between is numbered together.
const PAUSE = 50

/**
 * R37: numbers new entries of history as they come, until it is stopped. Every process does so, one at a time. An
 * outage is reported once a minute.
 */
export function startEventNumberer(database: Database, onError: (error: Error) => void): EventNumberer {
  const number = eventNumbering(database)
  const look = async (): Promise<number> => ((await number()) < NUMBERED_AT_ONCE ? PAUSE : 0)
  return repeatUntilStopped(look, reportOutages(onError))
}
