import { deleteContract } from '#actions/delete-contract.ts'
import { putContract } from '#actions/put-contract.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { noContent } from '#http/response/no-content.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { ConditionalChangeHeaders, ConditionalWriteHeaders } from '#http/schemas/conditional-headers.ts'
import { contractLinks, ContractPath } from '#http/schemas/contract-parameters.ts'
import { Contract, contractExamples, ContractInput } from '#http/schemas/contracts.ts'
import { MISTAKEN_CONTRACT_ID } from '#http/schemas/examples.ts'

export function contractChangeRoutes(app: TypedApp, context: ActionContext): void {
  putContractRoute(app, context)
  deleteContractRoute(app, context)
}

const putContractOperation = operation({
  operationId: 'putContract',
  summary: 'Feed a contract',
  description:
    'Feeds a contract (契約) from billing: creates it (201) or replaces it (200). A repeat changes nothing. A ' +
    'change that lowers the limit below what is used is never refused: no contact is removed, the contract is ' +
    'over its limit and takes no new contact until it is within the limit again (R27). With a last day in the ' +
    'past the contract has ended: its contacts may no longer inquire through it, and accounts with no other ' +
    'contract close (R28). A contract that never had a contact may be given its right customer (R36); its ' +
    'product may change at any time. Refused: customers, products and apps that the registry does not know ' +
    '(422), another customer of a contract that has had contacts (409 `customer-fixed`), and a contract that ' +
    "comes back after its contacts' addresses went to another customer (409 `email-taken`).",
  tag: 'Contracts',
  scope: 'contracts:write',
  request: { params: ContractPath, headers: ConditionalWriteHeaders, body: ref(ContractInput) },
  request_examples: contractExamples.input,
  answers: {
    200: {
      description: 'The contract, replaced or unchanged.',
      schema: ref(Contract),
      examples: contractExamples.answer,
      headers: ['ETag'],
      links: contractLinks,
    },
    201: {
      description: 'The contract, new here.',
      schema: ref(Contract),
      examples: contractExamples.created,
      headers: ['ETag', 'Location'],
      links: contractLinks,
    },
  },
  problems: ['customer-fixed', 'email-taken', 'unknown-reference', 'invalid-value', 'precondition-failed'],
})

function putContractRoute(app: TypedApp, context: ActionContext): void {
  app.put('/v1/contracts/:contract_id', putContractOperation, async (request, reply) =>
    answerPut(
      request,
      reply,
      await putContract(context, {
        contract_id: request.params.contract_id,
        terms: request.body,
        preconditions: preconditionsOf(request),
        caller: callerOf(request),
      }),
    ),
  )
}

function deleteContractRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/contracts/:contract_id',
    operation({
      operationId: 'deleteContract',
      summary: 'Delete a contract that never had a contact',
      description:
        'Deletes a contract (契約) that was fed by mistake: one on which no contact was ever registered (R36). ' +
        'History keeps it, and `as_of` still answers what was answered before. A contract that has had contacts ' +
        'is ended with a last day instead (409 `state-conflict`).',
      tag: 'Contracts',
      scope: 'contracts:write',
      path_examples: { contract_id: MISTAKEN_CONTRACT_ID },
      request: { params: ContractPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The contract is deleted. No body.' } },
      problems: ['not-found', 'state-conflict', 'precondition-failed'],
    }),
    async (request, reply) =>
      noContent(
        reply,
        deleteContract(context, {
          contract_id: request.params.contract_id,
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
        }),
      ),
  )
}
