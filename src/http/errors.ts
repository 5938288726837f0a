import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isOutage, refusalOfViolation } from '#db/failure.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { FieldError } from '#http/field-errors.ts'
import { answerLanguage } from '#http/language.ts'
import type { ProblemFacts } from '#http/problem-details.ts'
import { EdgeProblem, invalidRequest, problemDocument, refusalsDocument, type ProblemDocument } from '#http/problem.ts'
import { requestId } from '#http/request-id.ts'
import { validationErrors } from '#http/validation.ts'

/** The largest body that is taken, in bytes. A roster of a thousand contacts fits, as it is answered. */
export const BODY_LIMIT = 1024 * 1024

const RETRY_AFTER_SECONDS = 2

/** Answers any failure with its problem document, in the caller's language; logs only what is the service's own. */
export function sendProblem (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = answerLanguage(request, reply)
  if (error instanceof RefusedError) {
    if (error.replayed) void reply.header('idempotent-replayed', 'true')
    return replyProblem(request, reply, refusalsDocument(error.refusals, request.id, language))
  }
  const facts = problemOf(error)
  if (facts.type === 'internal-error') request.log.error({ err: error }, 'request failed')
  if (facts.type === 'unavailable') request.log.warn({ err: error }, 'database unavailable')
  return replyProblem(request, reply, problemDocument(facts, request.id, language))
}

/** Writes a problem document with the headers that its type demands. */
function replyProblem (request: FastifyRequest, reply: FastifyReply, document: ProblemDocument): FastifyReply {
  const allow = document['allow']
  if (document.status === 401) void reply.header('www-authenticate', `Bearer realm="madoguchi"${request.headers.authorization === undefined ? '' : ', error="invalid_token"'}`)
  if (document.status === 503) void reply.header('retry-after', String(RETRY_AFTER_SECONDS))
  if (Array.isArray(allow)) void reply.header('allow', allow.join(', '))
  void reply.removeHeader('etag').removeHeader('location').removeHeader('link')
  return reply.code(document.status).headers({ 'request-id': request.id, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json').serializer(JSON.stringify).send(document)
}

const FRAMEWORK_PROBLEMS: Record<string, ProblemFacts> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { type: 'payload-too-large', limit_bytes: BODY_LIMIT },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'unsupported-media-type', media_types: ['application/json'] },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: unfit({ pointer: '#', code: 'content-length' }),
  FST_ERR_BAD_URL: unfit({ in: 'path', pointer: '#', code: 'malformed-url' }),
  FST_ERR_MAX_PARAM_LENGTH: unfit({ in: 'path', pointer: '#', code: 'too-long' }),
  FST_ERR_NOT_FOUND: { type: 'not-found', resource: 'path' }
}

/** What a failure means to the caller. */
function problemOf (error: FastifyError | Error): ProblemFacts {
  if (error instanceof EdgeProblem) return error.facts
  if ('validation' in error && error.validation !== undefined) return unfit(...validationErrors(error.validation, error.validationContext ?? 'body'))
  const violated = refusalOfViolation(error)
  if (violated !== undefined) return violated
  if (isOutage(error)) return { type: 'unavailable', because: 'database-away' }
  const known = 'code' in error ? FRAMEWORK_PROBLEMS[error.code] : undefined
  if (known !== undefined) return known
  if ('statusCode' in error && error.statusCode === 400) return unfit({ pointer: '#', code: 'malformed' })
  return { type: 'internal-error' }
}

function unfit (...errors: FieldError[]): ProblemFacts {
  return { type: 'invalid-request', errors }
}

const CLIENT_ERRORS: Record<string, ProblemFacts> = {
  HPE_HEADER_OVERFLOW: { type: 'header-fields-too-large' },
  ERR_HTTP_REQUEST_TIMEOUT: { type: 'request-timeout' }
}

/** What Node would answer by itself, without a problem document: an expectation it does not know is passed over, a tunnel refused. */
export function answerRawRequests (server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) => answerClientError(new Error('CONNECT'), socket as Socket))
}

/** RFC 9112 §3.2: HTTP/1.1 demands a Host. */
export async function assertHost ({ raw, headers }: FastifyRequest): Promise<void> {
  if (raw.httpVersion === '1.1' && headers.host === undefined) throw invalidRequest({ in: 'header', pointer: '#', code: 'host-required' })
}

/** Answers what is not even HTTP, in English: the parser gives no request, only the connection. */
export function answerClientError (error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const facts = CLIENT_ERRORS[error.code ?? ''] ?? unfit({ pointer: '#', code: 'malformed-http' })
  const document = problemDocument(facts, requestId({ headers: {} }), 'en')
  const body = JSON.stringify(document)
  if (socket.writable) {
    socket.write([
      `HTTP/1.1 ${document.status} ${document.title}`, `Request-Id: ${document.instance}`, 'Content-Type: application/problem+json', 'Content-Language: en', 'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close', '', body
    ].join('\r\n'))
  }
  socket.destroySoon()
}
