import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WithWarnings } from '#domain/name-note.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { valueOf } from '#http/request/idempotency.ts'
import { answer } from '#http/request/conditions.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'

/**
 * Answers a write with its result, and with warnings in the client's language. The entity tag is that of the result
 * alone, as a read gives it in any language.
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

/** Answers what a POST created, under its path, with warnings as above. */
export function answerCreatedWithWarnings<View extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: IdempotentOutcome<WithWarnings<View>>,
  path: (view: WithWarnings<View>) => string,
) {
  const view = valueOf(reply, outcome)
  void reply.code(201).header('location', path(view))
  return answerWithWarnings(request, reply, view)
}
