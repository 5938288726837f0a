import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag, entityTagOf } from '#domain/entity-tag.ts'
import { coversWeakly, type Preconditions } from '#domain/precondition.ts'
import type { Language } from '#http/problems/language.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'

const TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'
// RFC 9110 §5.6.1.2: a reader takes lists with empty elements. Each character fits one place of the pattern only.
const ELEMENT = `[ \\t]*(?:${TAG}[ \\t]*)?`
const TAG_LIST = new RegExp(`^${ELEMENT}(?:,${ELEMENT})*$`)

/** The conditions of a write. A malformed header is refused, not ignored, because the client meant it as a guard. */
export function preconditionsOf({ headers }: FastifyRequest): Preconditions {
  const if_match = tagsOf(headers['if-match'], 'If-Match')
  const if_none_match = tagsOf(headers['if-none-match'], 'If-None-Match')
  return { ...(if_match !== undefined && { if_match }), ...(if_none_match !== undefined && { if_none_match }) }
}

/**
 * Answers a representation under its strong entity tag; a GET whose `If-None-Match` covers the tag gets 304 without a
 * body (RFC 9110 §13.1.2, weak comparison) and without `Link` (§15.4.5). The tag is that of `tagged`, which may add the
 * language of the representation (§8.8.3), or leave out a part that changes all the time.
 */
export function answer<Representation extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  tagged: object = representation,
): Representation | FastifyReply {
  const tag = entityTag(tagged)
  void reply.header('etag', tag)
  return isRead(request) && isFresh(request, tag) ? reply.code(304).removeHeader('link').send() : representation
}

/**
 * Answers a representation that may be large, as `answer` does. It is written once, and its tag is that of the bytes:
 * the order of its fields never changes.
 */
export function answerBytes(request: FastifyRequest, reply: FastifyReply, representation: object): FastifyReply {
  const bytes = Buffer.from(JSON.stringify(representation))
  const tag = entityTagOf(bytes)
  void reply.header('etag', tag)
  if (isRead(request) && isFresh(request, tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(bytes)
}

/** Answers a representation that holds texts in one language. */
export function answerIn<Representation extends object>(
  language: Language,
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
): Representation | FastifyReply {
  return answer(request, reply, representation, [language, representation])
}

/** Whether a representation that the client has by `If-None-Match` is still current. */
function isFresh({ headers }: FastifyRequest, tag: string): boolean {
  const known = tagsOf(headers['if-none-match'], 'If-None-Match')
  return known !== undefined && (known === '*' || coversWeakly(known, tag))
}

function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

function tagsOf(header: string | undefined, name: string): '*' | string[] | undefined {
  if (header === undefined) return undefined
  if (header.trim() === '*') return '*'
  const tags = TAG_LIST.test(header) ? (header.match(new RegExp(TAG, 'g')) ?? []) : []
  if (tags.length > 0) return tags
  throw invalidRequest({ in: 'header', pointer: `#/${name}`, code: 'invalid-format', entity_tags_of: name })
}
