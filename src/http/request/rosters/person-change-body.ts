import type { Static } from 'typebox'
import type { AskedPersonChange } from '#domain/change-requests/person-change.ts'
import { contactChangesOf, successorOf } from '#http/request/rosters/contact-body.ts'
import type * as schemas from '#http/schemas/change-requests/requested-person-changes.ts'

type Asked = NonNullable<Static<typeof schemas.AskedPersonChange>>

/**
 * What concerns a person on all contracts of a customer: what changes, or who follows where they leave. `notice` is the
 * privacy notice of new people who have none of their own.
 */
export function personChangeOf(body: Asked, pointer = '#', notice: string | null = null): AskedPersonChange {
  const { contact_id, changes = null, successors = null, shared_mailbox = null, name_override = null } = body
  if (changes === null)
    return {
      contact_id,
      successors: (successors ?? []).map(({ contract_id, ...successor }, index) => ({
        contract_id,
        ...withNotice(successorOf(successor, `${pointer}/successors/${index}`), notice),
      })),
    }
  const asked = {
    ...changes,
    ...(shared_mailbox !== null && { shared_mailbox }),
    ...(name_override !== null && { name_override }),
  }
  const { derived: _none, ...given } = contactChangesOf(asked, `${pointer}/changes`)
  return { contact_id, changes: given }
}

function withNotice(successor: ReturnType<typeof successorOf>, notice: string | null) {
  if (!('new_contact' in successor) || notice === null) return successor
  return { new_contact: { privacy_notice_version: notice, ...successor.new_contact } }
}
