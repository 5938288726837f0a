import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { workPace, type WorkPace } from '#actions/support/work-pace.ts'

/** The pace of work while no requests come, however fast a test sends them: its clock goes on by a second each time. */
export function fullPace(): WorkPace {
  let seconds = 0
  return workPace({ now: () => (seconds += 1) * 1000, nextTurn, sleep })
}

/** The pace of work while requests come all the time: a request has begun, and the clock stands still. */
export function pacedByRequests(): WorkPace {
  const pace = workPace({ now: () => 0, nextTurn, sleep })
  pace.beginRequest()()
  return pace
}
