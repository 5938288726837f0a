import type { AddressFault } from '#domain/addresses/address-fault.ts'
import type { HolderOfAddress } from '#domain/holder-of-address.ts'
import type { NameCode } from '#domain/names/name-verdict.ts'
import type { NameOverride } from '#domain/name-note.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { RequestInPlace } from '#domain/change-requests/request-in-place.ts'
import type {
  ChangeRequestState,
  ConfirmationReason,
  ContractState,
  ImportState,
  LifecycleConflict,
} from '#domain/vocabulary.ts'
import type { DisabledReason } from '#domain/webhooks/webhook-endpoint.ts'

/** A place in the request, in the body unless it says so, that names a thing which the registry does not know (R9). */
export type UnknownReference = {
  in?: 'query'
  pointer: string
  resource: 'app' | 'contact' | 'contract' | 'customer' | 'product'
  id?: string
}

/**
 * A fault of a field that only a rule or a clock can find, not a schema: where it is, and what is wrong. The place is
 * in the body, unless it says another part of the request.
 */
export type InvalidField = { in?: 'query'; pointer: string } & (
  | {
      code:
        | 'required'
        | 'duplicate'
        | 'read-only'
        | 'in-the-future'
        | 'in-the-past'
        | 'before-start'
        | 'person-erased'
        | 'not-a-url'
        | 'plain-http'
        | 'credentials-in-url'
        | 'forbidden-address'
        | 'expired-from-the-start'
        | 'beyond-lifetime'
        | 'own-request'
        | 'same-contract'
        | 'combining-marks'
        | 'differs-from-parts'
        | 'no-rows'
    }
  | ({ code: 'invalid-address' } & AddressFault)
  /** Counted once width forms are unified, as names are kept. */
  | { code: 'too-long'; limit: number; unified: true }
)

/**
 * A contact that has the address, and may be the newcomer under another spelling (R17). `registered` says where it is
 * now, on the contract concerned or on another; a contact that the same request brings is registered nowhere yet.
 */
export type PossiblySamePerson = PersonName & {
  contact_id: string
  contract_id: string
  registered?: 'here' | 'elsewhere'
}

/** A contact that a requester may be (R25). */
type RequesterCandidate = { contact_id: string; name: string }

/** R34: the body of a person change, to be filed in place of a change that would make two people of one. */
export type PersonChangeInPlace = {
  contact_id: string
  changes: { family_name?: string; given_name?: string | null; email?: string }
  shared_mailbox?: boolean
  name_override?: NameOverride
}

type RefusalFacts =
  | { type: 'invalid-request'; errors: InvalidField[] }
  | { type: 'invalid-value'; errors: InvalidField[] }
  | { type: 'forbidden'; required_scope: string; to_grant?: true }
  /** What a client may not do to itself, or not give because it does not have it. */
  | { type: 'forbidden'; because: 'own-terms' | 'beyond-ranges' | 'beyond-end' | 'names-requester' }
  | {
      type: 'not-found'
      resource:
        | 'api_client'
        | 'api_key'
        | 'app'
        | 'application_form'
        | 'change_request'
        | 'contact'
        | 'contract'
        | 'customer'
        | 'import'
        | 'person'
        | 'product'
        | 'support_account'
        | 'webhook_delivery'
        | 'webhook_endpoint'
      removed?: true
    }
  | { type: 'unknown-reference'; references: UnknownReference[] }
  | { type: 'requester-required' }
  | { type: 'requester-ambiguous'; candidates?: RequesterCandidate[] }
  | { type: 'customer-fixed'; contract_id: string }
  | { type: 'contract-not-in-force'; contract_id: string; state: ContractState; ends_on: string | null }
  | { type: 'already-registered'; contract_id: string; registered_at: string | null }
  | { type: 'form-limit-reached'; contract_id: string; form_version: string; limit: number; given: number }
  | { type: 'removals-unconfirmed'; contract_id: string; removals: number; is_requested?: true }
  | {
      type: 'confirmation-required'
      contract_id: string
      primary_contact_id?: string
      needs_confirmation: readonly ConfirmationReason[]
      /** The request that waits, or else the request to file in place of the write. */
      change_request_id?: string
      request_in_place?: RequestInPlace
    }
  | {
      type: 'state-conflict'
      change_request_id: string
      state: ChangeRequestState
      effective_on: string | null
    }
  | { type: 'state-conflict'; contract_id: string; registered_at: string }
  | { type: 'state-conflict'; contract_id: string; because: LifecycleConflict }
  | { type: 'state-conflict'; customer_id: string; contract_ids: string[] }
  | { type: 'state-conflict'; import_id: string; state: ImportState }
  | { type: 'state-conflict'; client_id: string; child_client_ids: string[] }
  /** The account has the help desk's id already. */
  | { type: 'state-conflict'; account_id: string; external_id: string }
  | { type: 'state-conflict'; most_endpoints: number }
  | { type: 'state-conflict'; endpoint_id: string; disabled_reason: DisabledReason }
  | { type: 'seat-limit-reached'; contract_id: string; limit: number; used: number; over: number }
  | { type: 'primary-required'; contract_id: string; primary_contact_id?: string }
  | { type: 'primary-exists'; contract_id?: string; primary_contact_id?: string }
  | { type: 'duplicate-contact'; contract_id?: string; contact_id?: string }
  | { type: 'email-in-use'; contacts: HolderOfAddress[]; possibly_same_person?: PossiblySamePerson[] }
  | { type: 'email-taken' }
  /** R36: `count` of all contacts concerned. */
  | { type: 'address-stays-behind'; contacts: HolderOfAddress[]; count: number }
  | { type: 'person-elsewhere'; contacts: HolderOfAddress[]; person_change: PersonChangeInPlace }
  | {
      type: 'name-not-personal'
      code: NameCode
      pointer: string
      matched: string
      suggestions: PersonName[]
      can_be_overridden: boolean
    }
  | { type: 'account-closed'; account_id: string }
  | { type: 'still-registered'; contact_id: string; contract_id: string }
  | { type: 'precondition-required' }
  | { type: 'precondition-failed'; current_etag: string | null }
  | { type: 'idempotency-key-in-use' }
  | { type: 'idempotency-key-reused' }

type RefusalPlaces = {
  /** The contract that it is about, where a change is of several. */
  contract_id?: string
  /** The contacts of the desired roster that break the rule, by their ids. */
  about?: readonly string[]
  /** Where the request describes what breaks the rule, as JSON Pointers in a URI fragment. */
  pointers?: readonly string[]
}

/**
 * Everything that the registry refuses to do, with what is needed to put it right. The one catalogue of
 * refusals: the HTTP layer knows the status and the words of each type, nothing else invents any. Refusals are kept, so
 * they hold facts and no words.
 */
export type Refusal = RefusalFacts & RefusalPlaces

/** A refusal that is judged over all contracts of a change together, with the contract that it is about. */
export type JointRefusal = { contract_id: string; refusal: Refusal }

/**
 * How many refusals are kept of one request, and how many things that one of them names: one more than an answer lists,
 * so that it can say that there are more.
 */
export const MOST_REFUSALS = 51

/** Thrown where a rule says no. What it interrupts is undone whole; the first refusal is the answer. */
export class RefusedError extends Error {
  readonly refusals: readonly [Refusal, ...Refusal[]]
  /** Whether this is the first answer to an idempotency key again. */
  replayed = false

  constructor(first: Refusal, ...others: Refusal[]) {
    super(first.type)
    this.name = 'RefusedError'
    this.refusals = [first, ...others.slice(0, MOST_REFUSALS - 1)]
  }
}
