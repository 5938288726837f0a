import type { Static } from 'typebox'
import type { PersonMatter } from '#domain/person-change.ts'
import { contactChangesOf, successorOf } from '#http/request/contact-body.ts'
import type { PersonChangeInput } from '#http/schemas/person-changes.ts'

/** What concerns a person on all contracts of a customer: what changes, or who follows where they leave. */
export function personMatterOf(body: Static<typeof PersonChangeInput>): PersonMatter {
  const { changes = null, successors = null, shared_mailbox = null, name_override = null } = body
  if (changes === null)
    return {
      successors: (successors ?? []).map(({ contract_id, ...successor }, index) => ({
        contract_id,
        ...successorOf(successor, `#/successors/${index}`),
      })),
    }
  const { derived: _none, ...given } = contactChangesOf({
    ...changes,
    ...(shared_mailbox !== null && { shared_mailbox }),
    ...(name_override !== null && { name_override }),
  })
  return { changes: given }
}
