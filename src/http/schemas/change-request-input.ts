import { Type } from 'typebox'
import { closedObject, component, nullable, omittable, ref, type NamedSchema } from '#http/openapi/component.ts'
import { noticeVersion } from '#http/schemas/contact-fields.ts'
import { day, ownId } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { channel, RequestedByInput, ticket } from '#http/schemas/requested-by.ts'
import { ChangeOperationInput } from '#http/schemas/requested-operations.ts'

export const concerns_contract = Type.Boolean({
  description:
    'Whether the matter touches the contract itself (ご契約内容に関わる事): if it does, the primary (主担当) has ' +
    'to confirm it, also when the primary asks (R25).',
  examples: [false],
})
const reason = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: 'Why.',
  examples: ['The customer asked again with other names.'],
})

export const ChangeRequestInput = component(
  'ChangeRequestInput',
  closedObject(
    {
      contract_id: contractId,
      operations: Type.Array(ref(ChangeOperationInput), {
        minItems: 1,
        maxItems: 200,
        description: 'What is asked for, step by step.',
      }),
      requested_by: ref(RequestedByInput),
      concerns_contract: omittable(concerns_contract),
      effective_on: omittable(
        day(
          'The day from whose start the change shall hold, not before today; without it a client applies the request.',
          '2027-04-01',
        ),
      ),
      privacy_notice_version: omittable(noticeVersion('The default of the new contacts that the request names.')),
      confirm_removals: omittable(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description:
            'How many contacts the request removes. Needed where it removes all of them, or more than half of ' +
            'three or more (R10); where it is given, it has to be right.',
          examples: [1],
        }),
      ),
    },
    {
      description: 'What a customer asks to change of the contacts of a contract (ご担当者様の登録内容の変更, R24).',
    },
  ),
)

export const ConfirmationInput = component(
  'ConfirmationInput',
  closedObject(
    {
      contact_id: ownId("Who confirmed: the contract's primary.", CONTACT_ID),
      channel: channel('How they confirmed.'),
      ticket: Type.Optional(ticket),
    },
    { description: "The primary's confirmation (R25)." },
  ),
)

export const RejectionInput = component(
  'RejectionInput',
  closedObject({ reason }, { description: 'Why the request is rejected.' }),
)
export const WithdrawalInput = component(
  'WithdrawalInput',
  closedObject(
    { reason: Type.Optional(nullable(reason)) },
    { description: 'Why the customer withdraws the request, if they say so.' },
  ),
)

/** The named schemas of this file. */
export const changeRequestInputComponents: readonly NamedSchema[] = [
  ChangeRequestInput,
  ConfirmationInput,
  RejectionInput,
  WithdrawalInput,
]
