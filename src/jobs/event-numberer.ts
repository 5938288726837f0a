import { eventNumbering } from '#actions/number-events.ts'
import type { Database } from '#db/driver/database.ts'
import { reportOutages } from '#jobs/report-outages.ts'

export type EventNumberer = { stop(): Promise<void> }

// Milliseconds from one look for new entries to the next, and after a failure.
const PAUSE = 50
const PAUSE_AFTER_FAILURE = 1_000

/**
 * R37: numbers new entries of history as they come, until it is stopped. Every process does so, one at a time. An
 * outage is reported once a minute.
 */
export function startEventNumberer(database: Database, onError: (error: Error) => void): EventNumberer {
  const number = eventNumbering(database)
  const report = reportOutages(onError)
  const stopping = new AbortController()
  const working = (async () => {
    while (!stopping.signal.aborted) {
      const pause = await number().then(
        count => (count > 0 ? 0 : PAUSE),
        (error: Error) => {
          report(error)
          return PAUSE_AFTER_FAILURE
        },
      )
      await paused(pause, stopping.signal)
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await working
    },
  }
}

async function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
