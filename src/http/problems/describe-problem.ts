import { ACCESS_DESCRIPTIONS } from '#http/problems/access-descriptions.ts'
import { STATE_DESCRIPTIONS } from '#http/problems/state-descriptions.ts'
import { CONTACT_DESCRIPTIONS } from '#http/problems/contact-descriptions.ts'
import { CONTRACT_DESCRIPTIONS } from '#http/problems/contract-descriptions.ts'
import type { Description, Descriptions } from '#http/problems/problem-description.ts'
import type { FactsByType, ProblemType } from '#http/problems/facts-by-type.ts'
import { PROTOCOL_DESCRIPTIONS } from '#http/problems/protocol-descriptions.ts'
import { REFERENCE_DESCRIPTIONS } from '#http/problems/reference-descriptions.ts'
import { REQUESTER_DESCRIPTIONS } from '#http/problems/requester-descriptions.ts'

const DESCRIPTIONS: Descriptions = {
  ...PROTOCOL_DESCRIPTIONS,
  ...ACCESS_DESCRIPTIONS,
  ...REFERENCE_DESCRIPTIONS,
  ...CONTRACT_DESCRIPTIONS,
  ...CONTACT_DESCRIPTIONS,
  ...STATE_DESCRIPTIONS,
  ...REQUESTER_DESCRIPTIONS,
}

/** A problem in words, in every language, with the facts that are needed to put it right. */
export function describeProblem<Type extends ProblemType>(facts: FactsByType[Type] & { type: Type }): Description {
  return DESCRIPTIONS[facts.type](facts)
}
