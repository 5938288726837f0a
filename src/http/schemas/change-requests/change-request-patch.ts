import { Type } from 'typebox'
import { closedObject, compared, component, passedOver, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { askedFields, askedOperations } from '#http/schemas/change-requests/change-request-input.ts'
import { ChangeRequest, ChangeRequestPath } from '#http/schemas/change-requests/change-requests.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { AskedPersonChange } from '#http/schemas/change-requests/requested-person-changes.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'

export const ChangeRequestPatch = component(
  'ChangeRequestPatch',
  closedObject(
    {
      operations: Type.Optional(askedOperations),
      person_change: Type.Optional(ref(AskedPersonChange)),
      requested_by,
      ...askedFields,
      contract_id: compared(contractId),
      customer_id: compared(customerId),
    },
    {
      description:
        'The changes of an open request, as JSON Merge Patch (RFC 7396): an omitted field keeps its value, null ' +
        'removes it. `operations` and `person_change` are replaced as a whole: a request stays of the one kind or ' +
        'the other. A client can send back a request as it was answered.',
    },
    {
      change_request_id: compared(ChangeRequestPath.properties.change_request_id),
      ...passedOver(
        ChangeRequest,
        'state',
        'needs_confirmation',
        'confirmation',
        'confirmations',
        'approved_by',
        'approved_at',
        'received_at',
        'filed_by',
        'closed_at',
        'reason',
        'problems',
        'plan',
        'contract_plans',
      ),
    },
  ),
)

/** The named schemas of this file. */
export const changeRequestPatchComponents: readonly NamedSchema[] = [ChangeRequestPatch]
