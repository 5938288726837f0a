import { type Static, Type } from 'typebox'
import { findPastContract } from '#actions/contracts/find-past-contract.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { ContractFilter } from '#db/contracts/contract-pages.ts'
import { findContract } from '#db/contracts/contracts.ts'
import { contractView } from '#domain/contracts/contract.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer } from '#http/request/conditions.ts'
import { momentOf, sinceMoment } from '#http/request/moment-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerList } from '#http/response/list-answer.ts'
import { contractList } from '#http/response/registry-lists.ts'
import type { TypedApp } from '#http/route-config.ts'
import { asOf, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { contractLinks, ContractPath, ContractQuery } from '#http/schemas/contracts/contract-parameters.ts'
import { Contract, contractExamples, ContractPage } from '#http/schemas/contracts/contracts.ts'
import { FILES_OF_LIST, filesOf } from '#http/schemas/list-files.ts'

export function contractRoutes(app: TypedApp, context: ActionContext): void {
  listContractsRoute(app, context)
  getContractRoute(app, context)
}

function listContractsRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contracts',
    operation({
      operationId: 'listContracts',
      summary: 'List the contracts',
      description:
        'Lists contracts (契約) with their seats, sorted by id. Some values of `state` sort them by a day: ' +
        '`not_yet_in_force` and `in_force,ended` by `starts_on`; `in_force`, `ended` and ' +
        '`in_force,not_yet_in_force` by `ends_on` (no end date: last). With `updated_since`, they are sorted by ' +
        'their last change. Filters are combined with AND; several values of one filter, separated by commas, ' +
        'with OR. `over_limit=true` lists contracts with more contacts than seats, and how to bring each within ' +
        `its limit (R27). ${FILES_OF_LIST}`,
      tag: 'Contracts',
      scope: 'contracts:read',
      request: { querystring: ContractQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of contracts.',
          schema: ref(ContractPage),
          examples: contractExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
          other_forms: filesOf(
            { type: 'contract', ...contractExamples.answer.manage_ac.value },
            'contract_id,customer_id,product_id,…\r\n',
          ),
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      await answerList(context, request, reply, contractList(filterOf(request.query), context.clock.today())),
  )
}

function getContractRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contracts/:contract_id',
    operation({
      operationId: 'getContract',
      summary: 'Read a contract',
      description:
        'Reads one contract (契約) with its seats: the limit (登録可能人数), explained line by line (R7), how many are ' +
        'used and free, and by how many the limit is exceeded. With `as_of`, the answer is that of a past moment ' +
        '(R26). 404 if billing has not sent a contract with this id, or had not sent it at that moment.',
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

function filterOf({
  updated_since,
  purpose: _purpose,
  bom: _bom,
  ...filter
}: Static<typeof ContractQuery>): ContractFilter {
  return { ...filter, ...(updated_since !== undefined && { updated_since: sinceMoment(updated_since) }) }
}

/** The contract now, or as it was answered at a past moment (R26). */
async function contractAt(context: ActionContext, contract_id: string, as_of: string | undefined) {
  if (as_of !== undefined)
    return await findPastContract(context, { contract_id, as_of: momentOf(as_of, 'as_of', 'query') })
  return contractView(orNotFound(await findContract(context.database, contract_id), 'contract'), context.clock.today())
}
