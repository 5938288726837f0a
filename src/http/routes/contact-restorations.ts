import { restoreContact } from '#actions/rosters/restore-contact.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { restorationOf } from '#http/request/rosters/restoration-body.ts'
import { answerCreatedWithWarnings } from '#http/response/answer-with-warnings.ts'
import type { TypedApp } from '#http/route-config.ts'
import { ConditionalAdditionHeaders } from '#http/schemas/conditional-headers.ts'
import { contactLinks, ContactPath } from '#http/schemas/rosters/contact-parameters.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { REQUESTER_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'
import { restorationExamples, RestorationInput } from '#http/schemas/rosters/restored-contacts.ts'

const restoreOperation = operation({
  operationId: 'restoreContact',
  summary: 'Restore a removed contact',
  description:
    'Brings back a contact (問い合わせご担当者) that was removed by mistake, as it was: name, email address, role, ' +
    'duties and privacy notice. It is a new contact: `carried_from` is the removed one, and `first_registered_at` ' +
    'stays. The support account is the one of before (R21). If the person has another name or address on other ' +
    'contracts by now, the contact gets them too (R34). A mailbox that the contact shared before needs no ' +
    '`shared_mailbox`; one to which another person has come since does (R17). The rules of a registration apply: ' +
    'seats, exactly one primary (主担当, R10), addresses, the term of the contract. Send `role` if the contract has ' +
    'another primary now. A contact that is registered, or was restored already, is refused (409 ' +
    '`duplicate-contact`). One that was erased cannot come back (404, R33). `If-Match` takes the `ETag` of the ' +
    'removed contact. With an `Idempotency-Key`, a repeat restores nothing twice. A change that the primary must ' +
    'confirm is refused (409 `confirmation-required`): the refusal has the change request to record instead (R25).',
  tag: 'Contacts',
  scope: 'contacts:write',
  personal: true,
  path_examples: { contact_id: restorationExamples.removed_id },
  request: { params: ContactPath, headers: ConditionalAdditionHeaders, body: ref(RestorationInput) },
  optional_body: true,
  request_examples: restorationExamples.input,
  answers: {
    201: {
      description: 'The contact, registered again.',
      schema: ref(Contact),
      examples: restorationExamples.answer,
      headers: ['ETag', 'Location', 'Idempotent-Replayed'],
      links: contactLinks,
    },
  },
  problems: [
    'not-found',
    'seat-limit-reached',
    'primary-required',
    'primary-exists',
    'duplicate-contact',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'idempotency-key-in-use',
    'idempotency-key-reused',
    'precondition-failed',
    ...REQUESTER_PROBLEMS,
  ],
})

export function contactRestorationRoutes(app: TypedApp, context: ActionContext): void {
  app.post('/v1/contacts/:contact_id/restore', restoreOperation, async (request, reply) =>
    answerCreatedWithWarnings(
      request,
      reply,
      await restoreContact(context, {
        contact_id: request.params.contact_id,
        restoration: restorationOf(request.body),
        preconditions: preconditionsOf(request),
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
        key: idempotencyKeyOf(request),
      }),
      ({ contact_id }) => `/v1/contacts/${contact_id}`,
    ),
  )
}
