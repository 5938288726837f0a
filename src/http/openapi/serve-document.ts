import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answer } from '#http/request/conditions.ts'
import type { TypedApp } from '#http/route-config.ts'

// Node's own choice, 11, takes fourteen times the processor time and saves 8 % of the bytes.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
// In the order in which the service prefers them where a client takes several.
const COMPRESSIONS = {
  br: async (text: Buffer): Promise<Buffer> => await promisify(brotliCompress)(text, BROTLI),
  gzip: promisify(gzip),
} as const
const ENCODINGS = Object.keys(COMPRESSIONS) as Encoding[]

type Encoding = keyof typeof COMPRESSIONS
type CompressedDocument = Record<Encoding | 'identity', Buffer> & { digest: string }

/**
 * Serves a document of the service at `url`: compressed where the client takes that (RFC 9110 §12.5.3), and each
 * encoding under an entity tag of its own (§8.8.3.3). The document never changes while the service runs, so the first
 * request builds and compresses it for all others. These routes are no part of the document.
 */
export function serveDocument(
  app: TypedApp,
  url: string,
  media_type: string,
  text: () => string,
  headers: Record<string, string> = {},
): void {
  let document: Promise<CompressedDocument> | undefined
  app.get(
    url,
    { schema: { hide: true }, config: { scope: null, cache: 'public, no-cache', produces: [media_type] } },
    async (request, reply) =>
      sendDocument(request, reply.headers(headers), media_type, await (document ??= compressed(text()))),
  )
}

async function compressed(text: string): Promise<CompressedDocument> {
  const identity = Buffer.from(text)
  const [br, gzipped] = await Promise.all([COMPRESSIONS.br(identity), COMPRESSIONS.gzip(identity)])
  return { identity, br, gzip: gzipped, digest: hash('sha256', text) }
}

function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  media_type: string,
  document: CompressedDocument,
): FastifyReply {
  const encoding = ENCODINGS.find(one => request.accepts().encoding([one]) === one) ?? 'identity'
  void reply.header('vary', `${String(reply.getHeader('vary'))}, accept-encoding`)
  const answered = answer(request, reply, document, [encoding, document.digest])
  if (answered === reply) return reply
  if (encoding !== 'identity') void reply.header('content-encoding', encoding)
  return reply.type(`${media_type}; charset=utf-8`).send(document[encoding])
}
