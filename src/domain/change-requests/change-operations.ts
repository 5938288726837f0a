import { changedInput, readContactInput, type ContactInput, type InputContext } from '#domain/contacts/contact-input.ts'
import { MOST_REFUSALS, type Refusal, type UnknownReference } from '#domain/refusal.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { removalRefusals } from '#domain/rosters/removal-guard.ts'
import { awayFrom, restoredContact, type Returning } from '#domain/contacts/restored-contact.ts'
import { isPrimary, type DesiredContact, type Restoration, type Roster } from '#domain/roster.ts'
import type { FormerPrimaryOutcome } from '#domain/vocabulary.ts'

/** The changes of a contact; a field that is absent stays. Another operation hands over the role (R11). */
export type ContactPatch = Partial<Omit<ContactInput, 'role'>>

/** One step of a change request (R24). All steps are planned together: the rules hold for the final state. */
export type ChangeOperation =
  | { op: 'add'; contact: ContactInput }
  | { op: 'update'; contact_id: string; changes: ContactPatch }
  | { op: 'remove'; contact_id: string }
  | ({ op: 'restore'; contact_id: string } & Restoration)
  | { op: 'make_primary'; contact_id: string; former_primary: FormerPrimaryOutcome }
  | { op: 'make_primary'; new_contact: Omit<ContactInput, 'role'>; former_primary: FormerPrimaryOutcome }

/** A step as it is kept: what was sent back with it is compared when it is filed, and holds only then. */
export function keptOperation(operation: ChangeOperation): ChangeOperation {
  if (operation.op === 'add') return { ...operation, contact: withoutDerived(operation.contact) }
  if (operation.op === 'update') return { ...operation, changes: withoutDerived(operation.changes) }
  if (operation.op === 'make_primary' && 'new_contact' in operation)
    return { ...operation, new_contact: withoutDerived(operation.new_contact) }
  return operation
}

function withoutDerived<Fields extends { derived?: unknown }>({ derived: _sent, ...fields }: Fields) {
  return fields
}

const WHOLE = '#/operations'

/** The steps of a change request, and how many contacts it says that it removes; null if it does not say. */
export type AskedOperations = { operations: readonly ChangeOperation[]; confirm_removals: number | null }

/** The contacts that the steps of a request bring back, by their ids. */
export type ReturningContacts = ReadonlyMap<string, Returning>

/** The contacts that steps bring back, each once. */
export function restoredIds(operations: readonly ChangeOperation[]): string[] {
  return [...new Set(operations.flatMap(step => (step.op === 'restore' ? [step.contact_id] : [])))]
}

type Steps = {
  contract: Roster['contract']
  desired: DesiredContact[]
  refusals: Refusal[]
  references: UnknownReference[]
  places: Map<string, string>
  returning: ReturningContacts
}

/**
 * The roster that the operations lead to, one after the other (R24). Refuses names and addresses that cannot be read,
 * and contacts that are not on the roster, or cannot come back to it; all of them at once.
 */
export function readOperations(
  roster: Roster,
  { operations, confirm_removals }: AskedOperations,
  newId: () => string,
  returning: ReturningContacts = new Map(),
): DesiredRoster {
  const steps: Steps = {
    contract: roster.contract,
    returning,
    desired: [...roster.contacts],
    refusals: [],
    references: [],
    places: new Map(),
  }
  for (const [index, operation] of operations.entries()) step(steps, operation, `${WHOLE}/${index}`, newId)
  const { desired, refusals, references, places } = steps
  if (references.length > 0)
    refusals.push({ type: 'unknown-reference', references: references.slice(0, MOST_REFUSALS) })
  const unconfirmed = removalRefusals(roster, desired, confirm_removals)
  return {
    contacts: desired,
    refusals: [...refusals, ...unconfirmed.map(refusal => ({ ...refusal, is_requested: true as const }))],
    places,
    whole: WHOLE,
  }
}

function step(steps: Steps, operation: ChangeOperation, pointer: string, newId: () => string): void {
  switch (operation.op) {
    case 'add':
      return void enter(steps, operation.contact, `${pointer}/contact`, newId)
    case 'update':
      return change(steps, operation.contact_id, pointer, contact =>
        read(steps, changedInput(contact, operation.changes), contact.contact_id, {
          pointer: `${pointer}/changes`,
          present: () => contact,
          is_named: true,
        }),
      )
    case 'remove':
      return change(steps, operation.contact_id, pointer, () => undefined)
    case 'restore':
      return restore(steps, operation, pointer, newId())
    case 'make_primary':
      return makePrimary(steps, operation, pointer, newId)
  }
}

function makePrimary(
  steps: Steps,
  operation: Extract<ChangeOperation, { op: 'make_primary' }>,
  pointer: string,
  newId: () => string,
): void {
  const contact_id =
    'contact_id' in operation
      ? operation.contact_id
      : enter(steps, { ...operation.new_contact, role: 'secondary' }, `${pointer}/new_contact`, newId)
  const former = steps.desired.find(contact => isPrimary(contact) && contact.contact_id !== contact_id)
  change(steps, contact_id, pointer, contact => ({ ...contact, role: 'primary' }))
  const isThere = steps.desired.some(contact => contact.contact_id === contact_id)
  if (former === undefined || !isThere) return
  change(steps, former.contact_id, pointer, () =>
    operation.former_primary === 'removed' ? undefined : { ...former, role: 'secondary' },
  )
}

/** Brings a removed contact of the contract back, unless the person was erased (R33). */
function restore(
  steps: Steps,
  { contact_id, role, shared_mailbox }: Extract<ChangeOperation, { op: 'restore' }>,
  pointer: string,
  new_id: string,
): void {
  const { contract, desired, refusals, references, places, returning } = steps
  const found = returning.get(contact_id)
  if (found?.contact.contract_id !== contract.contract_id || found.contact.erased_at != null)
    return void references.push({ pointer: `${pointer}/contact_id`, resource: 'contact', id: contact_id })
  const away = awayFrom(contract, desired, found.contact)
  if ('refusal' in away) return void refusals.push({ ...away.refusal, pointers: [`${pointer}/contact_id`] })
  const restored = restoredContact(away.removed, { role, shared_mailbox }, found.present, new_id)
  desired.push({ ...restored, name_note: { pointer, warnings: [], override: null } })
  places.set(new_id, pointer)
}

function enter(steps: Steps, input: ContactInput, pointer: string, newId: () => string): string {
  const contact = read(steps, input, newId(), { pointer })
  steps.desired.push(contact)
  steps.places.set(contact.contact_id, pointer)
  return contact.contact_id
}

function read(
  { contract: { customer_name }, refusals }: Steps,
  input: ContactInput,
  contact_id: string,
  context: Omit<InputContext, 'customer_name'>,
): DesiredContact {
  const is_judged = refusals.length < MOST_REFUSALS
  const read = readContactInput(input, contact_id, { customer_name, is_judged, ...context })
  refusals.push(...read.refusals)
  return read.contact
}

/** Replaces a contact of the list by the contact that `become` returns; removes it if that returns none. */
function change(
  steps: Steps,
  contact_id: string,
  pointer: string,
  become: (contact: DesiredContact) => DesiredContact | undefined,
): void {
  const contact = steps.desired.find(other => other.contact_id === contact_id)
  if (contact === undefined)
    return void steps.references.push({ pointer: `${pointer}/contact_id`, resource: 'contact', id: contact_id })
  const after = become(contact)
  steps.desired = steps.desired.flatMap(other => (other === contact ? (after ?? []) : other))
  steps.places.set(contact_id, pointer)
}
