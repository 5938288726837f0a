import { Type } from 'typebox'
import { ENTITY_TAG } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'

/** The header fields of conditional writes. */
export const ConditionalWriteHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description: 'Change only what still has one of these entity tags (or `*`: only what exists); else 412.',
    }),
  ),
  'If-None-Match': Type.Optional(
    Type.String({ maxLength: 1000, description: '`*`: only create, never replace; else 412.', examples: ['*'] }),
  ),
})

/** The header fields of a write to something that has to exist. */
export const ConditionalChangeHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description: 'Change only what still has one of these entity tags, or `*`; else 412.',
    }),
  ),
})

/** The header fields of a write that has to say what it was based on. */
export const RosterWriteHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description:
        'Demanded (428): the `ETag` of the roster that the list was made from; 412 where the roster is another by now.',
    }),
  ),
})

/** The header fields of a request about a roster that may say what it was based on. */
export const RosterConditionHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description: "The `ETag` of the contract's roster: 412 where the roster is another by now. May be left out.",
    }),
  ),
})

/** The header fields of reads that need not repeat what the caller has. */
export const ConditionalReadHeaders = Type.Object({
  'If-None-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description: 'Entity tags of what you have: 304 without a body while one of them still holds.',
    }),
  ),
})

/** The header field of creating requests. */
export const IdempotencyHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: PATTERNS.visibleAscii,
      description:
        'Any unique text of visible ASCII characters, a UUID for instance. A repeat within 24 hours gets the ' +
        'first answer again, with `Idempotent-Replayed: true`, and registers nothing twice. A refusal is repeated ' +
        'as well: a corrected request needs a new key.',
    }),
  ),
})

/** The header fields of creating requests that may say what they were based on. */
export const ConditionalAdditionHeaders = Type.Object({
  ...IdempotencyHeaders.properties,
  ...ConditionalChangeHeaders.properties,
})
