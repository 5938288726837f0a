import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PersonChanged } from '#actions/rosters/change-person.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'
import { valueOf } from '#http/request/idempotency.ts'
import type { Language } from '#http/problems/language.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { planAnswer } from '#http/response/rosters/roster-answer.ts'

/** Answers the contacts of a person after a change of all of them, with the warnings in the client's language. */
export function answerPersonChange(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: IdempotentOutcome<PersonChanged>,
) {
  const { warnings, ...view } = valueOf(reply, outcome)
  if (warnings === undefined) return view
  return { ...view, warnings: warningAnswers(warnings, answerLanguage(request, reply)) }
}

/** Answers what a change of several contracts would do to each of them. It is feasible where every plan is. */
export function answerContractPlans(request: FastifyRequest, reply: FastifyReply, previews: readonly RosterPreview[]) {
  return contractPlansAnswer(previews, answerLanguage(request, reply))
}

/** A change of no contract at all is none that could be made. */
export function contractPlansAnswer(previews: readonly RosterPreview[], language: Language) {
  return {
    feasible: previews.length > 0 && previews.every(({ refusals }) => refusals.length === 0),
    contracts: previews.map(preview => planAnswer(preview, language)),
  }
}
