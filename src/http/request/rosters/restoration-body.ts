import type { Static } from 'typebox'
import type { Restoration } from '#domain/roster.ts'
import type { RestorationInput } from '#http/schemas/rosters/restored-contacts.ts'

/** What is different about a contact that comes back. */
export function restorationOf(body: Pick<Static<typeof RestorationInput>, 'role' | 'shared_mailbox'>): Restoration {
  return { role: body.role ?? null, shared_mailbox: body.shared_mailbox === true }
}
