import { Type } from 'typebox'
import { NAME_CODES } from '#domain/names/name-verdict.ts'
import { component, type NamedSchema, openList, ref } from '#http/schemas/named-schema.ts'
import { AddressHolder } from '#http/schemas/problems/problem-parts.ts'

const CONTACT_WARNINGS = ['name-doubtful', 'title-removed', 'address-doubtful', 'possibly-same-person'] as const

export const ContactWarning = component(
  'ContactWarning',
  Type.Object(
    {
      code: openList(CONTACT_WARNINGS, {
        description:
          "What the warning is about. `name-doubtful`: it may not be a person's name, and `name_doubtful` of the " +
          'contact is true; `title-removed`: a title was removed from the name; `address-doubtful`: the email ' +
          'address may have a typing error; `possibly-same-person`: a person with this address has the same name in ' +
          'another spelling.',
        examples: ['name-doubtful'],
      }),
      detail: Type.String({
        description: 'What the warning means, and what to do. For people: the text may change.',
        examples: ['"所" may be part of an organisation\'s name. Check whether this is a person\'s name.'],
      }),
      pointer: Type.String({
        description: 'The place in the request, as a JSON Pointer (RFC 6901) in a URI fragment.',
        examples: ['#/family_name'],
      }),
      reason: Type.Optional(
        openList(NAME_CODES, {
          description: 'Only with `name-doubtful`: the reason for the doubt.',
          examples: ['doubtful'],
        }),
      ),
      matched: Type.Optional(
        Type.String({
          description:
            'Not with `possibly-same-person`: the part of the name or email address that caused the warning.',
          examples: ['所'],
        }),
      ),
      contacts: Type.Optional(
        Type.Array(ref(AddressHolder), {
          description:
            'Only with `possibly-same-person`: the contacts with the same name in another spelling, at most ten.',
        }),
      ),
    },
    { description: 'A warning about a name or an email address. It does not block the request.' },
  ),
)

/** The warnings in the answer to a write. */
export const warnings = Type.Optional(
  Type.Array(ref(ContactWarning), {
    description:
      'Warnings about the names and email addresses that the request set. Only in the answer to a write, and ' +
      'only if there are any; not part of the representation.',
  }),
)

/** The named schemas of this file. */
export const contactWarningsComponents: readonly NamedSchema[] = [ContactWarning]
