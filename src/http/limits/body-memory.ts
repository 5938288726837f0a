import type { FastifyInstance } from 'fastify'
import { announcedBytes, BODY_LIMIT, hasArrived, isLargeBody } from '#http/request/body-size.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'

/** How many bytes of large bodies may be in memory at once. */
const BODY_BUDGET = 8 * BODY_LIMIT

/** How long an incomplete body is counted after its connection has closed, in milliseconds. */
const COLLECTED_AFTER = 1000

/**
 * Limits the memory of large bodies: the service begins to read one only where there is room for all of it. The room is
 * the announced length or, for a body in chunks, the largest that is taken. Without room the answer is 503.
 */
export function limitBodies(app: FastifyInstance): void {
  let reserved = 0
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const bytes = announcedBytes(request)
    if (!isLargeBody(request) || bytes > BODY_LIMIT) return done() // a body that is too large is refused unread
    if (reply.raw.closed) return done() // the client went away while its key was checked: no close event follows
    if (reserved + bytes > BODY_BUDGET) return done(new HttpProblem({ type: 'unavailable', because: 'large-bodies' }))
    reserved += bytes
    reply.raw.once('close', () => {
      if (hasArrived(request)) reserved -= bytes
      else
        setTimeout(() => {
          reserved -= bytes
        }, COLLECTED_AFTER).unref()
    })
    done()
  })
}
