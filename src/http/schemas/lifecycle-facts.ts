import { Type } from 'typebox'
import { LIFECYCLE_CONFLICTS } from '#domain/vocabulary.ts'
import { openList } from '#http/openapi/component.ts'

/** The facts of problems about contracts that go on under a successor (R35). */
export const lifecycleFacts = {
  because: Type.Optional(
    openList(LIFECYCLE_CONFLICTS, {
      description: 'Why the contract cannot have a successor, or cannot be one. Only with `state-conflict`.',
    }),
  ),
}
