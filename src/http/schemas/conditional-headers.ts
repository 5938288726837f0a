import { Type } from 'typebox'
import { ENTITY_TAG } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

/** The header fields of conditional writes. */
export const ConditionalWriteHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description:
        'Change the resource only if it still has one of these entity tags (`*`: only if it exists); else 412.',
    }),
  ),
  'If-None-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description: '`*`: create only; 412 if the resource already exists.',
      examples: ['*'],
    }),
  ),
})

/** The header fields of a write to something that has to exist. */
export const ConditionalChangeHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description: 'Change the resource only if it still has one of these entity tags, or with `*`; else 412.',
    }),
  ),
})

/** The header fields of reads that need not repeat what the caller has. */
export const ConditionalReadHeaders = Type.Object({
  'If-None-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      examples: [ENTITY_TAG],
      description:
        'Entity tags of the versions that you have: 304 without a body if the present version is one of them.',
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
        'A unique text of visible ASCII characters, for example a UUID. A repeat within 24 hours changes nothing ' +
        'and gets the first answer again, with `Idempotent-Replayed: true`. This is also true for refusals: use a ' +
        'new key for a corrected request.',
    }),
  ),
})

/** The header fields of creating requests that may say what they were based on. */
export const ConditionalAdditionHeaders = Type.Object({
  ...IdempotencyHeaders.properties,
  ...ConditionalChangeHeaders.properties,
})
