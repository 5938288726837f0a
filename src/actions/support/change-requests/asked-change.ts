import { RefusedError, type Refusal } from '#domain/refusal.ts'
import { settledRequester, type Asking, type RequestedBy } from '#domain/requester.ts'
import type { Roster } from '#domain/roster.ts'

/** Who asked, where a request must say so (R25). */
export function namedRequester(rosters: readonly Roster[], asking: Asking): RequestedBy {
  const requested_by = settledRequester(
    rosters.flatMap(({ contacts }) => contacts),
    asking,
  )
  if (requested_by === null) throw new RefusedError({ type: 'requester-required' })
  return requested_by
}

/** The customer of a request's contracts. */
export function customerOf([roster]: readonly Roster[]): string {
  if (roster === undefined) throw new Error('a request is about one contract at least')
  return roster.contract.customer_id
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
