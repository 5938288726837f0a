/** The client that asks for a change, the person it acts for, its request, and the change request behind it (R25). */
export type Requester = { actor: string; on_behalf_of?: string; request_id: string; change_request_id?: string }

/** A change as history records it: who asked for it, and when it happened. */
export type Change = Requester & { occurred_at: string }
