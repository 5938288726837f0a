import type { TSchema } from 'typebox'
import type { Language } from '#http/problems/language.ts'
import { RESOURCE_NAMES } from '#http/problems/reference-descriptions.ts'
import type { NamedResource, ProblemFacts, ProblemType } from '#http/problems/facts-by-type.ts'
import { problemDocument } from '#http/problems/problem-document.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  ENTITY_TAG,
  REQUEST_ID,
  REVOKED_CLIENT_ID,
  WEBHOOK_ENDPOINT_ID,
  SHARER_IDS,
  SUCCESSOR_ID,
  TOUR_CONTRACT_ID,
} from '#http/schemas/examples.ts'
import { REFUSED_NAMES } from '#http/schemas/problems/name-problem-examples.ts'

const FACTS: { [Type in ProblemType]: Extract<ProblemFacts, { type: Type }> } = {
  'invalid-request': { type: 'invalid-request', errors: [{ in: 'body', pointer: '#/remarks', code: 'unknown-field' }] },
  'invalid-value': { type: 'invalid-value', errors: [{ pointer: '#/ends_on', code: 'before-start' }] },
  'not-found': { type: 'not-found', resource: 'contract' },
  'unknown-reference': {
    type: 'unknown-reference',
    references: [{ pointer: '#/app_ids/1', resource: 'app', id: 'payroll' }],
  },
  'address-stays-behind': {
    type: 'address-stays-behind',
    contacts: [
      { contact_id: CONTACT_ID, contract_id: CONTRACT_ID, name: '山田 太郎' },
      { contact_id: SUCCESSOR_ID, contract_id: TOUR_CONTRACT_ID, name: '山田 太郎' },
    ],
    count: 2,
  },
  'customer-fixed': { type: 'customer-fixed', contract_id: CONTRACT_ID },
  'contract-not-in-force': {
    type: 'contract-not-in-force',
    contract_id: 'C-2021-0042',
    state: 'ended',
    ends_on: '2026-03-31',
  },
  'already-registered': {
    type: 'already-registered',
    contract_id: CONTRACT_ID,
    registered_at: '2026-04-01T00:30:00.000Z',
  },
  'form-limit-reached': {
    type: 'form-limit-reached',
    contract_id: CONTRACT_ID,
    form_version: '2022-10',
    limit: 4,
    given: 6,
  },
  'removals-unconfirmed': { type: 'removals-unconfirmed', contract_id: CONTRACT_ID, removals: 4 },
  'confirmation-required': {
    type: 'confirmation-required',
    contract_id: CONTRACT_ID,
    primary_contact_id: CONTACT_ID,
    needs_confirmation: ['requester_not_registered'],
  },
  'requester-required': { type: 'requester-required' },
  'requester-ambiguous': {
    type: 'requester-ambiguous',
    candidates: [
      { contact_id: SHARER_IDS[0], name: '佐藤 次郎' },
      { contact_id: SHARER_IDS[1], name: '鈴木 三郎' },
    ],
  },
  'state-conflict': {
    type: 'state-conflict',
    change_request_id: CHANGE_REQUEST_ID,
    state: 'applied',
    effective_on: null,
  },
  'seat-limit-reached': { type: 'seat-limit-reached', contract_id: CONTRACT_ID, limit: 12, used: 12, over: 0 },
  'primary-required': { type: 'primary-required', contract_id: CONTRACT_ID, primary_contact_id: CONTACT_ID },
  'person-elsewhere': {
    type: 'person-elsewhere',
    contacts: [
      { contact_id: CONTACT_ID, contract_id: CONTRACT_ID, name: '山田 太郎' },
      { contact_id: SUCCESSOR_ID, contract_id: TOUR_CONTRACT_ID, name: '山田 太郎' },
    ],
    person_change: { contact_id: CONTACT_ID, changes: { email: 'taro.yamada@aozora.example.co.jp' } },
  },
  'primary-exists': { type: 'primary-exists', contract_id: CONTRACT_ID, primary_contact_id: CONTACT_ID },
  'duplicate-contact': { type: 'duplicate-contact', contract_id: CONTRACT_ID, contact_id: CONTACT_ID },
  'email-in-use': {
    type: 'email-in-use',
    contacts: [{ contact_id: CONTACT_ID, contract_id: CONTRACT_ID, name: '山田 太郎' }],
    possibly_same_person: [
      {
        contact_id: CONTACT_ID,
        contract_id: CONTRACT_ID,
        family_name: '山田',
        given_name: '太郎',
        registered: 'elsewhere',
      },
    ],
  },
  'email-taken': { type: 'email-taken' },
  'still-registered': { type: 'still-registered', contact_id: CONTACT_ID, contract_id: CONTRACT_ID },
  'name-not-personal': {
    type: 'name-not-personal',
    code: 'department',
    pointer: '#/family_name',
    matched: '情報システム部',
    suggestions: [],
    can_be_overridden: true,
  },
  'account-closed': { type: 'account-closed', account_id: ACCOUNT_ID },
  'precondition-required': { type: 'precondition-required' },
  'precondition-failed': { type: 'precondition-failed', current_etag: ENTITY_TAG },
  'idempotency-key-in-use': { type: 'idempotency-key-in-use' },
  'idempotency-key-reused': { type: 'idempotency-key-reused' },
  unauthenticated: { type: 'unauthenticated' },
  forbidden: { type: 'forbidden', required_scope: 'contacts:write' },
  'method-not-allowed': { type: 'method-not-allowed', allow: ['GET', 'HEAD', 'OPTIONS'] },
  'not-acceptable': { type: 'not-acceptable', media_types: ['application/json'] },
  'request-timeout': { type: 'request-timeout' },
  'payload-too-large': { type: 'payload-too-large', limit_bytes: 1048576 },
  'unsupported-media-type': { type: 'unsupported-media-type', media_types: ['application/json'] },
  'cursor-expired': { type: 'cursor-expired' },
  'uri-too-long': { type: 'uri-too-long', limit_bytes: 8192 },
  'rate-limited': { type: 'rate-limited', policy: 'default', retry_after: 12 },
  'header-fields-too-large': { type: 'header-fields-too-large' },
  'internal-error': { type: 'internal-error' },
  unavailable: { type: 'unavailable', because: 'database-away' },
}

const REQUEST_IN_PLACE = {
  contract_id: CONTRACT_ID,
  operations: [{ op: 'remove', contact_id: SHARER_IDS[1] }],
  confirm_removals: 1,
  requested_by: { channel: 'phone' as const, contact_id: null, name: '高橋 恵', email: null, ticket: null },
}

/** The facts on which an operation's examples depend. */
export type ExampleContext = { params?: TSchema; querystring?: TSchema; headers?: TSchema; body?: TSchema }

/** An example of a problem as one operation answers with it, made by the code that makes the real ones. */
export function problemExample(
  type: ProblemType,
  context: ExampleContext,
  language: Language = 'en',
): { summary: string; value: object } {
  const document = problemDocument(exampleFacts(type, context), REQUEST_ID, language)
  return { summary: document.title, value: document }
}

/** More examples of a problem that has several codes, each under a name of its own. */
export function furtherExamples(type: ProblemType): [string, { summary: string; value: object }][] {
  if (type !== 'name-not-personal') return []
  return REFUSED_NAMES.map(refusal => {
    const document = problemDocument(refusal, REQUEST_ID, 'en')
    return [`${type}.${refusal.code}`, { summary: document.detail, value: document }]
  })
}

function exampleFacts(type: ProblemType, context: ExampleContext): ProblemFacts {
  const { params, body } = context
  if (type === 'not-found' && params !== undefined) return { type, resource: resourceOf(params) }
  if (type === 'invalid-request' && Object.keys(context).length === 0)
    return { type, errors: [{ in: 'header', pointer: '#', code: 'host-required' }] }
  if (type === 'invalid-request' && body === undefined)
    return { type, errors: [{ in: 'query', pointer: '#/page', code: 'unknown-field' }] }
  if (type === 'state-conflict' && params !== undefined && 'contract_id' in propertiesOf(params))
    return { type, contract_id: CONTRACT_ID, registered_at: '2026-04-01T00:30:00.000Z' }
  if (type === 'state-conflict' && params !== undefined && 'customer_id' in propertiesOf(params))
    return { type, customer_id: CUSTOMER_ID, contract_ids: [CONTRACT_ID] }
  if (type === 'state-conflict' && params !== undefined && 'client_id' in propertiesOf(params))
    return { type, client_id: API_CLIENT_ID, child_client_ids: [REVOKED_CLIENT_ID] }
  if (type === 'state-conflict' && params !== undefined && 'endpoint_id' in propertiesOf(params))
    return { type, endpoint_id: WEBHOOK_ENDPOINT_ID, disabled_reason: 'gone' }
  if (type === 'state-conflict' && params !== undefined && 'account_id' in propertiesOf(params))
    return { type, account_id: ACCOUNT_ID, external_id: '361084729' }
  if (type === 'confirmation-required')
    return 'change_request_id' in propertiesOf(params)
      ? { ...FACTS[type], change_request_id: CHANGE_REQUEST_ID }
      : { ...FACTS[type], request_in_place: REQUEST_IN_PLACE }
  return FACTS[type]
}

function propertiesOf(params: TSchema | undefined): object {
  return params !== undefined && 'properties' in params ? (params.properties as object) : {}
}

/** The kind of thing that a path leads to, by its parameter: `contact_id` to a contact. */
function resourceOf(params: TSchema): NamedResource {
  const [name = ''] = Object.keys(propertiesOf(params))
  const found = RESOURCE_NAMES.find(resource => resource.endsWith(name.replace(/_(id|type)$/, '')))
  if (found === undefined) throw new Error(`no kind of thing is named by the parameter ${name}`)
  return found
}
