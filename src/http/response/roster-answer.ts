import type { ChangeRequestView } from '#domain/change-request-view.ts'
import type { ChangeRequest } from '#domain/change-request.ts'
import type { RosterPreview } from '#domain/roster-preview.ts'
import type { Language } from '#http/problems/language.ts'
import { warningAnswer } from '#http/problems/name-texts.ts'
import { listedProblem } from '#http/problems/problem.ts'

/** A plan as it is answered: what stands in its way in the words of problem documents. */
export function planAnswer({ refusals, warnings, contract_id, ...plan }: RosterPreview, language: Language) {
  return {
    contract_id,
    feasible: refusals.length === 0,
    ...plan,
    problems: refusals.map(refusal => listedProblem(refusal, language)),
    warnings: warnings.map(warning => warningAnswer(warning, language)),
  }
}

/** A change request as it is answered. */
export function changeRequestAnswer({ plan, ...request }: ChangeRequestView, language: Language) {
  return { ...listedChangeRequest(request, language), plan: plan === null ? null : planAnswer(plan, language) }
}

/** A change request in a list: without its plan. */
export function listedChangeRequest({ refusals, ...request }: ChangeRequest, language: Language) {
  return { ...request, problems: refusals.map(refusal => listedProblem(refusal, language)) }
}
