import type { Static } from 'typebox'
import type { RequestedChange } from '#actions/request-change.ts'
import type { ChangeOperation } from '#domain/change-operations.ts'
import type { ConfirmationInput } from '#domain/change-request-steps.ts'
import { contactInputOf, contactPatchOf, successorOf } from '#http/request/contact-body.ts'
import type * as schemas from '#http/schemas/change-request-input.ts'
import type { ChangeOperationInput } from '#http/schemas/requested-operations.ts'

type AskedChange = Omit<RequestedChange, 'asking' | 'caller' | 'rights' | 'key'>

/** The change that a customer asks for, with the defaults of the published document. */
export function changeRequestInputOf(body: Static<typeof schemas.ChangeRequestInput>): AskedChange {
  const { contract_id, operations, privacy_notice_version = null } = body
  return {
    contract_id,
    concerns_contract: body.concerns_contract ?? false,
    effective_on: body.effective_on ?? null,
    confirm_removals: body.confirm_removals ?? null,
    operations: operations.map((operation, index) =>
      operationOf(withNotice(operation, privacy_notice_version), `#/operations/${index}`),
    ),
  }
}

/** The primary's confirmation. */
export function confirmationInputOf(body: Static<typeof schemas.ConfirmationInput>): ConfirmationInput {
  const { contact_id, channel, ticket = null } = body
  return { contact_id, channel, ticket }
}

type Operation = Static<typeof ChangeOperationInput>

/** A step whose new contact has the request's privacy notice, unless it has one of its own. */
function withNotice(operation: Operation, notice: string | null): Operation {
  const own = <Person extends { privacy_notice_version?: string | null }>(person: Person): Person => ({
    ...person,
    privacy_notice_version: person.privacy_notice_version ?? notice,
  })
  if (operation.op === 'add') return { ...operation, contact: own(operation.contact) }
  if (operation.op === 'make_primary' && operation.new_contact)
    return { ...operation, new_contact: own(operation.new_contact) }
  return operation
}

function operationOf(operation: Operation, pointer: string): ChangeOperation {
  if (operation.op === 'add') return { op: 'add', contact: contactInputOf(operation.contact) }
  if (operation.op === 'update')
    return { op: 'update', contact_id: operation.contact_id, changes: contactPatchOf(operation.changes) }
  if (operation.op === 'remove') return operation
  return {
    op: 'make_primary',
    ...successorOf(operation, pointer),
    former_primary: operation.former_primary ?? 'secondary',
  }
}
