/**
 * The client or job that makes a change, the person it acts for, its request, and the change request behind it (R25).
 * The person at the customer who asked is the requester; a change request records that.
 */
export type Caller = { actor: string; on_behalf_of?: string; request_id: string; change_request_id?: string }

/** A change as history records it: which caller made it, and when. */
export type Change = Caller & { occurred_at: string }
