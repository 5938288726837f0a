import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { LANGUAGES, type Language } from '#http/problems/language.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { listedProblems } from '#http/problems/problem-document.ts'
import { answerIn } from '#http/request/conditions.ts'
import { valueOf } from '#http/request/idempotency.ts'
import { pageOf } from '#http/request/paging.ts'
import { contractPlansAnswer } from '#http/response/rosters/person-change-answer.ts'
import { planAnswer } from '#http/response/rosters/roster-answer.ts'

/** Answers a change request with its plan, whose problems are in the caller's language. */
export function answerChangeRequest(request: FastifyRequest, reply: FastifyReply, view: ChangeRequestView) {
  const language = answerLanguage(request, reply)
  return answerIn(language, request, reply, shown(view, language))
}

/** The entity tags that answers with a request have, in each language. */
export function changeRequestTags(view: ChangeRequestView): string[] {
  return LANGUAGES.map(language => entityTag([language, shown(view, language)]))
}

function shown({ plan, contract_plans, ...fields }: ChangeRequestView, language: Language) {
  return {
    ...listed(fields, language),
    plan: plan === null ? null : planAnswer(plan, language),
    contract_plans: contract_plans === null ? null : contractPlansAnswer(contract_plans, language),
  }
}

/** Answers the outcome of a step of a change request. */
export function answerChangeRequestStep(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: IdempotentOutcome<ChangeRequestView>,
) {
  return answerChangeRequest(request, reply, valueOf(reply, outcome))
}

/** Answers a change request that was recorded, and its path. */
export function answerNewChangeRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: IdempotentOutcome<ChangeRequestView>,
) {
  const view = valueOf(reply, outcome)
  void reply.code(201).header('location', `/v1/change-requests/${view.change_request_id}`)
  return answerChangeRequest(request, reply, view)
}

/** Answers a person change that waits for its day as a change request. */
export function answerFiledPersonChange(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: IdempotentOutcome<ChangeRequestView>,
) {
  const view = valueOf(reply, outcome)
  void reply.code(202).header('location', `/v1/change-requests/${view.change_request_id}`)
  return answerChangeRequest(request, reply, view)
}

/** Answers a page of change requests, without their plans. */
export function answerChangeRequestPage(request: FastifyRequest, reply: FastifyReply, rows: readonly ChangeRequest[]) {
  const language = answerLanguage(request, reply)
  const page = pageOf(
    request,
    reply,
    rows,
    row => row.change_request_id,
    row => listedView(row, language),
  )
  return answerIn(language, request, reply, page)
}

function listedView(row: ChangeRequest, language: Language) {
  const { plan: _plan, contract_plans: _plans, ...fields } = changeRequestView(row, [])
  return listed(fields, language)
}

function listed({ refusals, ...fields }: Omit<ChangeRequestView, 'plan' | 'contract_plans'>, language: Language) {
  return { ...fields, problems: listedProblems(refusals, language) }
}
