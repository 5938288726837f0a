import { Type } from 'typebox'
import { component, type NamedSchema, ref } from '#http/openapi/component.ts'
import { CONTRACT_ID } from '#http/schemas/examples.ts'
import { text } from '#http/schemas/problem-parts.ts'
import { RequestedBy } from '#http/schemas/requested-by.ts'
import { ChangeOperation } from '#http/schemas/requested-operations.ts'

const RequestInPlace = component(
  'RequestInPlace',
  Type.Object(
    {
      contract_id: text('The contract.', [CONTRACT_ID]),
      operations: Type.Array(ref(ChangeOperation), { description: 'What the refused write would have done.' }),
      confirm_removals: Type.Optional(
        Type.Integer({ description: 'How many contacts the operations remove.', examples: [1] }),
      ),
      requested_by: ref(RequestedBy),
    },
    { description: 'The body of a change request to file in place of a write. Only with `confirmation-required`.' },
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
