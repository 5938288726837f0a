import { Type } from 'typebox'
import { closedObject, component, nullable, omittable, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { noticeVersion } from '#http/schemas/rosters/contact-fields.ts'
import { day, ownId } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'
import { channel, RequestedByInput, ticket } from '#http/schemas/change-requests/requested-by.ts'
import { AskedPersonChange } from '#http/schemas/change-requests/requested-person-changes.ts'
import { ChangeOperationInput } from '#http/schemas/change-requests/requested-operations.ts'

export const concerns_contract = Type.Boolean({
  description:
    'Whether the request concerns the contract itself (ご契約内容に関わる事). If so, the primary (主担当) must confirm it, ' +
    'unless the primary is the requester (R25).',
  examples: [false],
})
const reason = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern: PATTERNS.notBlank,
  description: 'Why.',
  examples: ['The customer asked again with other names.'],
})

const subject = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: PATTERNS.notBlank,
  description:
    'What the request is about. Required if `operations` is empty: customers also ask for things that change ' +
    'nothing, for example to see their registration.',
  examples: ['Wants to see the registration'],
})

/** What a customer asks for, in a request that is filed or changed. */
export const askedFields = {
  subject: omittable(subject),
  effective_on: omittable(
    day(
      "The day on which the change takes effect (00:00, vendor's time zone): today or later. If it is omitted, " +
        'a client applies the request.',
      '2027-04-01',
    ),
  ),
  concerns_contract: omittable(concerns_contract),
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
}

export const askedOperations = Type.Array(ref(ChangeOperationInput), {
  minItems: 0,
  maxItems: 200,
  description: 'The requested changes, step by step; empty if the request changes nothing and has a `subject`.',
})

export const ChangeRequestInput = component(
  'ChangeRequestInput',
  closedObject(
    {
      contract_id: omittable(contractId),
      operations: omittable(askedOperations),
      person_change: Type.Optional(ref(AskedPersonChange)),
      requested_by: ref(RequestedByInput),
      ...askedFields,
    },
    {
      description:
        'A change of contacts that a customer requests (ご担当者様の登録内容の変更, R24): `operations` on one contract, ' +
        'or a `person_change` on all contracts of a person. Send either `contract_id` and `operations`, or ' +
        '`person_change` (else 400).',
      'x-exactly-one-of': ['contract_id', 'person_change'],
    },
  ),
)

const ConfirmerInput = component(
  'ConfirmerInput',
  closedObject(
    {
      contact_id: omittable(ownId('The contact who confirmed: the primary, or another contact.', CONTACT_ID)),
      name: omittable(
        Type.String({
          minLength: 1,
          maxLength: 200,
          pattern: PATTERNS.notBlank,
          description: 'The name of a person at the customer who is not a contact.',
          examples: ['中村 葵'],
        }),
      ),
      position: omittable(
        Type.String({
          minLength: 1,
          maxLength: 200,
          pattern: PATTERNS.notBlank,
          description: 'The position of that person at the customer.',
          examples: ['情報システム部長'],
        }),
      ),
    },
    {
      'x-exactly-one-of': ['contact_id', 'name'],
      description: 'Who confirmed: exactly one of `contact_id` and `name` is required (otherwise 400).',
    },
  ),
)

export const ConfirmationInput = component(
  'ConfirmationInput',
  closedObject(
    {
      confirmed_by: ref(ConfirmerInput),
      channel: channel('How they confirmed.'),
      note: omittable(
        Type.String({
          minLength: 1,
          maxLength: 1000,
          description: 'A note about the confirmation.',
          examples: ['Called back at the number in the contract.'],
        }),
      ),
      ticket: Type.Optional(ticket),
      reason: omittable(
        Type.String({
          minLength: 1,
          maxLength: 1000,
          pattern: PATTERNS.notBlank,
          description: 'Why another person than the primary confirmed. Required in that case.',
          examples: ['The primary has left the company.'],
        }),
      ),
    },
    { description: 'A confirmation: who gave it, and how (R25).' },
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
  ConfirmerInput,
  ConfirmationInput,
  RejectionInput,
  WithdrawalInput,
]
