import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag } from '#domain/entity-tag.ts'
import { coversWeakly, type Preconditions } from '#domain/precondition.ts'
import type { Language } from '#http/problems/language.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'

const TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'
// RFC 9110 §5.6.1.2: a reader takes lists with empty elements. Each character fits one place of the pattern only.
const ELEMENT = `[ \\t]*(?:${TAG}[ \\t]*)?`
const TAG_LIST = new RegExp(`^${ELEMENT}(?:,${ELEMENT})*$`)

/** The conditions of a write. A header that is no list of entity tags is refused, not ignored: it was meant as a guard. */
export function preconditionsOf({ headers }: FastifyRequest): Preconditions {
  const if_match = tagsOf(headers['if-match'], 'If-Match')
  const if_none_match = tagsOf(headers['if-none-match'], 'If-None-Match')
  return { ...(if_match !== undefined && { if_match }), ...(if_none_match !== undefined && { if_none_match }) }
}

/**
 * Answers a representation under its strong entity tag; a GET whose `If-None-Match` covers it gets 304 without a body
 * (RFC 9110 §13.1.2, weak comparison). `tagged` is what the tag is of, where that is not just the representation: in
 * another language it is another one (§8.8.3), and what changes all the while may be left out of it.
 */
export function answer<Representation extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  tagged: object = representation,
): Representation | FastifyReply {
  const tag = entityTag(tagged)
  void reply.header('etag', tag)
  return isRead(request) && isFresh(request, tag) ? reply.code(304).send() : representation
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

/** Whether what the caller has under `If-None-Match` is still what is there. */
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
