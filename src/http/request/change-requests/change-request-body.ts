import type { Static } from 'typebox'
import type { RequestedChange } from '#actions/change-requests/request-change.ts'
import type { ChangeRequestUpdate } from '#actions/change-requests/update-change-request.ts'
import type { ChangeOperation } from '#domain/change-requests/change-operations.ts'
import type { ConfirmationInput } from '#domain/change-requests/confirmation.ts'
import type { AskedPersonChange } from '#domain/change-requests/person-change.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { contactInputOf, contactPatchOf, successorOf } from '#http/request/rosters/contact-body.ts'
import { personChangeOf } from '#http/request/rosters/person-change-body.ts'
import { restorationOf } from '#http/request/rosters/restoration-body.ts'
import type * as schemas from '#http/schemas/change-requests/change-request-input.ts'
import type { ChangeRequestPatch } from '#http/schemas/change-requests/change-request-patch.ts'
import type { ChangeOperationInput } from '#http/schemas/change-requests/requested-operations.ts'

type AskedChange = Omit<RequestedChange, 'asking' | 'caller' | 'rights' | 'key'>

/** The change that a customer asks for, with the defaults of the published document. */
export function changeRequestInputOf(body: Static<typeof schemas.ChangeRequestInput>): AskedChange {
  const { contract_id = null, privacy_notice_version = null, subject = null } = body
  const person_change = personOf(body, privacy_notice_version)
  const operations = body.operations ?? []
  if (contract_id !== null && body.operations == null)
    throw invalidRequest({ pointer: '#/operations', code: 'required' })
  if (person_change !== null && operations.length > 0)
    throw invalidRequest({ pointer: '#', code: 'one-of', fields: ['operations', 'person_change'] })
  if (person_change === null && operations.length === 0 && subject === null)
    throw invalidRequest({ pointer: '#/subject', code: 'required' })
  return {
    contract_id,
    person_change,
    concerns_contract: body.concerns_contract ?? false,
    effective_on: body.effective_on ?? null,
    confirm_removals: body.confirm_removals ?? null,
    subject,
    operations: operationsOf(operations, privacy_notice_version),
  }
}

function personOf(
  { person_change }: Pick<Static<typeof ChangeRequestPatch>, 'person_change'>,
  notice: string | null,
): AskedPersonChange | null {
  return person_change == null ? null : personChangeOf(person_change, '#/person_change', notice)
}

/**
 * What changes of an open request: only the fields that the patch has. Null means the same as a field that is left out.
 */
export function changeRequestPatchOf({
  operations,
  privacy_notice_version = null,
  concerns_contract,
  ...fields
}: Static<typeof ChangeRequestPatch>): ChangeRequestUpdate['patch'] {
  const { subject, effective_on, confirm_removals, contract_id, customer_id } = fields
  const person_change = personOf(fields, privacy_notice_version)
  return {
    ...(person_change !== null && { person_change }),
    ...(operations !== undefined && { operations: operationsOf(operations, privacy_notice_version) }),
    ...(concerns_contract !== undefined && { concerns_contract: concerns_contract ?? false }),
    ...(subject !== undefined && { subject }),
    ...(effective_on !== undefined && { effective_on }),
    ...(confirm_removals !== undefined && { confirm_removals }),
    ...(contract_id != null && { contract_id }),
    ...(customer_id != null && { customer_id }),
  }
}

/** Who confirmed, and how: a contact by its id, or another person by name. */
export function confirmationInputOf(body: Static<typeof schemas.ConfirmationInput>): ConfirmationInput {
  const { confirmed_by, channel, note = null, ticket = null, reason = null } = body
  const { contact_id = null, name = null, position = null } = confirmed_by
  if (contact_id !== null && name === null) return { confirmed_by: { contact_id }, channel, note, ticket, reason }
  if (contact_id === null && name !== null) return { confirmed_by: { name, position }, channel, note, ticket, reason }
  throw invalidRequest({ pointer: '#/confirmed_by', code: 'one-of', fields: ['contact_id', 'name'] })
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

function operationsOf(operations: readonly Operation[], notice: string | null): ChangeOperation[] {
  return operations.map((operation, index) => operationOf(withNotice(operation, notice), `#/operations/${index}`))
}

function operationOf(operation: Operation, pointer: string): ChangeOperation {
  if (operation.op === 'add') return { op: 'add', contact: contactInputOf(operation.contact) }
  if (operation.op === 'update')
    return {
      op: 'update',
      contact_id: operation.contact_id,
      changes: contactPatchOf(operation.changes, `${pointer}/changes`),
    }
  if (operation.op === 'remove') return operation
  if (operation.op === 'restore')
    return { op: 'restore', contact_id: operation.contact_id, ...restorationOf(operation) }
  return {
    op: 'make_primary',
    ...successorOf(operation, pointer),
    former_primary: operation.former_primary ?? 'secondary',
  }
}
