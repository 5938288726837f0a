import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { findPastRoster, type UnknownRoster } from '#actions/rosters/find-past-roster.ts'
import { planRosterPut } from '#actions/rosters/plan-roster-put.ts'
import { putRoster } from '#actions/rosters/put-roster.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findRoster } from '#actions/support/rosters/find-roster.ts'
import { rosterView, type RosterView } from '#domain/rosters/roster-view.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { disclosedTo, discloseAll } from '#http/request/personal-data/disclosure-of.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { rosterInputOf } from '#http/request/rosters/roster-body.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { answerWithWarnings } from '#http/response/answer-with-warnings.ts'
import { planAnswer } from '#http/response/rosters/roster-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { asOf, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { RosterConditionHeaders, RosterWriteHeaders } from '#http/schemas/roster-condition-headers.ts'
import { ContractPath } from '#http/schemas/contracts/contract-parameters.ts'
import { NAMING_PROBLEMS, REQUESTER_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'
import { rosterExamples } from '#http/schemas/rosters/roster-examples.ts'
import { RosterPlan } from '#http/schemas/rosters/roster-plans.ts'
import { Roster, RosterInput } from '#http/schemas/rosters/rosters.ts'

const MomentQuery = Type.Object({ as_of: asOf }, { additionalProperties: false })

/** The roster now, or at a past moment. */
async function rosterOf(
  context: ActionContext,
  request: FastifyRequest,
  contract_id: string,
  as_of: string | undefined,
): Promise<RosterView | UnknownRoster> {
  if (as_of !== undefined)
    return await discloseAll(
      request,
      context,
      await findPastRoster(context, { contract_id, as_of: momentOf(as_of, 'as_of', 'query') }),
    )
  const { database, clock } = context
  const { contract, contacts } = await findRoster(database, contract_id, clock.today(), disclosedTo(request, context))
  return rosterView(contract, contacts)
}

export function rosterRoutes(app: TypedApp, context: ActionContext): void {
  getRosterRoute(app, context)
  putRosterRoute(app, context)
  planRosterRoute(app, context)
}

function getRosterRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contracts/:contract_id/roster',
    operation({
      operationId: 'getRoster',
      summary: 'Read the roster of a contract',
      description:
        'Reads every contact (問い合わせご担当者) of a contract as one list, with its seats. To change the list, send it ' +
        'back with `PUT` and this `ETag`. With `as_of`, the answer is that of a past moment (R26). 404 if there ' +
        'is no such contract.',
      tag: 'Contacts',
      scope: 'contacts:read',
      personal: true,
      discloses: true,
      request: { params: ContractPath, querystring: MomentQuery, headers: ConditionalReadHeaders },
      answers: {
        200: { description: 'The roster.', schema: ref(Roster), examples: rosterExamples.answer, headers: ['ETag'] },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(request, reply, await rosterOf(context, request, request.params.contract_id, request.query.as_of)),
  )
}

const putRosterOperation = operation({
  operationId: 'putRoster',
  summary: 'Replace the roster of a contract',
  description:
    'Replaces the roster (the list of 問い合わせご担当者) in one step: the service finds which contacts are added, ' +
    'changed and removed (by `contact_id`, else by name and email address), checks the rules on the final ' +
    'state only, and applies all changes or none. So a contact, also the primary, can be replaced when all ' +
    'seats are taken. `POST …/roster/plan` shows what would happen, and everything that prevents it. ' +
    "`If-Match` with the roster's `ETag` is required (428), so that no change of another client is lost; if " +
    'the roster has changed since, the answer is 412. Removing all contacts, or more than half of three or ' +
    'more, needs `confirm_removals`. A PUT whose answer was lost can be repeated: if the roster already is as ' +
    'in the list, nothing changes. A refusal lists every problem, with pointers into the list and remedies. A ' +
    'change that the primary must confirm is refused (409 `confirmation-required`): the refusal has the ' +
    'change request to record instead (R25).',
  tag: 'Contacts',
  scope: 'contacts:write',
  personal: true,
  request: { params: ContractPath, headers: RosterWriteHeaders, body: ref(RosterInput) },
  request_examples: rosterExamples.input,
  answers: {
    200: {
      description: 'The roster as it is now.',
      schema: ref(Roster),
      examples: rosterExamples.answer,
      headers: ['Content-Language', 'ETag'],
    },
  },
  problems: [
    'not-found',
    'seat-limit-reached',
    'primary-required',
    'primary-exists',
    'duplicate-contact',
    'person-elsewhere',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'removals-unconfirmed',
    'invalid-value',
    'name-not-personal',
    'precondition-failed',
    'precondition-required',
    ...REQUESTER_PROBLEMS,
  ],
})

function putRosterRoute(app: TypedApp, context: ActionContext): void {
  app.put('/v1/contracts/:contract_id/roster', putRosterOperation, async (request, reply) =>
    answerWithWarnings(
      request,
      reply,
      await putRoster(context, {
        contract_id: request.params.contract_id,
        input: rosterInputOf(request.body),
        preconditions: preconditionsOf(request),
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
      }),
    ),
  )
}

function planRosterRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/contracts/:contract_id/roster/plan',
    operation({
      operationId: 'planRoster',
      summary: 'Plan a roster without changing it',
      description:
        'Shows what `PUT` of the same list would do now: added, changed and removed contacts, the roles, the ' +
        'support accounts and the seats, and everything that prevents it, with pointers into the list and ' +
        "remedies. It changes nothing. `If-Match` with the roster's `ETag` is optional; if the roster has changed " +
        'since, the answer is 412.',
      tag: 'Contacts',
      scope: 'contacts:write',
      personal: true,
      request: { params: ContractPath, headers: RosterConditionHeaders, body: ref(RosterInput) },
      request_examples: rosterExamples.input,
      answers: {
        200: {
          description: 'The plan.',
          schema: ref(RosterPlan),
          examples: rosterExamples.plan,
          headers: ['Content-Language'],
        },
      },
      problems: ['not-found', 'precondition-failed', ...NAMING_PROBLEMS],
    }),
    async (request, reply) =>
      planAnswer(
        await planRosterPut(context, {
          contract_id: request.params.contract_id,
          input: rosterInputOf(request.body),
          preconditions: preconditionsOf(request),
          asking: askingOf(request, request.body.requested_by),
        }),
        answerLanguage(request, reply),
      ),
  )
}
