import type { RefusalType } from '#domain/refusal.ts'

/** Problems that the edge itself answers with, beside the refusals of the domain. */
export const EDGE_PROBLEMS = [
  'unauthenticated', 'forbidden', 'method-not-allowed', 'not-acceptable', 'request-timeout', 'payload-too-large', 'uri-too-long', 'unsupported-media-type',
  'rate-limited', 'header-fields-too-large', 'internal-error', 'unavailable'
] as const

export type ProblemType = RefusalType | (typeof EDGE_PROBLEMS)[number]

export type ProblemExplanation = { status: number, title: string, meaning: string, remedy: string }

/** Every problem that the service can answer with: its status, and what `/problems/{type}` says of it. */
export const PROBLEM_TYPES = {
  'invalid-request': {
    status: 400,
    title: 'The request does not fit the contract',
    meaning: 'Something in the request is malformed: its syntax, a type, a length, a field or parameter that the contract does not know, or a cursor of another list. Nothing was changed.',
    remedy: 'Read `errors`: each entry points at one place (`in` and `pointer`) and says by its `code` what is wrong there. All of one part (path, query, header or body) are listed at once.'
  },
  'unauthenticated': {
    status: 401,
    title: 'No valid API key',
    meaning: 'The request carries no API key, or one that this service does not know.',
    remedy: 'Send the key as `Authorization: Bearer <key>`. Keys are never taken from the URL.'
  },
  'forbidden': {
    status: 403,
    title: 'The client lacks a scope',
    meaning: 'The API key is valid, but its client may not do this.',
    remedy: '`required_scope` names the scope that is missing. Ask whoever manages the API clients for it.'
  },
  'not-found': {
    status: 404,
    title: 'Nothing is here',
    meaning: 'There is nothing under this path, or nothing that the caller may see.',
    remedy: 'Check the path and the id. Ids are case-sensitive. A contact that was removed can still be read, but no longer changed.'
  },
  'method-not-allowed': {
    status: 405,
    title: 'This path does not know the method',
    meaning: 'The path exists, but not with this method.',
    remedy: 'Use one of the methods in the `Allow` header.'
  },
  'not-acceptable': {
    status: 406,
    title: 'No acceptable representation',
    meaning: 'The `Accept` header excludes every form that this path can answer in.',
    remedy: 'Accept `application/json`, or leave the header out.'
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The whole request did not arrive in time. Nothing was changed.',
    remedy: 'Send the request again over a connection that keeps up.'
  },
  'account-closed': {
    status: 409,
    title: 'The support account is closed',
    meaning: 'Nobody is behind this account any more, so nothing can be reported of it.',
    remedy: 'Look up the open account of the address: a contact that is registered again gets a new one.'
  },
  'already-registered': {
    status: 409,
    title: 'The contract has its first contacts already',
    meaning: 'An application form registers the first contacts of a contract, once. This contract has had contacts since `registered_at`.',
    remedy: 'Later additions, changes and removals go through support: a change request, or the roster.'
  },
  'confirmation-required': {
    status: 409,
    title: 'The primary has to confirm',
    meaning: 'Whoever asked is not a contact of the contract, or the matter touches the contract itself: then only the contract\'s primary (主担当) can confirm, and nothing is applied until then. `primary_contact_id` says who that is now.',
    remedy: 'Ask the primary, and record the answer with `POST /v1/change-requests/{change_request_id}/confirm`.'
  },
  'contract-not-in-force': {
    status: 409,
    title: 'The contract has ended',
    meaning: 'Nobody can be registered on a contract that has ended, or be given another address on it. Contracts that are yet to start take contacts.',
    remedy: 'Register the person on a contract that has not ended. If the contract goes on, billing has to say so first, with a later `ends_on`.'
  },
  'customer-fixed': {
    status: 409,
    title: 'A contract stays with its customer',
    meaning: 'The contract is registered for another customer. Moving it would show one customer the contacts and inquiries of another.',
    remedy: 'End this contract, and register the other customer\'s under an id of its own.'
  },
  'duplicate-contact': {
    status: 409,
    title: 'This person is registered already',
    meaning: 'The contract already has a contact with the same name and the same address.',
    remedy: 'Use the contact that `contact_id` names, or change it.'
  },
  'email-in-use': {
    status: 409,
    title: 'The address belongs to another person of this customer',
    meaning: 'Somebody else of this customer is registered with the address; `contacts` says who. People who share a mailbox share one support account: they see each other\'s inquiries.',
    remedy: 'If the mailbox really is shared, say so: send the request anew with `"shared_mailbox": true` (and a new `Idempotency-Key`). Otherwise register the person with an address of their own.'
  },
  'email-taken': {
    status: 409,
    title: 'The address cannot be registered here',
    meaning: 'One address never serves two customers, and this one is not available to this customer.',
    remedy: 'Register the person with another address, one of this customer\'s own domain for instance.'
  },
  'form-limit-reached': {
    status: 409,
    title: 'The form registers more contacts than its version may',
    meaning: 'An application form of version 2022-09 or earlier registers up to the full limit, a later one up to the base seats (基本). `limit` is that number, `given` how many contacts the form names. Nobody was registered.',
    remedy: 'Register at most `limit` contacts with the form, and the others afterwards, up to the full limit.'
  },
  'idempotency-key-in-use': {
    status: 409,
    title: 'A request with this idempotency key is still running',
    meaning: 'Another request of this client with the same `Idempotency-Key` has not finished.',
    remedy: 'Wait a moment and repeat the request unchanged: you will get the first answer.'
  },
  'primary-exists': {
    status: 409,
    title: 'The contract has a primary already',
    meaning: 'A contract has exactly one primary contact; `primary_contact_id` is who it is now.',
    remedy: 'Register this person as `secondary`, or hand the role over with `PUT /v1/contracts/{contract_id}/primary`, which can replace the primary in the same step.'
  },
  'primary-required': {
    status: 409,
    title: 'The contract needs a primary',
    meaning: 'A contract with contacts always has exactly one primary: the first contact must be it, and it cannot be removed while others remain.',
    remedy: 'Register the primary first. To let the present one go, hand the role to another contact with `PUT /v1/contracts/{contract_id}/primary`, with `"former_primary": "removed"` in one step.'
  },
  'removals-unconfirmed': {
    status: 409,
    title: 'The removals are not confirmed',
    meaning: 'The list would remove more than half of three or more contacts, or `confirm_removals` is not the number that it would remove. `removals` is that number. Nobody was removed.',
    remedy: 'Look at the plan with `?dry_run=true`. If it is meant, repeat the request with `"confirm_removals"` set to `removals`.'
  },
  'seat-limit-reached': {
    status: 409,
    title: 'Every seat of the contract is taken',
    meaning: 'The contract may register `limit` contacts and has `used`. A contract that is over its limit (`over`) keeps its contacts, and takes no new one until it is within the limit again.',
    remedy: 'Remove a contact, replace the one who leaves (which takes no seat), or add an app or a connection to the contract. `GET /v1/contracts/{contract_id}` explains the limit line by line.'
  },
  'state-conflict': {
    status: 409,
    title: 'The change request is in another state',
    meaning: 'The change request stands at `state`, from where it cannot go this way: what is applied, rejected, withdrawn or failed is final, only what needs confirmation can be confirmed, and a scheduled request waits for its day.',
    remedy: 'Read the change request. What came to its end can be asked for again with a new request.'
  },
  'precondition-failed': {
    status: 412,
    title: 'It has changed meanwhile',
    meaning: 'What is there now does not meet the request\'s `If-Match` or `If-None-Match`. Nothing was changed.',
    remedy: 'Read it again, decide anew, and send the `ETag` of what you read.'
  },
  'precondition-required': {
    status: 428,
    title: 'The request has to say which list it changes',
    meaning: 'A whole list is replaced only by somebody who knows what is there: without `If-Match` a change that somebody else made meanwhile would be undone unseen.',
    remedy: 'Read the roster, and send its `ETag` as `If-Match`.'
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning: 'The request body exceeds what this service takes.',
    remedy: 'Send at most `limit_bytes` bytes.'
  },
  'uri-too-long': {
    status: 414,
    title: 'The URL is too long',
    meaning: 'The URL exceeds what this service takes.',
    remedy: 'Send at most `limit_bytes` bytes. What is long belongs in a body.'
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type of the body is not supported',
    meaning: 'The body is not in a form that this operation reads, or is compressed.',
    remedy: 'Send JSON in UTF-8 as `application/json` (for PATCH also `application/merge-patch+json`), without `Content-Encoding`.'
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The idempotency key came with another request',
    meaning: 'This client has used the same `Idempotency-Key` within the last 24 hours for a request that said something else.',
    remedy: 'Use a new key for every new request, and the same key only to repeat one unchanged.'
  },
  'name-not-personal': {
    status: 422,
    title: 'This is not one person\'s name',
    meaning: 'A contact is a natural person. `/` joins names on the support site, so a name cannot hold one; `people` lists whom it seems to name.',
    remedy: 'Register each person as a contact of their own. People who use one mailbox are registered with `"shared_mailbox": true`.'
  },
  'unknown-reference': {
    status: 422,
    title: 'The request names something that is not in the registry',
    meaning: 'A customer, contract, product, app, option or contact that the request names is unknown. A limit is never guessed. `references` lists every one.',
    remedy: 'Check the ids. Something new has to be fed in by its master first: customers by the CRM, products and apps by the catalogue.'
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    meaning: 'More requests came than are taken: of one client (`default`), without a valid key from one address (`anonymous`), or with keys that are not valid (`failures`). `violated-policies` says which, as `RateLimit-Policy` names it. This is the `quota-exceeded` of the IETF\'s draft on RateLimit header fields. Nothing was changed.',
    remedy: 'Send the request again after the seconds that `Retry-After` and `retry_after` say. `RateLimit` on every answer says how many more are taken until then. Ask about many senders at once with `addresses`; after keys that were not valid, correct the key first.'
  },
  'header-fields-too-large': {
    status: 431,
    title: 'The request\'s header is too large',
    meaning: 'Request line and header fields together exceed what this service takes: 16 KB, and 100 fields.',
    remedy: 'Send fewer or shorter header fields, or a shorter URL.'
  },
  'internal-error': {
    status: 500,
    title: 'The service failed',
    meaning: 'Something went wrong that is not the caller\'s doing. Whatever the request would have changed is undone.',
    remedy: 'Repeat the request with the same `Idempotency-Key`. If it fails again, report the `instance`: it is the id of the request.'
  },
  'unavailable': {
    status: 503,
    title: 'The service cannot answer now',
    meaning: 'The database is away, the service is starting or stopping, or more is asked of it than it can answer now. Nothing is half done.',
    remedy: 'Repeat the request after the seconds that `Retry-After` says; a creating request with the same `Idempotency-Key`.'
  }
} as const satisfies Record<ProblemType, ProblemExplanation>

export const PROBLEM_TYPE_NAMES = Object.keys(PROBLEM_TYPES) as ProblemType[]
