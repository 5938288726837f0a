import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isOutage, refusalOfViolation } from '#db/driver/failure.ts'
import { RefusedError } from '#domain/refusal.ts'
import { BODY_LIMIT, isLargeBody } from '#http/request/body-size.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import { LONGEST_ACCEPT_LANGUAGE } from '#http/problems/language.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import type { HttpFacts, ProblemFacts } from '#http/problems/facts-by-type.ts'
import { HttpProblem, invalidRequest } from '#http/problems/http-problem.ts'
import { problemDocument, refusalsDocument, type ProblemDocument } from '#http/problems/problem-document.ts'
import { lingeringAnswer } from '#http/response/linger.ts'
import { requestId } from '#http/request/request-id.ts'
import { validationErrors } from '#http/request/validation.ts'

/** The longest URL that is taken, in bytes: a little above the 8,000 that RFC 9110 §4.1 asks for. */
const URL_LIMIT = 8192

/** How many header fields are taken. */
const FIELDS_LIMIT = 100

const RETRY_AFTER_SECONDS = 2

/** Conflicts that pass by themselves. */
const RETRIED: ReadonlySet<string> = new Set(['/problems/idempotency-key-in-use'])

/** Answers any failure with its problem document, in the caller's language; logs only what is the service's own. */
export function sendProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = answerLanguage(request, reply)
  if (error instanceof RefusedError) {
    if (error.replayed) void reply.header('idempotent-replayed', 'true')
    return replyProblem(request, reply, refusalsDocument(error.refusals, request.id, language))
  }
  const facts = problemOf(error)
  if (facts.type === 'internal-error') request.log.error({ err: error }, 'request failed')
  if (facts.type === 'unavailable' && !(error instanceof HttpProblem))
    request.log.warn({ err: error }, 'database unavailable')
  return replyProblem(request, reply, problemDocument(facts, request.id, language))
}

/** Answers what cannot even be routed, before any hook: of a URL that is too long, no part is looked at. */
export function answerUnroutable(security: Record<string, string>): typeof sendProblem {
  return (error, request, reply) =>
    sendProblem(
      request.url.length > URL_LIMIT ? new HttpProblem(URL_TOO_LONG) : error,
      request,
      reply.headers(security),
    )
}

/** Writes a problem document with the headers that its type demands. */
function replyProblem(request: FastifyRequest, reply: FastifyReply, document: ProblemDocument): FastifyReply {
  const { allow, retry_after = RETRY_AFTER_SECONDS } = document as { allow?: unknown; retry_after?: number }
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
  if (!isLargeBody(request) || request.raw.complete) return reply.serializer(JSON.stringify).send(document)
  const text = JSON.stringify(document)
  return reply
    .headers({ connection: 'close', 'content-length': Buffer.byteLength(text) })
    .send(lingeringAnswer(request, text))
}

const FRAMEWORK_PROBLEMS: Record<string, ProblemFacts> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { type: 'payload-too-large', limit_bytes: BODY_LIMIT },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'unsupported-media-type', media_types: ['application/json'] },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: unfit({ pointer: '#', code: 'content-length' }),
  FST_ERR_BAD_URL: unfit({ in: 'path', pointer: '#', code: 'malformed-url' }),
  FST_ERR_MAX_PARAM_LENGTH: unfit({ in: 'path', pointer: '#', code: 'too-long' }),
  FST_ERR_NOT_FOUND: { type: 'not-found', resource: 'path' },
}

const URL_TOO_LONG: HttpFacts = { type: 'uri-too-long', limit_bytes: URL_LIMIT }

/** What a failure means to the caller. */
function problemOf(error: FastifyError | Error): ProblemFacts {
  if (error instanceof HttpProblem) return error.facts
  if ('validation' in error && error.validation !== undefined)
    return unfit(...validationErrors(error.validation, error.validationContext ?? 'body'))
  const violated = refusalOfViolation(error)
  if (violated !== undefined) return violated
  if (isOutage(error)) return { type: 'unavailable', because: 'database-away' }
  const known = 'code' in error ? FRAMEWORK_PROBLEMS[error.code] : undefined
  if (known !== undefined) return known
  return problemOfStatus('statusCode' in error ? error.statusCode : undefined)
}

// Plugins refuse with a status alone. Of what they serve, files are the only thing that they forbid or do not find.
const STATUS_PROBLEMS: Record<number, ProblemFacts> = {
  403: { type: 'not-found', resource: 'path' },
  404: { type: 'not-found', resource: 'path' },
  412: { type: 'precondition-failed', current_etag: null },
  413: { type: 'payload-too-large', limit_bytes: BODY_LIMIT },
  414: URL_TOO_LONG,
  431: { type: 'header-fields-too-large' },
  503: { type: 'unavailable', because: 'overloaded' },
}

/** What a plugin means by a status. A status below 500 says that the request is at fault, so it never becomes 500. */
function problemOfStatus(status = 500): ProblemFacts {
  const known = STATUS_PROBLEMS[status]
  if (known !== undefined) return known
  return status >= 400 && status < 500 ? unfit({ pointer: '#', code: 'malformed' }) : { type: 'internal-error' }
}

function unfit(...errors: FieldError[]): ProblemFacts {
  return { type: 'invalid-request', errors }
}

const CLIENT_ERRORS: Record<string, ProblemFacts> = {
  HPE_HEADER_OVERFLOW: { type: 'header-fields-too-large' },
  ERR_HTTP_REQUEST_TIMEOUT: { type: 'request-timeout' },
}

/** What Node would answer by itself, without a problem document: an expectation it does not know is passed over, a tunnel refused. */
export function answerRawRequests(server: Server, security: Record<string, string>): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) => answerClientError(security)(new Error('CONNECT'), socket as Socket))
}

/** What a request has to have, and not too much of, before anything of it is looked at. RFC 9112 §3.2: HTTP/1.1 demands a Host. */
export async function assertHead({ raw, headers, url }: FastifyRequest): Promise<void> {
  if (url.length > URL_LIMIT) throw new HttpProblem(URL_TOO_LONG)
  if (raw.rawHeaders.length > FIELDS_LIMIT * 2)
    throw new HttpProblem({ type: 'header-fields-too-large', most_fields: FIELDS_LIMIT })
  if ((headers['accept-language']?.length ?? 0) > LONGEST_ACCEPT_LANGUAGE)
    throw new HttpProblem({ type: 'header-fields-too-large' })
  if (raw.httpVersion === '1.1' && headers.host === undefined)
    throw invalidRequest({ in: 'header', pointer: '#', code: 'host-required' })
}

/** Answers what is not even HTTP, in English: the parser gives no request, only the connection. */
export function answerClientError(
  security: Record<string, string>,
): (error: Error & { code?: string }, socket: Socket) => void {
  const fields = Object.entries(security)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const document = problemDocument(
      CLIENT_ERRORS[error.code ?? ''] ?? unfit({ pointer: '#', code: 'malformed-http' }),
      requestId({ headers: {} }),
      'en',
    )
    const body = JSON.stringify(document)
    if (socket.writable) {
      socket.write(
        [
          `HTTP/1.1 ${document.status} ${document.title}`,
          `Request-Id: ${document.instance}`,
          'Content-Type: application/problem+json',
          'Content-Language: en',
          'Cache-Control: no-store',
          `Content-Length: ${Buffer.byteLength(body)}`,
          `Connection: close\r\n${fields}`,
          body,
        ].join('\r\n'),
      )
    }
    socket.destroySoon()
  }
}
