import { deleteContract } from '#actions/contracts/delete-contract.ts'
import { putContract } from '#actions/contracts/put-contract.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { noContent } from '#http/response/no-content.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { ConditionalChangeHeaders, ConditionalWriteHeaders } from '#http/schemas/conditional-headers.ts'
import { contractLinks, ContractPath } from '#http/schemas/contracts/contract-parameters.ts'
import { Contract, contractExamples, ContractInput } from '#http/schemas/contracts/contracts.ts'
import { MISTAKEN_CONTRACT_ID } from '#http/schemas/examples.ts'

export function contractChangeRoutes(app: TypedApp, context: ActionContext): void {
  putContractRoute(app, context)
  deleteContractRoute(app, context)
}

const putContractOperation = operation({
  operationId: 'putContract',
  summary: 'Create or replace a contract',
  description:
    'Creates (201) or replaces (200) a contract (契約) with the data from billing. A repeat changes nothing. If ' +
    'the change lowers the limit below the number of contacts, it is not refused: no contact is removed, the ' +
    'contract is over its limit, and no new contact can be registered until it is within its limit again ' +
    '(R27). If the last day is in the past, the contract has ended: its contacts may no longer inquire ' +
    'through it, and accounts without another contract close (R28). The product may change at any time; the ' +
    'customer only if the contract never had a contact (R36). Refused are unknown customers, products and ' +
    'apps (422), another customer for a contract that has had contacts (409 `customer-fixed`), and an ended ' +
    'contract that would be in force again although another customer now has an email address of its contacts ' +
    '(409 `email-taken`).',
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
        'Deletes a contract (契約) that was created by mistake: no contact was ever registered on it (R36). Its ' +
        'history stays, and `as_of` still gives the earlier answers. A contract that has had contacts cannot be ' +
        'deleted (409 `state-conflict`): set its last day instead.',
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
