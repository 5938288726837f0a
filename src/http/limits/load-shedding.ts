import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { HttpProblem } from '#http/problems/http-problem.ts'

const SAMPLE_INTERVAL = 1000
const STARTING = 5 * SAMPLE_INTERVAL

/**
 * Refuses requests with 503 while the event loop is late by more than `event_loop_delay` milliseconds, as a mean over a
 * second, so that the others are answered in time. Not in the first seconds, because starting delays the loop, and not
 * after a second without a sample, because the machine slept. Health checks are always answered.
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
    // The plugin answers with an error that the handler returns, which its types do not say.
    pressureHandler: ({ routeOptions }, _reply, _type, delay) => {
      const is_exempt = routeOptions.config.probe === true || performance.now() < since || !Number.isFinite(delay)
      return is_exempt ? undefined : (new HttpProblem({ type: 'unavailable', because: 'overloaded' }) as never)
    },
  })
}
