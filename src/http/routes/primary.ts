import { handOverPrimary } from '#actions/rosters/hand-over-primary.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { successorOf } from '#http/request/rosters/contact-body.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { answerWithWarnings } from '#http/response/answer-with-warnings.ts'
import type { TypedApp } from '#http/route-config.ts'
import { RosterConditionHeaders } from '#http/schemas/roster-condition-headers.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { contactLinks } from '#http/schemas/rosters/contact-parameters.ts'
import { PrimaryInput } from '#http/schemas/rosters/contact-inputs.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { ContractPath } from '#http/schemas/contracts/contract-parameters.ts'
import { REQUESTER_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'

const handOverPrimaryOperation = operation({
  operationId: 'handOverPrimary',
  summary: 'Change the primary',
  description:
    'Makes another contact the primary (主担当), or registers a new person as the primary, in one atomic step ' +
    '(R11): the contract always has exactly one primary. The former primary stays as a secondary, or is ' +
    'removed in the same step with `"former_primary": "removed"`, so this works also if all seats are taken. ' +
    'The answer is the new primary. `If-Match` takes the `ETag` of the roster (`GET ' +
    '/v1/contracts/{contract_id}/roster`). A change that the primary must confirm is refused (409 ' +
    '`confirmation-required`): the refusal has the change request to record instead (R25).',
  tag: 'Contacts',
  scope: 'contacts:write',
  personal: true,
  request: { params: ContractPath, headers: RosterConditionHeaders, body: ref(PrimaryInput) },
  request_examples: contactExamples.hand_over,
  answers: {
    200: {
      description: 'The present primary.',
      schema: ref(Contact),
      examples: contactExamples.handed_over,
      headers: ['ETag'],
      links: contactLinks,
    },
  },
  problems: [
    'not-found',
    'seat-limit-reached',
    'duplicate-contact',
    'person-elsewhere',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'invalid-value',
    'name-not-personal',
    'precondition-failed',
    ...REQUESTER_PROBLEMS,
  ],
})

export function primaryRoutes(app: TypedApp, context: ActionContext): void {
  handOverPrimaryRoute(app, context)
}

function handOverPrimaryRoute(app: TypedApp, context: ActionContext): void {
  app.put('/v1/contracts/:contract_id/primary', handOverPrimaryOperation, async (request, reply) =>
    answerWithWarnings(
      request,
      reply,
      await handOverPrimary(context, {
        contract_id: request.params.contract_id,
        successor: successorOf(request.body),
        former_primary: request.body.former_primary ?? 'secondary',
        preconditions: preconditionsOf(request),
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
      }),
    ),
  )
}
