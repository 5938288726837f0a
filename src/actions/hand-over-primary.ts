import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { changeRoster } from '#actions/support/change-roster.ts'
import { acceptContact } from '#actions/register-contact.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { ContactInput } from '#domain/contact-input.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { nameKey } from '#domain/person-name.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster, DesiredContact } from '#domain/roster.ts'
import type { FormerPrimaryOutcome } from '#domain/vocabulary.ts'

/** Who becomes the primary: a contact of the contract, or somebody new who is registered with it. */
export type PrimarySuccessor = { contact_id: string } | { new_contact: Omit<ContactInput, 'role'> }

export type PrimaryHandOver = {
  contract_id: string
  successor: PrimarySuccessor
  former_primary: FormerPrimaryOutcome
  preconditions: Preconditions
  requester: Requester
}

/**
 * Hands the primary role over, or replaces the primary, in one step that also works when every seat is taken (R11).
 * Answers with the contact that is the primary now. The conditions are those of the primary that was.
 */
export async function handOverPrimary(
  context: ActionContext,
  handOver: PrimaryHandOver,
): Promise<WithWarnings<ContactView>> {
  const { contract_id, requester } = handOver
  return await inTransaction(context.database, async trx => {
    const plan = await changeRoster(context, trx, {
      contract_id,
      requester,
      wish: roster => wishedRoster(context, roster, handOver),
    })
    const contacts = [...plan.added, ...plan.changed.map(({ after }) => after), ...plan.kept]
    return withWarnings(contactView(contacts.find(contact => contact.role === 'primary')!), plan.warnings)
  })
}

function wishedRoster(
  { newId }: ActionContext,
  roster: Roster,
  { successor, former_primary, preconditions }: PrimaryHandOver,
): readonly DesiredContact[] {
  const former = roster.contacts.find(contact => contact.role === 'primary')
  assertPreconditions(preconditions, former === undefined ? null : entityTag(contactView(former)))
  const next =
    'contact_id' in successor
      ? namedSuccessor(roster, successor.contact_id)
      : newPrimary(roster, successor.new_contact, newId())
  if (former !== undefined && isSamePerson(next, former)) return roster.contacts // a repeat
  const others = roster.contacts.filter(
    contact => contact.contact_id !== next.contact_id && !(contact === former && former_primary === 'removed'),
  )
  return [
    ...others.map(contact => (contact === former ? { ...contact, role: 'secondary' as const } : contact)),
    { ...next, role: 'primary' },
  ]
}

function newPrimary(
  { contract: { customer_name }, contacts }: Roster,
  person: Omit<ContactInput, 'role'>,
  contact_id: string,
): DesiredContact {
  return acceptContact({ ...person, role: 'primary' }, contact_id, {
    customer_name,
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
