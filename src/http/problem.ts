import type { Refusal } from '#domain/refusal.ts'
import { nameProblem } from '#http/name-words.ts'
import { PROBLEM_TYPES, type ProblemType } from '#http/problem-types.ts'

/** One place in the request that does not fit, as `errors` lists it. */
export type ProblemError = { in: 'body' | 'header' | 'path' | 'query', pointer: string, code: string, detail: string }

/** The next call that would put it right. */
type NextCall = { method: string, path: string, why: string }

/** One of several things that stand in the way, with what would put it right. */
export type ListedProblem = { type: string, title: string, status: number, detail: string, remedy: string, pointers: string[] } & Record<string, unknown>

/** A problem before it is tied to one request: the type, what happened this time, and what is needed to put it right. */
export type ProblemFacts = { type: ProblemType, detail: string } & Record<string, unknown>

export type ProblemDocument = { type: string, title: string, status: number, detail: string, instance: string } & Record<string, unknown>

/** Thrown by the edge where a request cannot be taken as it is. */
export class EdgeProblem extends Error {
  readonly facts: ProblemFacts

  constructor (facts: ProblemFacts) {
    super(facts.type)
    this.name = 'EdgeProblem'
    this.facts = facts
  }
}

/** The problem document of RFC 9457 for one request. `instance` is the request's id, as `Request-Id` has it. */
export function problemDocument ({ type, detail, ...extensions }: ProblemFacts, request_id: string): ProblemDocument {
  const { status, title } = PROBLEM_TYPES[type]
  return { type: `/problems/${type}`, title, status, detail, instance: request_id, ...extensions }
}

export function invalidRequest (errors: ProblemError[]): ProblemFacts {
  const [first] = errors
  const detail = errors.length === 1 && first !== undefined ? first.detail : `The request does not fit the contract in ${errors.length} places.`
  return { type: 'invalid-request', detail, errors }
}

type Describe = { [Type in Refusal['type']]: (refusal: Extract<Refusal, { type: Type }>) => { detail: string } & Record<string, unknown> }

// What each refusal says this time. A new refusal without its words does not compile.
const DESCRIPTIONS: Describe = {
  'invalid-request': ({ errors }) => invalidRequest(errors.map(error => ({ in: 'body', ...error }))),
  'not-found': ({ resource, removed }) => ({ detail: `${removed === true ? 'It was removed, and can no longer be changed: this' : 'There is no such'} ${resource.replace('_', ' ')}.` }),
  'unknown-reference': ({ references }) => ({
    detail: `Not in the registry: ${references.map(({ resource, id }) => id === undefined ? resource : `${resource} ${id}`).join(', ')}.`, references
  }),
  'customer-fixed': ({ contract_id }) => ({ detail: `Contract ${contract_id} is registered for another customer.`, contract_id }),
  'contract-not-in-force': ({ contract_id, state, ends_on }) => ({ detail: `Contract ${contract_id} ended on ${ends_on}.`, contract_id, state, ends_on }),
  'already-registered': ({ contract_id, registered_at }) => ({
    detail: `Contract ${contract_id} has had contacts before: its first registration is done.`, contract_id, ...(registered_at !== null && { registered_at }),
    next: call('POST', '/v1/change-requests', 'asks for additions, changes and removals')
  }),
  'form-limit-reached': ({ contract_id, form_version, limit, given }) => ({ detail: `A form of version ${form_version} registers at most ${limit} contacts on contract ${contract_id}, and this one names ${given}.`, contract_id, limit, given }),
  'removals-unconfirmed': ({ contract_id, removals }) => ({
    detail: `This list removes ${removals} contacts of contract ${contract_id}.`, contract_id, removals,
    next: call('PUT', `/v1/contracts/${contract_id}/roster`, `with "confirm_removals": ${removals}, if that is meant`)
  }),
  'confirmation-required': ({ contract_id, primary_contact_id, change_request_id }) => ({
    detail: `Only the primary of contract ${contract_id} can confirm this.`, contract_id,
    ...(primary_contact_id !== undefined && { primary_contact_id }),
    ...(change_request_id !== undefined && { change_request_id, next: call('POST', `/v1/change-requests/${change_request_id}/confirm`, 'records the primary\'s confirmation') })
  }),
  'state-conflict': ({ change_request_id, state, effective_on }) => ({
    detail: state === 'scheduled' ? `The change request waits for ${effective_on}.` : `The change request is ${state.replaceAll('_', ' ')}.`,
    change_request_id, state, ...(effective_on !== null && { effective_on }),
    next: call('GET', `/v1/change-requests/${change_request_id}`, 'shows where it stands')
  }),
  'seat-limit-reached': ({ contract_id, limit, used, over }) => ({
    detail: `Contract ${contract_id} may register ${limit} contacts and has ${used}.`, contract_id, limit, used, over,
    next: call('GET', `/v1/contracts/${contract_id}`, 'explains the limit line by line')
  }),
  'primary-required': ({ contract_id, primary_contact_id }) => primary_contact_id === undefined
    ? { detail: `Contract ${contract_id} has no contact yet: the first has to be its primary.`, contract_id, next: call('POST', `/v1/contracts/${contract_id}/contacts`, 'with "role": "primary"') }
    : {
        detail: `The primary of contract ${contract_id} cannot go while other contacts remain.`, contract_id, primary_contact_id,
        next: call('PUT', `/v1/contracts/${contract_id}/primary`, 'hands the role to another contact; "former_primary": "removed" lets the present one go')
      },
  'primary-exists': ({ contract_id, primary_contact_id }) => ({
    detail: contract_id === undefined ? 'The contract has a primary already.' : `Contract ${contract_id} has a primary already.`,
    ...(contract_id !== undefined && { contract_id, next: call('PUT', `/v1/contracts/${contract_id}/primary`, 'hands the role over or replaces the primary in one step') }),
    ...(primary_contact_id !== undefined && { primary_contact_id })
  }),
  'duplicate-contact': ({ contract_id, contact_id }) => ({
    detail: 'The same person, by name and address, is registered on this contract.',
    ...(contract_id !== undefined && { contract_id }),
    ...(contact_id !== undefined && { contact_id, next: call('GET', `/v1/contacts/${contact_id}`, 'shows the contact that is there') })
  }),
  'email-in-use': ({ contacts }) => ({ detail: 'Another person of this customer is registered with this address. If the mailbox is shared, send the request anew with "shared_mailbox": true.', contacts }),
  'email-taken': () => ({ detail: 'This address cannot be registered for this customer.' }),
  'name-not-personal': nameProblem,
  'account-closed': ({ account_id }) => ({ detail: 'Nobody is behind this support account any more.', account_id }),
  'precondition-required': () => ({ detail: 'Send the ETag of the roster that the list was made from, as If-Match.' }),
  'precondition-failed': ({ current_etag }) => ({ detail: current_etag === null ? 'There is nothing yet that a condition could match.' : 'What is there now does not meet the condition.', current_etag }),
  'idempotency-key-in-use': () => ({ detail: 'A request with this Idempotency-Key is still running.' }),
  'idempotency-key-reused': () => ({ detail: 'This Idempotency-Key came with another request.' })
}

/** What a refusal of the domain says at the edge. */
export function problemOfRefusal (refusal: Refusal): ProblemFacts {
  return { type: refusal.type, ...(DESCRIPTIONS[refusal.type] as (refusal: Refusal) => { detail: string })(refusal) }
}

/** What several refusals say: the first as the problem itself, and all of them, each with its places and its remedy. */
export function problemOfRefusals ([first, ...others]: readonly [Refusal, ...Refusal[]]): ProblemFacts {
  const facts = problemOfRefusal(first)
  if (others.length === 0 && first.pointers === undefined) return facts
  const problems = [first, ...others].map(listedProblem)
  const errors = [first, ...others].flatMap(placedErrors)
  return { ...facts, ...(errors.length > 0 && { errors }), problems }
}

export function listedProblem (refusal: Refusal): ListedProblem {
  const { type, detail, ...facts } = problemOfRefusal(refusal)
  const { title, status, remedy } = PROBLEM_TYPES[type]
  return { type: `/problems/${type}`, title, status, detail, remedy, pointers: placedErrors(refusal).map(({ pointer }) => pointer), ...facts }
}

function placedErrors (refusal: Refusal): ProblemError[] {
  const { type, detail } = problemOfRefusal(refusal)
  if (refusal.type === 'invalid-request') return refusal.errors.map(error => ({ in: 'body', ...error }))
  if (refusal.type === 'unknown-reference') return refusal.references.map(({ pointer }) => ({ in: 'body', pointer, code: type, detail }))
  const pointers = refusal.type === 'name-not-personal' ? [refusal.pointer] : refusal.pointers ?? []
  return pointers.map(pointer => ({ in: 'body', pointer, code: type, detail }))
}

function call (method: string, path: string, why: string): NextCall {
  return { method, path, why }
}
