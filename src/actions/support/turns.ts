import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work goes on in one turn of the event loop, in milliseconds. */
const LONGEST_TURN = 1

/**
 * Makes room in long work, so that requests do not wait for its end: called between its parts, it lets the event loop
 * go on once the work has taken a turn of a millisecond.
 */
export function turnTaker(): () => Promise<void> {
  let began_at = performance.now()
  return async () => {
    if (performance.now() - began_at < LONGEST_TURN) return
    await nextTurn()
    began_at = performance.now()
  }
}
