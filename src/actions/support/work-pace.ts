import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { openRequests } from '#actions/support/open-requests.ts'

/** How long work goes on in one turn of the event loop, in milliseconds. */
const LONGEST_TURN = 1

/** How long work waits at most for open requests before its next turn, in milliseconds: so it always goes on. */
const LONGEST_WAIT = 20

/** While requests come, work rests after a portion so many times as long as that took, up to a second. */
const REST = 14
const LONGEST_REST = 1000

/** The clock that work is paced by, in milliseconds, and its pauses. */
type Timing = {
  now: () => number
  nextTurn: () => Promise<unknown>
  sleep: (milliseconds: number) => Promise<unknown>
}

const REAL: Timing = { now: () => performance.now(), nextTurn, sleep }

/**
 * How work in the background gives way to requests. While none come, it has full speed. While they come, it works in
 * the time between them, in small portions, and rests after each.
 */
export type WorkPace = {
  /** Counts a request from its beginning. What it gives back is called at its end. */
  beginRequest(): () => void
  /**
   * Makes room in long work: called between its parts, it lets the event loop go on once the work has taken a turn of a
   * millisecond, and then waits for open requests, 20 milliseconds at most.
   */
  turns(): () => Promise<void>
  /** Whether requests come, to which work gives way. */
  givesWay(): boolean
  /** How many rows a portion of work has now: while no requests come, `rows`, else `fewer`. */
  portion(rows: number, fewer: number): number
  /** How long to rest after a portion, in milliseconds, given how long the portion took. */
  restAfter(milliseconds: number): number
}

/** The pace of one process. Its requests and its work share one event loop, and the database. */
export function workPace(timing: Timing = REAL): WorkPace {
  const requests = openRequests(timing.now)
  const giveWay = async (): Promise<void> => {
    await timing.nextTurn()
    const until = timing.now() + LONGEST_WAIT
    while (requests.areWaiting() && timing.now() < until) await timing.sleep(1)
  }
  return {
    beginRequest: requests.begin,
    turns: () => {
      let began_at = timing.now()
      return async () => {
        if (timing.now() - began_at < LONGEST_TURN) return
        await giveWay()
        began_at = timing.now()
      }
    },
    givesWay: requests.areComing,
    portion: (rows, fewer) => (requests.areComing() ? fewer : rows),
    restAfter: milliseconds => (requests.areComing() ? Math.min(milliseconds * REST, LONGEST_REST) : 0),
  }
}
