import { planSuccession } from '#actions/contracts/plan-succession.ts'
import { succeedContract } from '#actions/contracts/succeed-contract.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { answerContractPlans } from '#http/response/rosters/person-change-answer.ts'
import { answerSuccession } from '#http/response/contracts/succession-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { NAMING_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'
import { successionExamples } from '#http/schemas/contracts/succession-examples.ts'
import { Succession, SuccessionInput, SuccessionPlan } from '#http/schemas/contracts/successions.ts'

export function successionRoutes(app: TypedApp, context: ActionContext): void {
  planSuccessionRoute(app, context)
  succeedContractRoute(app, context)
}

const succeedContractOperation = operation({
  operationId: 'succeedContract',
  summary: 'Let a contract go on under its successor',
  description:
    'Lets the contacts, roles, duties and support accounts of a contract go on under its successor (契約の更新), in ' +
    'one step (R35), also when the renewal is entered after the former contract has ended: the same people get the ' +
    'same accounts again, with their passwords. Each contact of the successor is new, says in `carried_from` which ' +
    'contact it continues, and keeps `first_registered_at`. The contacts leave the former contract. Only while that ' +
    'contract is in force and the successor has not started, they stay on it as well, so that no sender is refused ' +
    'meanwhile. Where the successor has fewer seats it is over its limit (R27); no contact is dropped. The successor ' +
    'is another contract (422) of the same customer that has no contacts (409 `state-conflict`, `because` says ' +
    'which). The requester is recorded; no primary has to confirm. Open change requests of the former contract stay ' +
    'with it. `POST …/plan` answers what would happen.',
  tag: 'Contracts',
  scope: 'lifecycles:write',
  personal: true,
  request: { headers: IdempotencyHeaders, body: ref(SuccessionInput) },
  request_examples: successionExamples.input,
  answers: {
    200: {
      description: 'The contacts of the successor.',
      schema: ref(Succession),
      examples: successionExamples.answer,
      headers: ['Content-Language', 'Idempotent-Replayed'],
    },
  },
  problems: [
    'state-conflict',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'idempotency-key-in-use',
    'idempotency-key-reused',
    'invalid-value',
    ...NAMING_PROBLEMS,
  ],
})

function succeedContractRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/successions', succeedContractOperation, async (request, reply) =>
    answerSuccession(
      request,
      reply,
      await succeedContract(context, {
        from_contract_id: request.body.from_contract_id,
        to_contract_id: request.body.to_contract_id,
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
        key: idempotencyKeyOf(request),
      }),
    ),
  )
}

function planSuccessionRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/successions/plan',
    operation({
      operationId: 'planSuccession',
      summary: 'Plan a succession without making it',
      description:
        'Answers what the same succession would do at this moment on both contracts, and everything that prevents ' +
        'it. Changes nothing.',
      tag: 'Contracts',
      scope: 'lifecycles:write',
      personal: true,
      request: { body: ref(SuccessionInput) },
      request_examples: successionExamples.input,
      answers: {
        200: {
          description: 'The plans of both contracts.',
          schema: ref(SuccessionPlan),
          examples: successionExamples.plan,
          headers: ['Content-Language'],
        },
      },
      problems: ['state-conflict', 'invalid-value', ...NAMING_PROBLEMS],
    }),
    async (request, reply) =>
      answerContractPlans(
        request,
        reply,
        await planSuccession(context, {
          from_contract_id: request.body.from_contract_id,
          to_contract_id: request.body.to_contract_id,
          asking: askingOf(request, request.body.requested_by),
        }),
      ),
  )
}
