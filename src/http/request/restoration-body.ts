import type { Static } from 'typebox'
import type { RestoredFields } from '#domain/restored-contact.ts'
import type { RestorationInput } from '#http/schemas/restored-contacts.ts'

/** What is different about a contact that comes back. */
export function restoredFieldsOf(body: Static<typeof RestorationInput>): RestoredFields {
  return { role: body.role ?? null, shared_mailbox: body.shared_mailbox === true }
}
