import type { ChangeOperation } from '#domain/change-requests/change-operations.ts'
import type { AskedPersonChange } from '#domain/change-requests/person-change.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { RequestedBy } from '#domain/requester.ts'
import type { Authority } from '#domain/api-clients/rights.ts'
import type { Channel, ConfirmationReason } from '#domain/vocabulary.ts'

/** The person at the customer who confirmed: a contact, or a person whom the contract does not know. */
type Confirmer = {
  contact_id: string | null
  name: string
  position: string | null
  /** Whether that was the primary of then. */
  is_primary: boolean
}

/** A confirmation: who gave it and how, who was primary then, and who recorded it (R25). */
export type Confirmation = {
  confirmed_by: Confirmer
  primary_contact_id: string | null
  /** Of a person change: the contracts for which it was given, each with its primary of then. */
  contracts?: { contract_id: string; primary_contact_id: string | null }[]
  channel: Channel
  note: string | null
  ticket: string | null
  /** Why another person than the primary confirmed. */
  reason: string | null
  confirmed_at: string
  recorded_by: Authority
}

type Approved = { approved_by: Authority; approved_at: string }
type NotApproved = { approved_by: null; approved_at: null }

/** R24: the client with whose rights a job applies a request on its day, and when it approved that. */
export type Approval = Approved | NotApproved

export const NOT_APPROVED: NotApproved = { approved_by: null, approved_at: null }

/** The part of a change request that is the same in every state (R24, R25). */
export type AskedChange = {
  change_request_id: string
  /** Null in a request for a person change, which is of all contracts of the person. */
  contract_id: string | null
  customer_id: string
  /** None in a request for a person change, and in one that changes nothing and says in `subject` what it is about. */
  operations: ChangeOperation[]
  /** R34: what concerns a person, in place of a contract and operations. */
  person_change: AskedPersonChange | null
  subject: string | null
  /** How many contacts the operations remove, as the request says (R10); null where it does not say. */
  confirm_removals: number | null
  concerns_contract: boolean
  requested_by: RequestedBy
  needs_confirmation: ConfirmationReason[]
  /** The confirmations that hold: several where a person change needs those of several primaries. */
  confirmations: Confirmation[]
  received_at: string
  /** The requesters who filed the request or changed it. */
  filed_by: Authority[]
}

/** `effective_on` is the day from whose start the change shall hold, `YYYY-MM-DD` in the vendor's time zone. */
type OnADay = { effective_on: string }
type WithoutADay = { effective_on: null }
type AnyDay = { effective_on: string | null }

type Confirmable = { confirmation: Confirmation | null }
type Open = { closed_at: null; reason: null; refusals: [] }
/** `closed_at` is when the request came to its final state. */
type Closed = { closed_at: string }

export type UnconfirmedRequest = AskedChange &
  AnyDay & { state: 'needs_primary_confirmation'; confirmation: null } & Approval &
  Open
export type UnapprovedRequest = AskedChange & OnADay & { state: 'needs_approval' } & Confirmable & NotApproved & Open
export type ReadyRequest = AskedChange & WithoutADay & { state: 'ready' } & Confirmable & NotApproved & Open
export type ScheduledRequest = AskedChange & OnADay & { state: 'scheduled' } & Confirmable & Approved & Open
export type OpenChangeRequest = UnconfirmedRequest | UnapprovedRequest | ReadyRequest | ScheduledRequest

type Ended = AskedChange & AnyDay & Confirmable & Approval & Closed
export type AppliedRequest = Ended & { state: 'applied'; reason: null; refusals: [] }
export type RejectedRequest = Ended & { state: 'rejected'; reason: string; refusals: [] }
export type WithdrawnRequest = Ended & { state: 'withdrawn'; reason: string | null; refusals: [] }
/** `refusals` are the rules that forbade it on its day. */
export type FailedRequest = Ended & OnADay & { state: 'failed'; reason: null; refusals: Refusal[] }
type ClosedChangeRequest = AppliedRequest | RejectedRequest | WithdrawnRequest | FailedRequest

/** A change request: its state says which of its fields are set. */
export type ChangeRequest = OpenChangeRequest | ClosedChangeRequest

/** Whether a request may still be decided: it has not come to a final state. */
export function isOpen(request: ChangeRequest): request is OpenChangeRequest {
  return request.closed_at === null
}
