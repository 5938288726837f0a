import { Type } from 'typebox'
import { CHANGE_REQUEST_STATES, CONFIRMATION_REASONS } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { concerns_contract } from '#http/schemas/change-requests/change-request-input.ts'
import { Authority, Confirmation } from '#http/schemas/change-requests/confirmations.ts'
import { day, moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CHANGE_REQUEST_ID } from '#http/schemas/examples.ts'
import { ListedProblem } from '#http/schemas/problems/problem.ts'
import { PersonChangePlan } from '#http/schemas/rosters/person-changes.ts'
import { RequestedBy } from '#http/schemas/change-requests/requested-by.ts'
import { ChangeOperation } from '#http/schemas/change-requests/requested-operations.ts'
import { RequestedPersonChange } from '#http/schemas/change-requests/requested-person-changes.ts'
import { RosterPlan } from '#http/schemas/rosters/roster-plans.ts'

const changeRequestId = ownId("The change request's id.", CHANGE_REQUEST_ID)
export const ChangeRequestPath = Type.Object({ change_request_id: changeRequestId })

export const ChangeRequest = component(
  'ChangeRequest',
  Type.Object(
    {
      change_request_id: changeRequestId,
      contract_id: nullable(contractId),
      customer_id: customerId,
      state: openList(CHANGE_REQUEST_STATES, {
        description:
          'The state of the request. `needs_primary_confirmation`: nothing is applied until the primary has ' +
          'confirmed it. `needs_approval`: nothing is applied until a client with the scope `contacts:write` has ' +
          'approved it. `ready`: a client can apply it. `scheduled`: the service applies it at the start of ' +
          '`effective_on`. All other states are final.',
        examples: ['scheduled'],
      }),
      operations: Type.Array(ref(ChangeOperation), {
        description: 'The requested changes, step by step; empty if the request changes nothing.',
      }),
      person_change: nullableRef(
        ref(RequestedPersonChange),
        'What concerns a person on all contracts (R34); null in a request of one contract.',
      ),
      subject: nullable(
        Type.String({
          description: 'What the request is about; null if it does not say.',
          examples: ['Wants to see the registration'],
        }),
      ),
      confirm_removals: nullable(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description: 'The number of removals that the request gives; null if it gives none (R10).',
          examples: [1],
        }),
      ),
      concerns_contract,
      requested_by: ref(RequestedBy),
      effective_on: nullable(
        day(
          "The day on which the change takes effect (00:00, vendor's time zone); null if it has no day of its own.",
          '2027-04-01',
        ),
      ),
      needs_confirmation: Type.Array(
        openList(CONFIRMATION_REASONS, { description: 'One reason.', examples: ['concerns_contract'] }),
        { description: 'Why the primary must confirm it (R25); empty if no confirmation is needed.' },
      ),
      confirmation: nullableRef(ref(Confirmation), 'The confirmation, the last of several; null while one is missing.'),
      confirmations: Type.Array(ref(Confirmation), {
        description:
          'All confirmations that hold. A person change may need several: that of each primary for the own contracts.',
      }),
      approved_by: nullableRef(
        ref(Authority),
        'The client that approved the application on the requested day; null if no client has approved it yet, or ' +
          'if the request has no day.',
      ),
      approved_at: nullable(moment('When it was approved; null if it was not.', '2026-11-25T01:20:00.000Z')),
      received_at: moment('When the request was recorded.', '2026-11-24T06:40:00.000Z'),
      filed_by: Type.Array(ref(Authority), { description: 'Every client that recorded the request or changed it.' }),
      closed_at: nullable(
        moment('When it reached its final state; null while it is open.', '2026-11-25T02:00:00.000Z'),
      ),
      reason: nullable(
        Type.String({
          description: 'Why it was rejected or withdrawn, if a reason was given.',
          examples: ['The customer asked again with other names.'],
        }),
      ),
      problems: Type.Array(ref(ListedProblem), {
        description: 'The problems because of which it failed; empty in any other state.',
      }),
      plan: Type.Optional(
        nullableRef(
          ref(RosterPlan),
          'What the request would change if it were applied now, and what prevents it. Null in a final state, and ' +
            'for a person change. Lists do not have it.',
        ),
      ),
      contract_plans: Type.Optional(
        nullableRef(
          ref(PersonChangePlan),
          'The same of a person change, for each contract; not feasible and without contracts if the person is on ' +
            'none any more. Null in a final state, and for a request of one contract. Lists do not have it.',
        ),
      ),
    },
    {
      description:
        'A change that a customer requests from support (ご担当者様の登録内容の変更): who asked, who confirmed, and its state ' +
        '(R24, R25).',
    },
  ),
)

export const ChangeRequestPage = pageSchema(
  'ChangeRequestPage',
  ChangeRequest,
  'A page of change requests, in the order in which they were received.',
)

const requestLink = (operationId: string, description: string) => ({
  operationId,
  description,
  parameters: { change_request_id: '$response.body#/change_request_id' },
})

/** The operations that an answered change request leads to. */
export const changeRequestLinks = {
  getChangeRequest: requestLink('getChangeRequest', 'Reads the request again, with its plan at that moment.'),
  confirmChangeRequest: requestLink('confirmChangeRequest', "Records the primary's confirmation."),
  approveChangeRequest: requestLink('approveChangeRequest', 'Approves its application on the requested day.'),
  applyChangeRequest: requestLink('applyChangeRequest', 'Applies it.'),
  updateChangeRequest: requestLink('updateChangeRequest', 'Changes it while it is open.'),
  getRoster: {
    operationId: 'getRoster',
    description: "Reads the contract's roster.",
    parameters: { contract_id: '$response.body#/contract_id' },
  },
}

/** The named schemas of this file. */
export const changeRequestsComponents: readonly NamedSchema[] = [ChangeRequest, ChangeRequestPage]
