import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Succeeded } from '#actions/contracts/succeed-contract.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'
import { valueOf } from '#http/request/idempotency.ts'
import { answerLanguage } from '#http/response/answer-language.ts'

/** Answers the contacts of the successor, with the warnings in the client's language. */
export function answerSuccession(request: FastifyRequest, reply: FastifyReply, outcome: IdempotentOutcome<Succeeded>) {
  const { warnings, ...view } = valueOf(reply, outcome)
  if (warnings === undefined) return view
  return { ...view, warnings: warningAnswers(warnings, answerLanguage(request, reply)) }
}
