import { recordExpiries } from '#actions/record-expiries.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { repeatUntilStopped } from '#jobs/repeat-until-stopped.ts'
import { reportOutages } from '#jobs/report-outages.ts'

// Milliseconds from one look for ends to the next.
const PAUSE = 5_000

/** R37: records what ends by itself, until it is stopped. Every process does so. It reports an outage once a minute. */
export function startExpiryRecorder(
  context: ActionContext,
  onError: (error: Error) => void,
): { stop(): Promise<void> } {
  const look = async (): Promise<number> => {
    await recordExpiries(context, { actor: 'madoguchi', request_id: `job-${context.newId()}`, source: 'job' })
    return PAUSE
  }
  return repeatUntilStopped(look, reportOutages(onError))
}
