import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BODY_LIMIT } from '#http/errors.ts'
import { EdgeProblem } from '#http/problem.ts'

/** Bodies up to this many bytes are simply taken: connections are limited, and so is what they come to. */
const SMALL_BODY = 16 * 1024

/** How many bytes of larger bodies may be in the making at once. */
const BODY_BUDGET = 16 * BODY_LIMIT

/**
 * Keeps large bodies from filling the memory together: each is only begun to be read where there is room for all of
 * it, as its length says or, where it comes in chunks, for the largest that is taken. Else it is answered with 503.
 */
export function limitBodies (app: FastifyInstance, budget = BODY_BUDGET): void {
  let reserved = 0
  app.addHook('preParsing', (request, reply, _payload, done) => {
    const bytes = bytesOf(request)
    if (bytes <= SMALL_BODY || bytes > BODY_LIMIT) return done() // what is too large is refused unread
    if (reserved + bytes > budget) {
      void reply.header('connection', 'close') // the body that comes all the same is not read
      return done(new EdgeProblem({ type: 'unavailable', detail: 'Too many large bodies arrive at once.' }))
    }
    reserved += bytes
    reply.raw.once('close', () => { reserved -= bytes })
    done()
  })
}

function bytesOf ({ headers }: FastifyRequest): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : BODY_LIMIT
}
