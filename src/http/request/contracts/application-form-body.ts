import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { askingOf } from '#http/request/asking-of.ts'
import { contactInputOf } from '#http/request/rosters/contact-body.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { callerOf } from '#http/request/caller-of.ts'
import type { ApplicationFormInput } from '#http/schemas/contracts/application-forms.ts'

type FormRequest = FastifyRequest<{ Params: { contract_id: string }; Body: Static<typeof ApplicationFormInput> }>

/** The application form that a request submits. The form's privacy notice is the default of its contacts. */
export function applicationFormOf(request: FormRequest) {
  const { form_version, received_on, channel, privacy_notice_version, contacts } = request.body
  return {
    contract_id: request.params.contract_id,
    form_version,
    received_on: received_on ?? null,
    channel: channel ?? 'form',
    privacy_notice_version,
    asking: askingOf(request, request.body.requested_by),
    caller: callerOf(request),
    key: idempotencyKeyOf(request),
    contacts: contacts.map(contact =>
      contactInputOf({ ...contact, privacy_notice_version: contact.privacy_notice_version ?? privacy_notice_version }),
    ),
  }
}
