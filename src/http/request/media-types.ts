import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem, invalidRequest } from '#http/problems/problem.ts'
import { JSON_BODY, MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { parseStrictJson } from '#http/request/strict-json.ts'

/** Reads bodies strictly, and refuses media types that a route neither reads (415) nor answers in (406). */
export function negotiateMediaTypes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    [...MERGE_PATCH_BODY],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: string | Buffer) =>
      parseStrictJson(Buffer.from(body), request.routeOptions.config.free_text),
  )
  app.addHook('preParsing', async request => {
    assertReadable(request)
    assertAcceptable(request)
  })
}

function assertReadable({ headers, method, routeOptions }: FastifyRequest): void {
  const { consumes = [] } = routeOptions.config
  const given = headers['content-type']
  if (consumes.length === 0) {
    if (method === 'DELETE' && hasBody(headers)) throw invalidRequest({ pointer: '#', code: 'unexpected-body' })
    delete headers['content-type'] // says nothing without a body, and would be looked for a parser
    return
  }
  const [essence = '', ...parameters] = (given ?? '').split(';').map(part => part.trim().toLowerCase())
  const charset = parameters.find(parameter => parameter.startsWith('charset='))
  const isCompressed = headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity'
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset)
  if (given === undefined && !hasBody(headers)) return // the schema says that the body is missing
  if (!consumes.includes(essence) || !isUtf8 || isCompressed)
    throw new HttpProblem({ type: 'unsupported-media-type', media_types: consumes })
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
  const offered = [
    ...produces.flatMap(type => [type, `${type}; charset=utf-8`]),
    ...(produces.includes('application/json') ? ['application/problem+json'] : []),
  ]
  if (request.accepts().type(offered) === false)
    throw new HttpProblem({ type: 'not-acceptable', media_types: produces })
}
