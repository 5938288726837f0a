import { planTransfer } from '#actions/contracts/plan-transfer.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { transferContracts } from '#actions/contracts/transfer-contracts.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { idempotencyKeyOf, valueOf } from '#http/request/idempotency.ts'
import { answerTransferPlan } from '#http/response/contracts/transfer-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { NAMING_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'
import { transferExamples } from '#http/schemas/contracts/transfer-examples.ts'
import { Transfer, TransferInput, TransferPlan } from '#http/schemas/contracts/transfers.ts'

export function transferRoutes(app: TypedApp, context: ActionContext): void {
  planTransferRoute(app, context)
  transferContractsRoute(app, context)
}

const transferContractsOperation = operation({
  operationId: 'transferContracts',
  summary: 'Move contracts to another customer',
  description:
    'Moves contracts to another customer (契約の移管, after a merger or a split) with their contacts and support ' +
    'accounts, all in one step (R36). Contacts and accounts keep their ids, and accounts their passwords. An email ' +
    'address serves one customer only (R20): where an address of the contracts would stay behind on a contract of ' +
    'the former customer that has not ended, nothing moves, and 409 `address-stays-behind` names the contacts. A ' +
    'closed account that the new customer had at such an address stays closed. Removed contacts, closed accounts ' +
    'without contacts on these contracts and the application form stay with the former customer; change requests go ' +
    'along. `as_of` gives the answers of before unchanged. The requester is ' +
    'recorded; no primary has to confirm. `POST …/plan` answers what would happen.',
  tag: 'Contracts',
  scope: 'lifecycles:write',
  personal: true,
  request: { headers: IdempotencyHeaders, body: ref(TransferInput) },
  request_examples: transferExamples.input,
  answers: {
    200: {
      description: 'What went to the other customer, by ids.',
      schema: ref(Transfer),
      examples: transferExamples.answer,
      headers: ['Idempotent-Replayed'],
    },
  },
  problems: [
    'address-stays-behind',
    'state-conflict',
    'idempotency-key-in-use',
    'idempotency-key-reused',
    ...NAMING_PROBLEMS,
  ],
})

function transferContractsRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/transfers', transferContractsOperation, async (request, reply) =>
    valueOf(
      reply,
      await transferContracts(context, {
        contract_ids: request.body.contract_ids,
        to_customer_id: request.body.to_customer_id,
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
        key: idempotencyKeyOf(request),
      }),
    ),
  )
}

function planTransferRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/transfers/plan',
    operation({
      operationId: 'planTransfer',
      summary: 'Plan a transfer without making it',
      description:
        'Answers what prevents the same transfer at this moment on each contract, and which accounts would go along. ' +
        'Changes nothing.',
      tag: 'Contracts',
      scope: 'lifecycles:write',
      personal: true,
      request: { body: ref(TransferInput) },
      request_examples: transferExamples.input,
      answers: {
        200: {
          description: 'The plan of each contract.',
          schema: ref(TransferPlan),
          examples: transferExamples.plan,
          headers: ['Content-Language'],
        },
      },
      problems: ['state-conflict', ...NAMING_PROBLEMS],
    }),
    async (request, reply) =>
      answerTransferPlan(
        request,
        reply,
        await planTransfer(context, {
          contract_ids: request.body.contract_ids,
          to_customer_id: request.body.to_customer_id,
          asking: askingOf(request, request.body.requested_by),
        }),
      ),
  )
}
