import { Type } from 'typebox'
import { component, type NamedSchema, ref } from '#http/schemas/named-schema.ts'
import { CONTACT_ID, CONTRACT_ID } from '#http/schemas/examples.ts'
import { text } from '#http/schemas/problems/problem-parts.ts'
import { RequestedBy } from '#http/schemas/change-requests/requested-by.ts'
import { RequestedPersonChange, requestedPersonFields } from '#http/schemas/change-requests/requested-person-changes.ts'
import { ChangeOperation } from '#http/schemas/change-requests/requested-operations.ts'

const of = (problem: string, description: string) => `${description} With \`${problem}\`.`

const RequestInPlace = component(
  'RequestInPlace',
  Type.Object(
    {
      contract_id: Type.Optional(text(of('confirmation-required', 'The contract.'), [CONTRACT_ID])),
      operations: Type.Optional(
        Type.Array(ref(ChangeOperation), {
          description: of('confirmation-required', 'What the refused write would have done.'),
        }),
      ),
      confirm_removals: Type.Optional(
        Type.Integer({
          description: of('confirmation-required', 'How many contacts the operations remove.'),
          examples: [1],
        }),
      ),
      requested_by: Type.Optional(ref(RequestedBy)),
      contact_id: Type.Optional(text(of('person-elsewhere', 'A contact of the person.'), [CONTACT_ID])),
      ...requestedPersonFields,
      person_change: Type.Optional(ref(RequestedPersonChange)),
    },
    {
      description:
        'The body to send in place of a refused write: a change request with `confirmation-required`, a person ' +
        'change with `person-elsewhere`.',
    },
  ),
)

export const NextCall = component(
  'NextCall',
  Type.Object(
    {
      method: text('The method.', ['PUT']),
      path: text('The path.', [`/v1/contracts/${CONTRACT_ID}/primary`]),
      why: text('What it would do. For people: the text may change.'),
      body: Type.Optional(ref(RequestInPlace)),
    },
    { description: 'A call that would solve the problem.' },
  ),
)

/** The named schemas of this file. */
export const nextCallsComponents: readonly NamedSchema[] = [RequestInPlace, NextCall]
