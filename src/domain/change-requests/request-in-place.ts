import type { RequesterInput } from '#domain/requester-input.ts'
import { isPrimary, type DesiredContact, type RosterDifference } from '#domain/roster.ts'

/** The body of a change request that asks for a change which the primary has to confirm (R25). */
export type RequestInPlace = ContractRequest | { person_change: object; requested_by: RequesterInput }

type ContractRequest = {
  contract_id: string
  operations: object[]
  confirm_removals?: number
  requested_by: RequesterInput
}

/**
 * The change request to file in place of a write that needs the primary's confirmation: it leads to the same roster.
 * All operations are planned together, so that their order does not matter.
 */
export function requestInPlaceOf(
  contract_id: string,
  { added, changed, removed }: RosterDifference,
  requested_by: RequesterInput,
): ContractRequest {
  const next = [...added, ...changed.map(({ after }) => after)].find(
    contact => isPrimary(contact) && !isRestored(contact),
  )
  const isHandedOver = next !== undefined && !changed.some(({ before }) => isPrimary(before) && isSame(before, next))
  const replaced = isHandedOver ? removed.find(isPrimary) : undefined
  return {
    contract_id,
    operations: [
      ...changed.map(({ before, after }) => update(before, after)).filter(({ changes }) => hasAny(changes)),
      ...removed.filter(contact => contact !== replaced).map(({ contact_id }) => ({ op: 'remove', contact_id })),
      ...added.filter(contact => contact !== next).map(addition),
      ...(isHandedOver ? [makePrimary(next, added, replaced === undefined ? 'secondary' : 'removed')] : []),
    ],
    ...(removed.length > 0 && { confirm_removals: removed.length }),
    requested_by,
  }
}

function isRestored({ restoration }: DesiredContact): boolean {
  return restoration !== undefined
}

function isSame(one: { contact_id: string }, other: { contact_id: string }): boolean {
  return one.contact_id === other.contact_id
}

function makePrimary(next: DesiredContact, added: readonly DesiredContact[], former_primary: 'secondary' | 'removed') {
  return added.includes(next)
    ? { op: 'make_primary', new_contact: described(next), former_primary }
    : { op: 'make_primary', contact_id: next.contact_id, former_primary }
}

const FIELDS = [
  'family_name',
  'given_name',
  'email',
  'shared_mailbox',
  'duties',
  'privacy_notice_version',
  'privacy_notice_shown_at',
] as const

/** The step that registers a contact, or that brings a removed one back as it was. */
function addition(contact: DesiredContact) {
  const { restoration, carried_from: contact_id } = contact
  if (restoration === undefined) return { op: 'add', contact: described(contact) }
  const { role, shared_mailbox } = restoration
  return { op: 'restore', contact_id, ...(role !== null && { role }), ...(shared_mailbox && { shared_mailbox }) }
}

/** The fields of a person whom a request describes whole. */
function described(contact: DesiredContact): object {
  return { ...given(Object.fromEntries(FIELDS.map(field => [field, contact[field]]))), ...overrideOf(contact) }
}

/** A step with the fields of a contact that change; the role is handed over by another step. */
function update(before: DesiredContact, after: DesiredContact) {
  const fields = FIELDS.filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const changes = { ...Object.fromEntries(fields.map(field => [field, after[field]])), ...overrideOf(after) }
  return { op: 'update', contact_id: before.contact_id, changes }
}

function overrideOf({ name_note }: DesiredContact): object {
  const override = name_note?.override ?? null
  return override === null ? {} : { name_override: override }
}

function hasAny(changes: object): boolean {
  return Object.keys(changes).length > 0
}

/** The fields that have a value. */
function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}
