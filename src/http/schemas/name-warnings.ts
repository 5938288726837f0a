import { Type } from 'typebox'
import { NAME_CODES } from '#domain/names/name-verdict.ts'
import { component, openList, ref, type NamedSchema } from '#http/openapi/component.ts'
import { AddressHolder } from '#http/schemas/problem-facts.ts'

const NAME_WARNINGS = ['name-doubtful', 'title-removed', 'possibly-same-person'] as const

export const NameWarning = component(
  'NameWarning',
  Type.Object(
    {
      code: openList(NAME_WARNINGS, {
        description:
          "What was noticed. `name-doubtful`: it may be no person's name, and the contact is marked; `title-removed`: a title was left out of the name; `possibly-same-person`: somebody with this address has the same name in another spelling.",
        examples: ['name-doubtful'],
      }),
      detail: Type.String({
        description: 'What was noticed, and what to do about it. For people: it may change.',
        examples: ['"所" may be part of an organisation\'s name. Ask whether this is a person\'s name.'],
      }),
      pointer: Type.String({
        description: 'Where the request describes it, as a JSON Pointer (RFC 6901) in a URI fragment.',
        examples: ['#/family_name'],
      }),
      reason: Type.Optional(
        openList(NAME_CODES, { description: 'Only with `name-doubtful`: what is doubted.', examples: ['doubtful'] }),
      ),
      matched: Type.Optional(
        Type.String({
          description: 'Not with `possibly-same-person`: the part of the name that it is about.',
          examples: ['所'],
        }),
      ),
      contacts: Type.Optional(
        Type.Array(ref(AddressHolder), {
          description: 'Only with `possibly-same-person`: who has the same name in another spelling; of many, ten.',
        }),
      ),
    },
    { description: 'Something that was noticed of a name, and stands in the way of nothing.' },
  ),
)

/** What was noticed, in the answer to a write. */
export const warnings = Type.Optional(
  Type.Array(ref(NameWarning), {
    description:
      'What was noticed of the names that the request set. Only in the answer to a write, and only where something was; no part of the representation.',
  }),
)

/** The named schemas of this file. */
export const nameWarningsComponents: readonly NamedSchema[] = [NameWarning]
