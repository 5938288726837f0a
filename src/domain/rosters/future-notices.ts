import type { DesiredRoster } from '#domain/desired-roster.ts'
import { MOST_REFUSALS, type Refusal } from '#domain/refusal.ts'
import type { Contact } from '#domain/contact.ts'
import type { DesiredContact } from '#domain/roster.ts'

/** The contacts that come or change, as they are planned or only desired. */
type Written = {
  added: readonly (DesiredContact & { registered_at?: string })[]
  changed: readonly { before: Contact; after: DesiredContact }[]
}

/**
 * R32: refuses privacy notices that are yet to be shown, in the order of the request. A notice that was recorded before
 * is not looked at: clocks differ a little.
 */
export function futureNotices({ places }: DesiredRoster, { added, changed }: Written, now: string): Refusal[] {
  const written = [
    ...added.filter(({ privacy_notice_shown_at, registered_at }) => privacy_notice_shown_at !== registered_at),
    ...changed
      .filter(({ before, after }) => before.privacy_notice_shown_at !== after.privacy_notice_shown_at)
      .map(({ after }) => after),
  ]
  return written
    .filter(({ privacy_notice_shown_at }) => (privacy_notice_shown_at ?? now) > now)
    .slice(0, MOST_REFUSALS)
    .map(({ contact_id }) => ({
      type: 'invalid-value',
      errors: [{ pointer: `${places.get(contact_id) ?? '#'}/privacy_notice_shown_at`, code: 'in-the-future' }],
    }))
}
