import type { Static } from 'typebox'
import type { RequestedChange } from '#actions/request-change.ts'
import type { ChangeOperation } from '#domain/change-operations.ts'
import type { ConfirmationInput } from '#domain/change-request-steps.ts'
import { contactInputOf, contactPatchOf, successorOf } from '#http/request/contact-body.ts'
import type * as schemas from '#http/schemas/change-request-input.ts'
import type { ChangeOperationInput } from '#http/schemas/requested-operations.ts'

type AskedChange = Omit<RequestedChange, 'requester' | 'rights' | 'key'>

/** What a customer asks for, with the defaults that the contract names. */
export function changeRequestInputOf(body: Static<typeof schemas.ChangeRequestInput>): AskedChange {
  const { contract_id, operations, requested_by, concerns_contract = false, effective_on = null } = body
  const { email = null, ticket_number = null, ...asker } = requested_by
  return {
    contract_id,
    concerns_contract,
    effective_on,
    operations: operations.map(operationOf),
    requested_by: { ...asker, email, ticket_number },
  }
}

/** The primary's confirmation. */
export function confirmationInputOf(body: Static<typeof schemas.ConfirmationInput>): ConfirmationInput {
  const { contact_id, channel, ticket_number = null } = body
  return { contact_id, channel, ticket_number }
}

function operationOf(operation: Static<typeof ChangeOperationInput>): ChangeOperation {
  if (operation.op === 'add') return { op: 'add', contact: contactInputOf(operation.contact) }
  if (operation.op === 'update')
    return { op: 'update', contact_id: operation.contact_id, changes: contactPatchOf(operation.changes) }
  if (operation.op === 'remove') return operation
  return { op: 'make_primary', ...successorOf(operation), former_primary: operation.former_primary ?? 'secondary' }
}
