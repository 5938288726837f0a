import { eventNumbering, NUMBERED_AT_ONCE } from '#actions/history/number-events.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { repeatUntilStopped } from '#jobs/repeat-until-stopped.ts'
import { reportOutages } from '#jobs/report-outages.ts'

export type EventNumberer = { stop(): Promise<void> }

// Milliseconds from one look for new entries to the next: what comes in between is numbered together.
const PAUSE = 50

/**
 * R37: numbers new entries of history as they come, until it is stopped. Every process does so, one at a time. An
 * outage is reported once a minute. While requests come, it numbers a few at once, and rests where there are more.
 */
export function startEventNumberer(
  { database, pace }: Pick<ActionContext, 'database' | 'pace'>,
  onError: (error: Error) => void,
): EventNumberer {
  const number = eventNumbering(database)
  const look = async (): Promise<number> => {
    const began_at = performance.now()
    const most = pace.portion(NUMBERED_AT_ONCE)
    return (await number(most)) < most ? PAUSE : pace.restAfter(performance.now() - began_at)
  }
  return repeatUntilStopped(look, reportOutages(onError))
}
