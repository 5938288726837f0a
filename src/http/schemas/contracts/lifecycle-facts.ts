import { Type } from 'typebox'
import { LIFECYCLE_CONFLICTS } from '#domain/vocabulary.ts'
import { openList } from '#http/schemas/named-schema.ts'

/** The facts of problems about contracts that go on under a successor (R35), or to another customer (R36). */
export const lifecycleFacts = {
  because: Type.Optional(
    openList(LIFECYCLE_CONFLICTS, {
      description:
        'Why the contract cannot have a successor, cannot be one, or cannot go to the customer. Only with ' +
        '`state-conflict`.',
    }),
  ),
  count: Type.Optional(
    Type.Integer({
      description: 'How many contacts are concerned, also where not all are listed. Only with `address-stays-behind`.',
      examples: [2],
    }),
  ),
}
