import { Type } from 'typebox'
import { closedObject, component, nullable, omittable, ref, type NamedSchema } from '#http/openapi/component.ts'
import { noticeVersion } from '#http/schemas/contact-fields.ts'
import { day, ownId } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'
import { channel, RequestedByInput, ticket } from '#http/schemas/requested-by.ts'
import { ChangeOperationInput } from '#http/schemas/requested-operations.ts'

export const concerns_contract = Type.Boolean({
  description:
    'Whether the request concerns the contract itself (ご契約内容に関わる事). If so, the primary (主担当) must confirm it, ' +
    'also if the primary is the requester (R25).',
  examples: [false],
})
const reason = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern: PATTERNS.notBlank,
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
        description: 'The requested changes, step by step.',
      }),
      requested_by: ref(RequestedByInput),
      concerns_contract: omittable(concerns_contract),
      effective_on: omittable(
        day(
          "The day on which the change takes effect (00:00, vendor's time zone): today or later. If it is omitted, " +
            'a client applies the request.',
          '2027-04-01',
        ),
      ),
      privacy_notice_version: omittable(noticeVersion('The default for the new contacts in the request.')),
      confirm_removals: omittable(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description:
            'How many contacts the request removes. Required if it removes all contacts, or more than half of three ' +
            'or more (R10). If it is given, it must be correct.',
          examples: [1],
        }),
      ),
    },
    {
      description: 'A change of the contacts of a contract that a customer requests (ご担当者様の登録内容の変更, R24).',
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
    { description: 'Why the customer withdraws the request, if the customer says so.' },
  ),
)

/** The named schemas of this file. */
export const changeRequestInputComponents: readonly NamedSchema[] = [
  ChangeRequestInput,
  ConfirmationInput,
  RejectionInput,
  WithdrawalInput,
]
