import { randomInt } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { RefusedError } from '#domain/refusal.ts'
import { HttpProblem, unfit } from '#http/problems/http-problem.ts'
import { problemDocument, refusalsDocument, type ProblemDocument } from '#http/problems/problem-document.ts'
import { hasArrived, isLargeBody } from '#http/request/body-size.ts'
import { isTooLong, URL_TOO_LONG } from '#http/request/request-head.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { lingeringAnswer } from '#http/response/linger.ts'
import { problemOfError } from '#http/response/problem-of-error.ts'

// Not the same for all: callers that an outage turned away together would come back together.
const RETRY_AFTER_SECONDS = { least: 1, most: 5 }

/** The problem for a client that closes its connection in the middle of a body. That is no outage. */
const HUNG_UP = unfit({ pointer: '#', code: 'malformed-http' })

/** Conflicts that pass without the client's doing. */
const RETRIED: ReadonlySet<string> = new Set(['/problems/idempotency-key-in-use'])

/** Answers an error with its problem document, in the client's language; logs only errors of the service itself. */
export function sendProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = answerLanguage(request, reply)
  if (error instanceof RefusedError) {
    if (error.replayed) void reply.header('idempotent-replayed', 'true')
    return replyProblem(request, reply, refusalsDocument(error.refusals, request.id, language))
  }
  if (error === request.raw.errored) {
    request.log.info('the client closed its connection in the middle of a request')
    return replyProblem(request, reply, problemDocument(HUNG_UP, request.id, language))
  }
  const facts = problemOfError(error)
  if (facts.type === 'internal-error') request.log.error({ err: error }, 'request failed')
  if (facts.type === 'unavailable' && !(error instanceof HttpProblem))
    request.log.warn({ err: error }, 'database unavailable')
  return replyProblem(request, reply, problemDocument(facts, request.id, language))
}

/** Answers a request that the router refuses before any hook. Of a URL that is too long, no part is looked at. */
export function answerUnroutable(security: Record<string, string>): typeof sendProblem {
  return (error, request, reply) =>
    sendProblem(isTooLong(request.url) ? new HttpProblem(URL_TOO_LONG) : error, request, reply.headers(security))
}

function retryAfter(): number {
  return randomInt(RETRY_AFTER_SECONDS.least, RETRY_AFTER_SECONDS.most + 1)
}

/** Answers with a problem document and the headers that its type demands. */
function replyProblem(request: FastifyRequest, reply: FastifyReply, document: ProblemDocument): FastifyReply {
  const { allow, retry_after = retryAfter() } = document as { allow?: unknown; retry_after?: number }
  if (document.status === 401)
    void reply.header(
      'www-authenticate',
      `Bearer realm="madoguchi"${request.headers.authorization === undefined ? '' : ', error="invalid_token"'}`,
    )
  if (RETRIED.has(document.type) || document.status === 503 || document.status === 429)
    void reply.header('retry-after', String(retry_after))
  if (Array.isArray(allow)) void reply.header('allow', allow.join(', '))
  void reply.removeHeader('etag').removeHeader('location').removeHeader('link')
  void reply
    .code(document.status)
    .headers({ 'request-id': request.id, 'cache-control': 'no-store' })
    .type('application/problem+json')
  if (!isLargeBody(request) || hasArrived(request)) return reply.serializer(JSON.stringify).send(document)
  const text = JSON.stringify(document)
  return reply
    .headers({ connection: 'close', 'content-length': Buffer.byteLength(text) })
    .send(lingeringAnswer(request, text))
}
