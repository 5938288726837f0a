import { type Static, Type } from 'typebox'
import { deleteContract } from '#actions/delete-contract.ts'
import { findPastContract } from '#actions/find-past-contract.ts'
import { putContract } from '#actions/put-contract.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { type ContractFilter, listContracts, positionAfter } from '#db/contract-pages.ts'
import { findContract } from '#db/contracts.ts'
import { contractView } from '#domain/contract.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { isContractPosition } from '#http/request/contract-position.ts'
import { momentOf, sinceMoment } from '#http/request/moment-of.ts'
import { pageRequest } from '#http/request/paging.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { noContent } from '#http/response/no-content.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPage } from '#http/response/page-answer.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { asOf, NOT_MODIFIED } from '#http/schemas/common.ts'
import {
  ConditionalChangeHeaders,
  ConditionalReadHeaders,
  ConditionalWriteHeaders,
} from '#http/schemas/conditional-headers.ts'
import { contractLinks, ContractPath, ContractQuery } from '#http/schemas/contract-parameters.ts'
import { Contract, contractExamples, ContractInput, ContractPage } from '#http/schemas/contracts.ts'
import { MISTAKEN_CONTRACT_ID } from '#http/schemas/examples.ts'

export function contractRoutes(app: TypedApp, context: ActionContext): void {
  listContractsRoute(app, context)
  getContractRoute(app, context)
  putContractRoute(app, context)
  deleteContractRoute(app, context)
}

function listContractsRoute(app: TypedApp, { database, clock }: ActionContext): void {
  app.get(
    '/v1/contracts',
    operation({
      operationId: 'listContracts',
      summary: 'List the contracts',
      description:
        'Lists contracts (契約) with their seats, in the order of their ids; with `state=not_yet_in_force` or ' +
        '`state=in_force,ended` in the order of their first day, with `in_force`, `ended` or ' +
        '`in_force,not_yet_in_force` of their last, open-ended ones at the end; with `updated_since` in the order ' +
        'of their changes. A contract has to fit every filter; one filter takes several values, divided by commas, ' +
        'and a contract has to fit one of them. `over_limit=true` lists those that have more contacts than seats, ' +
        'each with since when and what would bring it back (R27).',
      tag: 'Contracts',
      scope: 'contracts:read',
      request: { querystring: ContractQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of contracts.',
          schema: ref(ContractPage),
          examples: contractExamples.page,
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answerPage(
        request,
        reply,
        await listContracts(
          database,
          filterOf(request.query),
          clock.today(),
          pageRequest(request, { contract_id: '' }, isContractPosition),
        ),
        contract => positionAfter(contract, filterOf(request.query)),
        contract => contractView(contract, clock.today()),
      ),
  )
}

function getContractRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contracts/:contract_id',
    operation({
      operationId: 'getContract',
      summary: 'Read a contract',
      description:
        'Reads one contract (契約) with its seats: the limit (登録可能人数), explained line by line (R7), how ' +
        'many are used and free, and by how many it is over. With `as_of`, as it was answered at a past moment ' +
        '(R26). 404 where billing has, or at that moment had, fed none under this id.',
      tag: 'Contracts',
      scope: 'contracts:read',
      request: {
        params: ContractPath,
        querystring: Type.Object({ as_of: asOf }, { additionalProperties: false }),
        headers: ConditionalReadHeaders,
      },
      answers: {
        200: {
          description: 'The contract.',
          schema: ref(Contract),
          examples: contractExamples.answer,
          headers: ['ETag'],
          links: contractLinks,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(request, reply, await contractAt(context, request.params.contract_id, request.query.as_of)),
  )
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

function filterOf({ updated_since, ...filter }: Static<typeof ContractQuery>): ContractFilter {
  return { ...filter, ...(updated_since !== undefined && { updated_since: sinceMoment(updated_since) }) }
}

/** The contract now, or as it was answered at a past moment (R26). */
async function contractAt(context: ActionContext, contract_id: string, as_of: string | undefined) {
  if (as_of !== undefined)
    return await findPastContract(context, { contract_id, as_of: momentOf(as_of, 'as_of', 'query') })
  return contractView(orNotFound(await findContract(context.database, contract_id), 'contract'), context.clock.today())
}
