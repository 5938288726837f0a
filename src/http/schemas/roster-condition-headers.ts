import { Type } from 'typebox'
import { ENTITY_TAG } from '#http/schemas/examples.ts'

/** The header fields of a write that has to say what it was based on. */
export const RosterWriteHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description:
        'Required (else 428): the `ETag` of the roster that the list is based on; 412 if the roster has changed ' +
        'since.',
    }),
  ),
})

/** The header fields of a request about a roster that may say what it was based on. */
export const RosterConditionHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description: "Optional: the `ETag` of the contract's roster; 412 if the roster has changed since.",
    }),
  ),
})
