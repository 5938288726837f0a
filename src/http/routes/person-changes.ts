import { changePerson } from '#actions/rosters/change-person.ts'
import { planPersonChange } from '#actions/rosters/plan-person-change.ts'
import { requestPersonChange } from '#actions/change-requests/request-person-change.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { personChangeOf } from '#http/request/rosters/person-change-body.ts'
import { answerFiledPersonChange } from '#http/response/change-requests/change-request-answer.ts'
import { answerContractPlans, answerPersonChange } from '#http/response/rosters/person-change-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { ChangeRequest, changeRequestLinks } from '#http/schemas/change-requests/change-requests.ts'
import { IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { personChangeExamples } from '#http/schemas/rosters/person-change-examples.ts'
import { PersonChanged, PersonChangeInput, PersonChangePlan } from '#http/schemas/rosters/person-changes.ts'
import { NAMING_PROBLEMS, REQUESTER_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'

export function personChangeRoutes(app: TypedApp, context: ActionContext): void {
  changePersonRoute(app, context)
  planPersonChangeRoute(app, context)
}

const changePersonOperation = operation({
  operationId: 'changePerson',
  summary: 'Change a person on all contracts',
  description:
    'Changes what concerns a person on all contracts of the customer that list the person, all or nothing (R34): a ' +
    'new name, a new address, or that they leave the company. A person is known by the name and the address (R19); ' +
    'contracts that have ended stay as they were. The rules hold for every contract after the change, and a refusal ' +
    'says by `contract_id` where they do not. Where the primary (主担当) leaves and others stay, `successors` names ' +
    'who takes over; otherwise 409 `primary-required` for each contract. The requester is a person: any of their ' +
    'contacts counts (R25). With `effective_on` the change is recorded as a change request for that day (202), as by ' +
    '`POST /v1/change-requests` with `person_change`. A change that a primary must confirm is refused (409 ' +
    '`confirmation-required`): the refusal has the change request to record instead. `POST …/plan` answers what ' +
    'would happen on each contract. With an `Idempotency-Key`, a repeat changes nothing twice.',
  tag: 'Contacts',
  scope: 'lifecycles:write',
  personal: true,
  request: { headers: IdempotencyHeaders, body: ref(PersonChangeInput) },
  request_examples: personChangeExamples.input,
  answers: {
    200: {
      description: 'The contacts of the person as they are now.',
      schema: ref(PersonChanged),
      examples: personChangeExamples.answer,
      headers: ['Content-Language', 'Idempotent-Replayed'],
    },
    202: {
      description: 'With `effective_on`: the change request that was recorded in place of the change.',
      schema: ref(ChangeRequest),
      examples: personChangeExamples.filed,
      headers: ['Content-Language', 'ETag', 'Location', 'Idempotent-Replayed'],
      links: changeRequestLinks,
    },
  },
  problems: [
    'not-found',
    'seat-limit-reached',
    'primary-required',
    'duplicate-contact',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'idempotency-key-in-use',
    'idempotency-key-reused',
    'invalid-value',
    'name-not-personal',
    ...REQUESTER_PROBLEMS,
  ],
})

function changePersonRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/person-changes', changePersonOperation, async (request, reply) =>
    request.body.effective_on == null
      ? answerPersonChange(
          request,
          reply,
          await changePerson(context, {
            change: personChangeOf(request.body),
            asking: askingOf(request, request.body.requested_by),
            caller: callerOf(request),
            key: idempotencyKeyOf(request),
          }),
        )
      : answerFiledPersonChange(
          request,
          reply,
          await requestPersonChange(context, {
            change: personChangeOf(request.body),
            effective_on: request.body.effective_on,
            asking: askingOf(request, request.body.requested_by),
            caller: callerOf(request),
            rights: rightsOf(request),
            key: idempotencyKeyOf(request),
          }),
        ),
  )
}

function planPersonChangeRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/person-changes/plan',
    operation({
      operationId: 'planPersonChange',
      summary: 'Plan a person change without making it',
      description:
        'Answers what the same person change would do at this moment on each contract, and everything that prevents ' +
        'it, a primary without a successor for instance. Changes nothing.',
      tag: 'Contacts',
      scope: 'lifecycles:write',
      personal: true,
      request: { body: ref(PersonChangeInput) },
      request_examples: personChangeExamples.input,
      answers: {
        200: {
          description: 'The plan of each contract.',
          schema: ref(PersonChangePlan),
          examples: personChangeExamples.plan,
          headers: ['Content-Language'],
        },
      },
      problems: ['not-found', 'contract-not-in-force', ...NAMING_PROBLEMS],
    }),
    async (request, reply) =>
      answerContractPlans(
        request,
        reply,
        await planPersonChange(context, {
          change: personChangeOf(request.body),
          asking: askingOf(request, request.body.requested_by),
        }),
      ),
  )
}
