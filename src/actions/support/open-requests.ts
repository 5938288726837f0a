/** For how long an open request counts as waiting, in milliseconds: later it waits on purpose, as for events. */
const WAITING = 50

/** For how long after a request began the next is expected, in milliseconds. */
const COMING = 250

/** The requests of a process that have no answer yet. */
export type OpenRequests = {
  /** Counts a request. What it gives back is called once, at its end. */
  begin: () => () => void
  /** Whether a request that began lately has no answer yet. */
  areWaiting: () => boolean
  /** Whether a request began lately, answered or not. */
  areComing: () => boolean
}

/** Requests that began in one stretch of time, and how many of them are open. */
type Stretch = { began_at: number; open: number }

/** `now` is a clock in milliseconds. */
export function openRequests(now: () => number): OpenRequests {
  let current: Stretch = { began_at: -Infinity, open: 0 }
  let previous = current
  let last_at = -Infinity
  const begin = (): (() => void) => {
    last_at = now()
    if (last_at - current.began_at >= WAITING) {
      previous = current
      current = { began_at: last_at, open: 0 }
    }
    const stretch = current
    stretch.open++
    return () => {
      stretch.open--
    }
  }
  const isWaiting = ({ began_at, open }: Stretch): boolean => open > 0 && now() - began_at < 2 * WAITING
  return {
    begin,
    areWaiting: () => isWaiting(current) || isWaiting(previous),
    areComing: () => now() - last_at < COMING,
  }
}
