import type { FastifyInstance } from 'fastify'
import { announcedBytes, BODY_LIMIT, isLargeBody } from '#http/request/body-size.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'

/** How many bytes of large bodies may be in the making at once. */
const BODY_BUDGET = 8 * BODY_LIMIT

/** How long what was read of a body that then broke off, or was too large, is taken to stay in memory until it is collected, in milliseconds. */
const COLLECTED_AFTER = 1000

/**
 * Keeps large bodies from filling the memory together: each is only begun to be read where there is room for all of
 * it, as its length says or, where it comes in chunks, for the largest that is taken. Else it is answered with 503.
 */
export function limitBodies(app: FastifyInstance): void {
  let reserved = 0
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const bytes = announcedBytes(request)
    if (!isLargeBody(request) || bytes > BODY_LIMIT) return done() // what is too large is refused unread
    if (reply.raw.closed) return done() // whoever went away while their key was looked at sends nothing, and would never give back the room
    if (reserved + bytes > BODY_BUDGET) return done(new HttpProblem({ type: 'unavailable', because: 'large-bodies' }))
    reserved += bytes
    reply.raw.once('close', () => {
      if (request.raw.complete) reserved -= bytes
      else
        setTimeout(() => {
          reserved -= bytes
        }, COLLECTED_AFTER).unref()
    })
    done()
  })
}
