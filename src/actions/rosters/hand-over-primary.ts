import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { acceptContact } from '#domain/contacts/accept-contact.ts'
import type { ContactInput } from '#domain/contacts/contact-input.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Asking } from '#domain/requester.ts'
import { contactAfter } from '#domain/rosters/roster-plan.ts'
import { rosterView } from '#domain/rosters/roster-view.ts'
import { primaryOf, type DesiredContact, type Roster } from '#domain/roster.ts'
import type { FormerPrimaryOutcome } from '#domain/vocabulary.ts'

/** The next primary: a contact of the contract, or a person who is registered in the same step. */
export type PrimarySuccessor = { contact_id: string } | { new_contact: Omit<ContactInput, 'role'> }

export type PrimaryHandOver = {
  contract_id: string
  successor: PrimarySuccessor
  former_primary: FormerPrimaryOutcome
  preconditions: Preconditions
  asking: Asking
  caller: Caller
}

/**
 * Hands the primary role over, or replaces the primary, in one step that also works when every seat is taken (R11).
 * Answers with the contact that is the primary now. The conditions are those of the roster.
 */
export async function handOverPrimary(
  context: ActionContext,
  { contract_id, successor, former_primary, preconditions, asking, caller }: PrimaryHandOver,
): Promise<WithWarnings<ContactView>> {
  return await inTransaction(context.database, async trx => {
    const roster = await lockRoster(context, trx, contract_id)
    const former = primaryOf(roster.contacts)
    assertPreconditions(preconditions, entityTag(rosterView(roster.contract, roster.contacts)))
    const next = successorOn(roster, successor, context.newId)
    const isRepeat = former !== undefined && isSamePerson(next, former)
    const desired = desiredRoster(isRepeat ? roster.contacts : handedOver(roster, former, next, former_primary))
    const { plan, statements } = await planRosterChange(context, trx, { roster, desired, asking, caller })
    await trx.commitWith(...statements)
    const { contact_id } = isRepeat ? former : next
    return withWarnings(contactView(contactAfter(plan, contact_id)), plan.warnings)
  })
}

/** The roster with the next primary; the former one stays as a secondary, or is removed. */
function handedOver(
  { contacts }: Roster,
  former: Contact | undefined,
  next: DesiredContact,
  former_primary: FormerPrimaryOutcome,
): DesiredContact[] {
  const others = contacts.filter(
    contact => contact.contact_id !== next.contact_id && !(contact === former && former_primary === 'removed'),
  )
  return [
    ...others.map(contact => (contact === former ? { ...contact, role: 'secondary' as const } : contact)),
    { ...next, role: 'primary' },
  ]
}

function successorOn(roster: Roster, successor: PrimarySuccessor, newId: () => string): DesiredContact {
  if ('contact_id' in successor) return namedSuccessor(roster, successor.contact_id)
  const { contract, contacts } = roster
  return acceptContact({ ...successor.new_contact, role: 'primary' }, newId(), {
    customer_name: contract.customer_name,
    pointer: '#/new_contact',
    present: read => contacts.find(contact => isSamePerson(read, contact)),
  })
}

function isSamePerson(next: DesiredContact, former: Contact): boolean {
  return (
    next.contact_id === former.contact_id || (next.email_key === former.email_key && nameKey(next) === nameKey(former))
  )
}

function namedSuccessor({ contacts }: Roster, contact_id: string): DesiredContact {
  const contact = contacts.find(other => other.contact_id === contact_id)
  if (contact === undefined)
    throw new RefusedError({
      type: 'unknown-reference',
      references: [{ pointer: '#/contact_id', resource: 'contact', id: contact_id }],
    })
  return contact
}
