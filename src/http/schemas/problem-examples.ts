import type { TSchema } from 'typebox'
import type { Refusal, RefusalType } from '#domain/refusal.ts'
import type { EDGE_PROBLEMS, ProblemType } from '#http/problem-types.ts'
import { problemDocument, problemOfRefusal, type ProblemFacts } from '#http/problem.ts'
import { ACCOUNT_ID, CHANGE_REQUEST_ID, CONTACT_ID, CONTRACT_ID, ENTITY_TAG, REQUEST_ID } from '#http/schemas/examples.ts'
import type { Scope } from '#http/scopes.ts'

const REFUSALS: { [Type in RefusalType]: Extract<Refusal, { type: Type }> } = {
  'invalid-request': { type: 'invalid-request', errors: [{ pointer: '#/remarks', code: 'unknown-field', detail: 'The contract does not know this field.' }] },
  'not-found': { type: 'not-found', resource: 'contract' },
  'unknown-reference': { type: 'unknown-reference', references: [{ pointer: '#/app_ids/1', resource: 'app', id: 'payroll' }] },
  'customer-fixed': { type: 'customer-fixed', contract_id: CONTRACT_ID },
  'contract-not-in-force': { type: 'contract-not-in-force', contract_id: 'C-2021-0042', state: 'ended', ends_on: '2026-03-31' },
  'already-registered': { type: 'already-registered', contract_id: CONTRACT_ID, registered_at: '2026-04-01T00:30:00.000Z' },
  'form-limit-reached': { type: 'form-limit-reached', contract_id: CONTRACT_ID, form_version: '2022-10', limit: 4, given: 6 },
  'removals-unconfirmed': { type: 'removals-unconfirmed', contract_id: CONTRACT_ID, removals: 4 },
  'confirmation-required': { type: 'confirmation-required', contract_id: CONTRACT_ID, primary_contact_id: CONTACT_ID, change_request_id: CHANGE_REQUEST_ID },
  'state-conflict': { type: 'state-conflict', change_request_id: CHANGE_REQUEST_ID, state: 'applied', effective_on: null },
  'seat-limit-reached': { type: 'seat-limit-reached', contract_id: CONTRACT_ID, limit: 12, used: 12, over: 0 },
  'primary-required': { type: 'primary-required', contract_id: CONTRACT_ID, primary_contact_id: CONTACT_ID },
  'primary-exists': { type: 'primary-exists', contract_id: CONTRACT_ID, primary_contact_id: CONTACT_ID },
  'duplicate-contact': { type: 'duplicate-contact', contract_id: CONTRACT_ID, contact_id: CONTACT_ID },
  'email-in-use': { type: 'email-in-use', contacts: [{ contact_id: CONTACT_ID, contract_id: CONTRACT_ID, name: '山田 太郎' }] },
  'email-taken': { type: 'email-taken' },
  'name-not-personal': { type: 'name-not-personal', code: 'several-people', pointer: '#/family_name', matched: '/', people: ['山田', '伊藤'] },
  'account-closed': { type: 'account-closed', account_id: ACCOUNT_ID },
  'precondition-required': { type: 'precondition-required' },
  'precondition-failed': { type: 'precondition-failed', current_etag: ENTITY_TAG },
  'idempotency-key-in-use': { type: 'idempotency-key-in-use' },
  'idempotency-key-reused': { type: 'idempotency-key-reused' }
}

const EDGE: Record<(typeof EDGE_PROBLEMS)[number], ProblemFacts> = {
  'unauthenticated': { type: 'unauthenticated', detail: 'Send the API key as "Authorization: Bearer <key>".' },
  'forbidden': { type: 'forbidden', detail: 'This needs the scope contacts:write.', required_scope: 'contacts:write' },
  'method-not-allowed': { type: 'method-not-allowed', detail: 'This path knows GET, HEAD, OPTIONS.', allow: ['GET', 'HEAD', 'OPTIONS'] },
  'not-acceptable': { type: 'not-acceptable', detail: 'This path answers in application/json.' },
  'request-timeout': { type: 'request-timeout', detail: 'The whole request did not arrive in time.' },
  'payload-too-large': { type: 'payload-too-large', detail: 'The body is larger than 1048576 bytes.', limit_bytes: 1048576 },
  'uri-too-long': { type: 'uri-too-long', detail: 'The URL is longer than 8192 bytes.', limit_bytes: 8192 },
  'rate-limited': { type: 'rate-limited', detail: 'Too many requests of this client.', retry_after: 12, 'violated-policies': ['default'] },
  'unsupported-media-type': { type: 'unsupported-media-type', detail: 'Send application/json in UTF-8, not compressed.' },
  'header-fields-too-large': { type: 'header-fields-too-large', detail: 'Request line and header fields are too large.' },
  'internal-error': { type: 'internal-error', detail: 'Something went wrong that is not your doing. What the request would have changed is undone.' },
  'unavailable': { type: 'unavailable', detail: 'The database cannot be reached or does not answer in time. Nothing is half done.' }
}

/** What an operation's examples depend on. */
export type ExampleContext = { scope: Scope | null, params?: TSchema, body?: TSchema }

/** An example of a problem as one operation answers with it, made by the code that makes the real ones. */
export function problemExample (type: ProblemType, context: ExampleContext): { summary: string, value: object } {
  const document = problemDocument(exampleFacts(type, context), REQUEST_ID)
  return { summary: document.title, value: document }
}

function exampleFacts (type: ProblemType, { scope, params, body }: ExampleContext): ProblemFacts {
  if (type === 'forbidden' && scope !== null) return { type, detail: `This needs the scope ${scope}.`, required_scope: scope }
  if (type === 'not-found' && params !== undefined) return { type, detail: `There is no such ${thingOf(params)}.` }
  const facts = type in EDGE ? EDGE[type as keyof typeof EDGE] : problemOfRefusal(REFUSALS[type as RefusalType])
  if (type !== 'invalid-request' || body !== undefined) return facts
  return { ...facts, errors: [{ in: 'query', pointer: '#/page', code: 'unknown-field', detail: facts.detail }] }
}

/** What a path leads to, by its parameter: `contact_id` to a contact. */
function thingOf (params: TSchema): string {
  const [name = ''] = Object.keys((params as { properties?: object }).properties ?? {})
  return name.replace(/_(id|type)$/, '').replace('account', 'support account')
}
