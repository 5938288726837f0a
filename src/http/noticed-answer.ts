import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Noticed } from '#domain/name-note.ts'
import { answer } from '#http/conditions.ts'
import { warningAnswer } from '#http/name-words.ts'

/** Answers what a write made, with what was noticed beside it. The entity tag is that of the representation alone, as a read gives it. */
export function noticedAnswer<View extends object> (request: FastifyRequest, reply: FastifyReply, { warnings, ...view }: Noticed<View>) {
  const answered = answer(request, reply, view)
  return warnings === undefined ? answered : { ...view, warnings: warnings.map(warningAnswer) }
}
