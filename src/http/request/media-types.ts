import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { noteFile } from '#http/request/arriving-files.ts'
import { HttpProblem, invalidRequest } from '#http/problems/http-problem.ts'
import { JSON_BODY, MERGE_PATCH_BODY, TABLE_BODY } from '#http/request/body-types.ts'
import { parseStrictJson } from '#http/request/strict-json.ts'

const LONGEST_EMPTY = 100
const EMPTY = /^[ \t\r\n]*(?:\{[ \t\r\n]*\}[ \t\r\n]*)?$/

/** Reads bodies strictly. Refuses a body in a media type that the route does not read (415), or answer in (406). */
export function negotiateMediaTypes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    [...MERGE_PATCH_BODY],
    { parseAs: 'buffer' },
    async ({ routeOptions: { config } }: FastifyRequest, body: string | Buffer) =>
      config.consumes?.length === 0
        ? assertNothingSaid(Buffer.from(body))
        : parseStrictJson(Buffer.from(body), config.free_text),
  )
  // The handler reads files as they arrive, and counts their bytes.
  app.addContentTypeParser([...TABLE_BODY], async (request: FastifyRequest, payload: IncomingMessage) => {
    noteFile(request.raw)
    return payload
  })
  app.addHook('preParsing', async request => {
    assertReadable(request)
    assertAcceptable(request)
  })
  app.addHook('preValidation', async request => {
    if (request.routeOptions.config.documented?.optional_body === true) request.body ??= {}
  })
}

function assertReadable({ headers, routeOptions }: FastifyRequest): void {
  const { consumes = [], charsets = {} } = routeOptions.config
  const given = headers['content-type']
  if (consumes.length === 0) {
    if (hasBody(headers))
      headers['content-type'] = JSON_BODY[0] // many clients name no type, or another, for `{}`
    else delete headers['content-type'] // without a body Fastify would look for its parser
    return
  }
  const [essence = '', ...parameters] = (given ?? '').split(';').map(part => part.trim().toLowerCase())
  const charset = parameters.find(parameter => parameter.startsWith('charset='))
  const isCompressed = headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity'
  const isKnown = charset === undefined || [...UTF_8, ...(charsets[essence] ?? [])].includes(charsetOf(charset))
  if (given === undefined && !hasBody(headers)) return // the schema says that the body is missing
  if (!consumes.includes(essence) || !isKnown || isCompressed)
    throw new HttpProblem({ type: 'unsupported-media-type', media_types: consumes })
}

const UTF_8 = ['utf-8', 'utf8']

/** The name in a `charset` parameter, in lower case. */
function charsetOf(parameter: string): string {
  return parameter.slice('charset='.length).replaceAll('"', '')
}

/** The character set that a `Content-Type` names, in lower case; null where it names none. */
export function charsetOfType(type: string | undefined): string | null {
  const parameters = (type ?? '').split(';').map(part => part.trim().toLowerCase())
  const charset = parameters.find(parameter => parameter.startsWith('charset='))
  return charset === undefined ? null : charsetOf(charset)
}

/** For an operation that needs no body, no body and an empty object mean the same. Refuses any other. */
function assertNothingSaid(body: Buffer): undefined {
  if (body.length > LONGEST_EMPTY || !EMPTY.test(body.toString('latin1')))
    throw invalidRequest({ pointer: '#', code: 'unexpected-body' })
}

function hasBody(headers: FastifyRequest['headers']): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  )
}

function assertAcceptable(request: FastifyRequest): void {
  const { produces = JSON_BODY } = request.routeOptions.config
  if (request.headers.accept === undefined) return
  const offered = [...produces, ...(produces.includes('application/json') ? ['application/problem+json'] : [])]
  if (request.accepts().type(offered.flatMap(spellingsOf)) === false)
    throw new HttpProblem({ type: 'not-acceptable', media_types: produces })
}

/**
 * Which of the media types of an answer a request prefers (RFC 9110 §12.5.1), as every client spells it: with the
 * parameters that the answer has, or without. The first one where `Accept` names only that of problems.
 */
export function acceptedType<const Type extends string>(
  request: FastifyRequest,
  types: readonly [Type, ...Type[]],
): Type {
  const accepted = request.accepts().type(types.flatMap(spellingsOf))
  return types.find(type => spellingsOf(type).some(spelling => spelling === accepted)) ?? types[0]
}

/** A media type with the parameters that are true of its answers: all are UTF-8, tables have a header (RFC 4180 §3). */
function spellingsOf(type: string): string[] {
  const parameters = [
    'charset=utf-8',
    ...(type === 'text/csv' ? ['header=present', 'charset=utf-8; header=present'] : []),
  ]
  return [type, ...parameters.map(parameter => `${type}; ${parameter}`)]
}
