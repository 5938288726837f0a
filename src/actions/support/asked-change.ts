import { RefusedError, type Refusal } from '#domain/refusal.ts'
import { settledRequester, type Asking, type RequestedBy } from '#domain/requester.ts'
import type { Roster } from '#domain/roster.ts'

/** Who asked, where a request must say so (R25). */
export function namedRequester({ contacts }: Pick<Roster, 'contacts'>, asking: Asking): RequestedBy {
  const requested_by = settledRequester(contacts, asking)
  if (requested_by === null) throw new RefusedError({ type: 'requester-required' })
  return requested_by
}

/** Refuses operations that could never be applied. */
export function assertReadable([first, ...others]: readonly Refusal[]): void {
  if (first !== undefined) throw new RefusedError({ pointers: [], ...first }, ...others)
}

/** Refuses a day that has passed, in the vendor's time zone. */
export function assertNotPast(effective_on: string | null, today: string): void {
  if (effective_on === null || effective_on >= today) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/effective_on', code: 'in-the-past' }] })
}
