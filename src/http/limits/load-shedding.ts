import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { HttpProblem } from '#http/problems/http-problem.ts'

const SAMPLE_INTERVAL = 1000
const STARTING = 5 * SAMPLE_INTERVAL

/**
 * Turns requests away with 503 while the event loop is behind by more than so many milliseconds in the mean of a
 * second: who is let in is then answered in time, and the others know when to come back. Not in the first seconds,
 * when starting itself is the delay, nor after a second without any sample, which is a machine that slept. What the
 * platform asks to see whether the service lives is always answered.
 */
export async function shedLoad(
  app: FastifyInstance,
  event_loop_delay: number,
  { sample_interval = SAMPLE_INTERVAL, starting = STARTING } = {},
): Promise<void> {
  if (event_loop_delay === 0) return
  let since = Infinity
  app.addHook('onReady', async () => {
    since = performance.now() + starting
  })
  await app.register(underPressure, {
    maxEventLoopDelay: event_loop_delay,
    sampleInterval: sample_interval,
    // An error that is returned is what the request is answered with.
    pressureHandler: ({ routeOptions }, _reply, _type, delay) => {
      const is_exempt = routeOptions.config.probe === true || performance.now() < since || !Number.isFinite(delay)
      return is_exempt ? undefined : (new HttpProblem({ type: 'unavailable', because: 'overloaded' }) as never)
    },
  })
}
