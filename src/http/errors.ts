import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isOutage, refusalOfViolation } from '#db/failure.ts'
import { RefusedError } from '#domain/refusal.ts'
import { BODY_LIMIT, isLargeBody } from '#http/body-size.ts'
import { EdgeProblem, invalidRequest, problemDocument, problemOfRefusal, problemOfRefusals, type ProblemError, type ProblemFacts } from '#http/problem.ts'
import type { ProblemType } from '#http/problem-types.ts'
import { requestId } from '#http/request-id.ts'
import { validationErrors } from '#http/validation.ts'

/** The longest URL that is taken, in bytes: a little above the 8,000 that RFC 9110 §4.1 asks for. */
const URL_LIMIT = 8192

/** How many header fields are taken. */
const FIELDS_LIMIT = 100

const RETRY_AFTER_SECONDS = 2

/** Answers any failure with its problem document; logs only what is the service's own. */
export function sendProblem (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const facts = problemOf(error)
  if (facts.type === 'internal-error') request.log.error({ err: error }, 'request failed')
  if (facts.type === 'unavailable' && !(error instanceof EdgeProblem)) request.log.warn({ err: error }, 'database unavailable')
  if (error instanceof RefusedError && error.replayed) void reply.header('idempotent-replayed', 'true')
  return replyProblem(request, reply, facts)
}

/** Answers what cannot even be routed, before any hook: of a URL that is too long, no part is looked at. */
export function answerUnroutable (security: Record<string, string>): typeof sendProblem {
  return (error, request, reply) => sendProblem(request.url.length > URL_LIMIT ? new EdgeProblem(URL_TOO_LONG) : error, request, reply.headers(security))
}

/** Writes a problem document with the headers that its type demands. */
function replyProblem (request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts): FastifyReply {
  const document = problemDocument(facts, request.id)
  const { allow, retry_after = RETRY_AFTER_SECONDS } = facts as { allow?: unknown, retry_after?: number }
  if (document.status === 401) void reply.header('www-authenticate', `Bearer realm="madoguchi"${request.headers.authorization === undefined ? '' : ', error="invalid_token"'}`)
  if (document.status === 503 || document.status === 429) void reply.header('retry-after', String(retry_after))
  if (isLargeBody(request) && !request.raw.complete) void reply.header('connection', 'close') // else the rest would be waited for
  if (Array.isArray(allow)) void reply.header('allow', allow.join(', '))
  void reply.removeHeader('etag').removeHeader('location').removeHeader('link')
  return reply.code(document.status).headers({ 'request-id': request.id, 'content-language': 'en', 'cache-control': 'no-store' })
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

const URL_TOO_LONG: ProblemFacts = { type: 'uri-too-long', detail: `The URL is longer than ${URL_LIMIT} bytes.`, limit_bytes: URL_LIMIT }

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
export function answerRawRequests (server: Server, security: Record<string, string>): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) => answerClientError(security)(new Error('CONNECT'), socket as Socket))
}

/** What a request has to have, and not too much of, before anything of it is looked at. RFC 9112 §3.2: HTTP/1.1 demands a Host. */
export async function assertHead ({ raw, headers, url }: FastifyRequest): Promise<void> {
  if (url.length > URL_LIMIT) throw new EdgeProblem(URL_TOO_LONG)
  if (raw.rawHeaders.length > FIELDS_LIMIT * 2) throw new EdgeProblem({ type: 'header-fields-too-large', detail: `There are more than ${FIELDS_LIMIT} header fields.` })
  if (raw.httpVersion === '1.1' && headers.host === undefined) throw new EdgeProblem(malformed('host-required', 'HTTP/1.1 demands a Host header.', 'header'))
}

/** Answers what is not even HTTP: the parser gives no request, only the connection. */
export function answerClientError (security: Record<string, string>): (error: Error & { code?: string }, socket: Socket) => void {
  const fields = Object.entries(security).map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    const [type, detail] = CLIENT_ERRORS[error.code ?? ''] ?? ['invalid-request', 'This is not a well-formed HTTP request.']
    const document = problemDocument(type === 'invalid-request' ? malformed('malformed-http', detail) : { type, detail }, requestId({ headers: {} }))
    const body = JSON.stringify(document)
    if (socket.writable) {
      socket.write([
        `HTTP/1.1 ${document.status} ${document.title}`, `Request-Id: ${document.instance}`, 'Content-Type: application/problem+json', 'Content-Language: en', 'Cache-Control: no-store',
        `Content-Length: ${Buffer.byteLength(body)}`, `Connection: close\r\n${fields}`, body
      ].join('\r\n'))
    }
    socket.destroySoon()
  }
}
