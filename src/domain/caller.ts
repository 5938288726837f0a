import type { RequestedBy } from '#domain/requester.ts'
import type { ChangeSource } from '#domain/vocabulary.ts'

/**
 * The client or job that makes a change, the person it acts for, its request, and how the change came: the change
 * request behind it, and the person at the customer who asked (R25).
 */
export type Caller = {
  actor: string
  on_behalf_of?: string
  request_id: string
  source: ChangeSource
  change_request_id?: string
  requested_by?: RequestedBy | null
}

/** A change as history records it: which caller made it, and when. */
export type Change = Caller & { occurred_at: string }
