import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WithWarnings } from '#domain/name-note.ts'
import { answer } from '#http/request/conditions.ts'
import { answerLanguage } from '#http/problems/language.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'

/**
 * Answers what a write made, with what was noticed beside it, in the caller's language. The entity tag is that of the
 * representation alone, as a read gives it in any language.
 */
export function answerWithWarnings<View extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  { warnings, ...view }: WithWarnings<View>,
) {
  const answered = answer(request, reply, view)
  if (warnings === undefined) return answered
  const language = answerLanguage(request, reply)
  return { ...view, warnings: warningAnswers(warnings, language) }
}
