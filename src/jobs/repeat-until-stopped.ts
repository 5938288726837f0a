import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_AFTER_FAILURE = 1_000

/**
 * Does a piece of work again and again, until the returned function is called; that waits for the work under way. The
 * work answers how many milliseconds to wait before the next time. A failure is reported and waited out.
 */
export function repeatUntilStopped(work: () => Promise<number>, report: (error: Error) => void): () => Promise<void> {
  const stopping = new AbortController()
  const repeating = (async () => {
    while (!stopping.signal.aborted) {
      const pause = await work().catch((error: Error) => {
        report(error)
        return PAUSE_AFTER_FAILURE
      })
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {}) // a stop cuts the pause short
    }
  })()
  return async () => {
    stopping.abort()
    await repeating
  }
}
