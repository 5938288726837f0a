import { setTimeout as sleep } from 'node:timers/promises'

const POLL_INTERVAL = 10
/** So long, in seconds, that a busy machine reaches what an idle one reaches at once. */
const BOUND = 30

/** Waits until something holds, a bounded time. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + BOUND * 1000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not true within ${BOUND} s: ${holds}`)
    await sleep(POLL_INTERVAL)
  }
}
