import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isOutage, refusalOfViolation } from '#db/failure.ts'
import { RefusedError } from '#domain/refusal.ts'
import { EdgeProblem, invalidRequest, problemDocument, problemOfRefusal, problemOfRefusals, type ProblemError, type ProblemFacts } from '#http/problem.ts'
import type { ProblemType } from '#http/problem-types.ts'
import { requestId } from '#http/request-id.ts'
import { validationErrors } from '#http/validation.ts'

/** The largest body that is taken, in bytes. A roster of a thousand contacts fits, as it is answered. */
export const BODY_LIMIT = 1024 * 1024

const RETRY_AFTER_SECONDS = 2

/** Answers any failure with its problem document; logs only what is the service's own. */
export function sendProblem (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const facts = problemOf(error)
  if (facts.type === 'internal-error') request.log.error({ err: error }, 'request failed')
  if (facts.type === 'unavailable') request.log.warn({ err: error }, 'database unavailable')
  if (error instanceof RefusedError && error.replayed) void reply.header('idempotent-replayed', 'true')
  return replyProblem(request, reply, facts)
}

/** Writes a problem document with the headers that its type demands. */
function replyProblem (request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts): FastifyReply {
  const document = problemDocument(facts, request.id)
  const allow = facts['allow']
  if (document.status === 401) void reply.header('www-authenticate', `Bearer realm="madoguchi"${request.headers.authorization === undefined ? '' : ', error="invalid_token"'}`)
  if (document.status === 503) void reply.header('retry-after', String(RETRY_AFTER_SECONDS))
  if (Array.isArray(allow)) void reply.header('allow', allow.join(', '))
  void reply.removeHeader('etag').removeHeader('location').removeHeader('link')
  return reply.code(document.status).headers({ 'request-id': request.id, 'content-language': 'en', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json').serializer(JSON.stringify).send(document)
}

const FRAMEWORK_PROBLEMS: Record<string, ProblemFacts> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { type: 'payload-too-large', detail: `The body is larger than ${BODY_LIMIT} bytes.`, limit_bytes: BODY_LIMIT },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'unsupported-media-type', detail: 'Send application/json in UTF-8.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: malformed('content-length', 'The body is not as long as Content-Length says.'),
  FST_ERR_BAD_URL: malformed('malformed-url', 'The path is not validly percent-encoded.', 'path'),
  FST_ERR_MAX_PARAM_LENGTH: malformed('too-long', 'A part of the path is too long.', 'path'),
  FST_ERR_NOT_FOUND: { type: 'not-found', detail: 'There is nothing under this path.' }
}

/** What a failure means to the caller. */
function problemOf (error: FastifyError | Error): ProblemFacts {
  if (error instanceof EdgeProblem) return error.facts
  if (error instanceof RefusedError) return problemOfRefusals(error.refusals)
  if ('validation' in error && error.validation !== undefined) return invalidRequest(validationErrors(error.validation, error.validationContext ?? 'body'))
  const violated = refusalOfViolation(error)
  if (violated !== undefined) return problemOfRefusal(violated)
  if (isOutage(error)) return { type: 'unavailable', detail: 'The database cannot be reached or does not answer in time. Nothing is half done.' }
  const known = 'code' in error ? FRAMEWORK_PROBLEMS[error.code] : undefined
  if (known !== undefined) return known
  if ('statusCode' in error && error.statusCode === 400) return malformed('malformed', 'The request cannot be read.')
  return { type: 'internal-error', detail: 'Something went wrong that is not your doing. What the request would have changed is undone.' }
}

function malformed (code: string, detail: string, part: ProblemError['in'] = 'body'): ProblemFacts {
  return invalidRequest([{ in: part, pointer: '#', code, detail }])
}

const CLIENT_ERRORS: Record<string, [ProblemType, string]> = {
  HPE_HEADER_OVERFLOW: ['header-fields-too-large', 'Request line and header fields are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The whole request did not arrive in time.']
}

/** What Node would answer by itself, without a problem document: an expectation it does not know is passed over, a tunnel refused. */
export function answerRawRequests (server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) => answerClientError(new Error('CONNECT'), socket as Socket))
}

/** RFC 9112 §3.2: HTTP/1.1 demands a Host. */
export async function assertHost ({ raw, headers }: FastifyRequest): Promise<void> {
  if (raw.httpVersion === '1.1' && headers.host === undefined) throw new EdgeProblem(malformed('host-required', 'HTTP/1.1 demands a Host header.', 'header'))
}

/** Answers what is not even HTTP: the parser gives no request, only the connection. */
export function answerClientError (error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [type, detail] = CLIENT_ERRORS[error.code ?? ''] ?? ['invalid-request', 'This is not a well-formed HTTP request.']
  const document = problemDocument(type === 'invalid-request' ? malformed('malformed-http', detail) : { type, detail }, requestId({ headers: {} }))
  const body = JSON.stringify(document)
  if (socket.writable) {
    socket.write([
      `HTTP/1.1 ${document.status} ${document.title}`, `Request-Id: ${document.instance}`, 'Content-Type: application/problem+json', 'Content-Language: en', 'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close', '', body
    ].join('\r\n'))
  }
  socket.destroySoon()
}
