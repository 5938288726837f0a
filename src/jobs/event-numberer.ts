import { eventNumbering, NUMBERED_AT_ONCE, NUMBERED_BESIDE_REQUESTS } from '#actions/history/number-events.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { repeatUntilStopped } from '#jobs/repeat-until-stopped.ts'
import { reportOutages } from '#jobs/report-outages.ts'

export type EventNumberer = { stop(): Promise<void> }

// Milliseconds from one look for new entries to the next: what comes in between is numbered together.
const PAUSE = 50

/**
 * R37: numbers new entries of history as they come, until it is stopped. Every process does so, one at a time. An
 * outage is reported once a minute. While requests come, it numbers a few at once. It does not
 * rest then: it has to keep up with what requests write.
 */
export function startEventNumberer(
  { database, pace }: Pick<ActionContext, 'database' | 'pace'>,
  onError: (error: Error) => void,
): EventNumberer {
  const number = eventNumbering(database)
  const look = async (): Promise<number> => {
    const most = pace.portion(NUMBERED_AT_ONCE, NUMBERED_BESIDE_REQUESTS)
    return (await number(most)) < most ? PAUSE : 0
  }
  return repeatUntilStopped(look, reportOutages(onError))
}
