import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_AFTER_FAILURE = 1_000

/** Work that is done again and again. */
type RepeatedWork = {
  /** Ends the pause before the next time; while the work is under way, leaves out the pause that follows. */
  wake(): void
  /** Ends the work, and waits for what is under way. */
  stop(): Promise<void>
}

/**
 * Does a piece of work again and again, until it is stopped. The work answers how many milliseconds to wait before the
 * next time. A failure is reported and waited out.
 */
export function repeatUntilStopped(work: () => Promise<number>, report: (error: Error) => void): RepeatedWork {
  const stopping = new AbortController()
  let pausing = new AbortController()
  const repeating = (async () => {
    while (!stopping.signal.aborted) {
      const pause = await work().catch((error: Error) => {
        report(error)
        return PAUSE_AFTER_FAILURE
      })
      await sleep(pause, undefined, { signal: pausing.signal }).catch(() => {})
      if (!stopping.signal.aborted) pausing = new AbortController()
    }
  })()
  return {
    wake: () => pausing.abort(),
    stop: async () => {
      stopping.abort()
      pausing.abort()
      await repeating
    },
  }
}
