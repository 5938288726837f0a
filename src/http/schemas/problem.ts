import { Type } from 'typebox'
import { component } from '#http/component.ts'
import type { Refusal, RefusalType } from '#domain/refusal.ts'
import { EDGE_PROBLEMS, type ProblemType } from '#http/problem-types.ts'
import { problemDocument, problemOfRefusal, type ProblemFacts } from '#http/problem.ts'

const text = (description: string, examples: string[] = []) => Type.String({ description, ...(examples.length > 0 && { examples }) })
const only = (types: string, description: string): string => `${description} Only with ${types}.`

export const Problem = component('Problem', Type.Object({
  type: text('Which problem it is: a path on this service that explains it. Stable, so programs may depend on it.', ['/problems/seat-limit-reached']),
  title: text('What the problem is in a few words. For people: it may change.'),
  status: Type.Integer({ description: 'The HTTP status, as in the status line.', minimum: 400, maximum: 599 }),
  detail: text('What happened this time. For people: it may change.'),
  instance: text('The id of the request, as in `Request-Id`.'),
  errors: Type.Optional(Type.Array(Type.Object({
    in: text('Which part of the request: `body`, `query`, `path` or `header`.'),
    pointer: text('The place in that part, as a JSON Pointer (RFC 6901) in a URI fragment.', ['#/email']),
    code: text('What is wrong there: stable, for programs.', ['invalid-address']),
    detail: text('What is wrong there, for people.')
  }, { description: 'One thing that does not fit.' }), { description: only('`invalid-request`', 'Everything that does not fit, all at once.') })),
  required_scope: Type.Optional(text(only('`forbidden`', 'The scope that the client lacks.'))),
  contract_id: Type.Optional(text('The contract that the problem is about, where it is about one.')),
  contact_id: Type.Optional(text(only('`duplicate-contact`', 'The contact that is there already.'))),
  primary_contact_id: Type.Optional(text(only('`primary-exists` and `primary-required`', 'The contact that is the primary now.'))),
  account_id: Type.Optional(text(only('`account-closed`', 'The account that is closed.'))),
  limit: Type.Optional(Type.Integer({ description: only('`seat-limit-reached`', 'How many contacts the contract may register.') })),
  used: Type.Optional(Type.Integer({ description: only('`seat-limit-reached`', 'How many contacts the contract has.') })),
  over: Type.Optional(Type.Integer({ description: only('`seat-limit-reached`', 'By how many it exceeds its limit already.') })),
  state: Type.Optional(text(only('`contract-not-in-force`', 'The state of the contract.'))),
  ends_on: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date', description: only('`contract-not-in-force`', 'The last day of the contract.') })),
  contacts: Type.Optional(Type.Array(Type.Object({
    contact_id: text('The contact that holds the address.'),
    contract_id: text('The contract that it is registered on.'),
    name: text('The person\'s name.')
  }, { description: 'A contact that holds the address.' }), { description: only('`email-in-use`', 'Who of this customer has the address.') })),
  references: Type.Optional(Type.Array(Type.Object({
    pointer: text('Where the request names it, as a JSON Pointer in a URI fragment.', ['#/app_ids/0']),
    resource: text('What kind of thing it should be.', ['app']),
    id: Type.Optional(text('The id that is unknown.'))
  }, { description: 'One thing that is not in the registry.' }), { description: only('`unknown-reference`', 'Everything that the request names and the registry does not hold.') })),
  code: Type.Optional(text(only('`name-not-personal`', 'Why this is not one person\'s name.'))),
  pointer: Type.Optional(text(only('`name-not-personal`', 'Which part of the name, as a JSON Pointer in a URI fragment.'))),
  matched: Type.Optional(text(only('`name-not-personal`', 'The part of the name that speaks against it.'))),
  people: Type.Optional(Type.Array(text('One name.'), { description: only('`name-not-personal`', 'The people that the name seems to name.') })),
  current_etag: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], description: only('`precondition-failed`', 'The entity tag of what is there now; null where nothing is.') })),
  allow: Type.Optional(Type.Array(text('One method.'), { description: only('`method-not-allowed`', 'The methods that the path knows.') })),
  limit_bytes: Type.Optional(Type.Integer({ description: only('`payload-too-large`', 'The largest body that is taken, in bytes.') })),
  next: Type.Optional(Type.Object({
    method: text('The method.', ['PUT']),
    path: text('The path.', ['/v1/contracts/C-2024-0117/primary']),
    why: text('What it would do.')
  }, { description: 'The call that would put it right, where there is one.' }))
}, { description: 'What went wrong, as problem details (RFC 9457, `application/problem+json`). Every error of this service has this form; members that a reader does not know are to be ignored.' }))

const CONTRACT = 'C-2024-0117'
const CONTACT = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'

const REFUSAL_EXAMPLES: { [Type in RefusalType]: Extract<Refusal, { type: Type }> } = {
  'invalid-request': { type: 'invalid-request', errors: [{ pointer: '#/email', code: 'invalid-address', detail: 'This is not one e-mail address that mail can be sent to.' }] },
  'not-found': { type: 'not-found', resource: 'contract' },
  'unknown-reference': { type: 'unknown-reference', references: [{ pointer: '#/app_ids/1', resource: 'app', id: 'payroll' }] },
  'customer-fixed': { type: 'customer-fixed', contract_id: CONTRACT },
  'contract-not-in-force': { type: 'contract-not-in-force', contract_id: CONTRACT, state: 'ended', ends_on: '2026-03-31' },
  'seat-limit-reached': { type: 'seat-limit-reached', contract_id: CONTRACT, limit: 6, used: 6, over: 0 },
  'primary-required': { type: 'primary-required', contract_id: CONTRACT, primary_contact_id: CONTACT },
  'primary-exists': { type: 'primary-exists', contract_id: CONTRACT, primary_contact_id: CONTACT },
  'duplicate-contact': { type: 'duplicate-contact', contract_id: CONTRACT, contact_id: CONTACT },
  'email-in-use': { type: 'email-in-use', contacts: [{ contact_id: CONTACT, contract_id: CONTRACT, name: '山田 太郎' }] },
  'email-taken': { type: 'email-taken' },
  'name-not-personal': { type: 'name-not-personal', code: 'several-people', pointer: '#/family_name', matched: '/', people: ['山田', '伊藤'] },
  'account-closed': { type: 'account-closed', account_id: '019354a8-6c01-7a52-8b1f-0d6c9e2f4a77' },
  'precondition-failed': { type: 'precondition-failed', current_etag: '"h3mN0pQrStUvWxYz012345"' },
  'idempotency-key-in-use': { type: 'idempotency-key-in-use' },
  'idempotency-key-reused': { type: 'idempotency-key-reused' }
}

const EDGE_EXAMPLES: Record<(typeof EDGE_PROBLEMS)[number], ProblemFacts> = {
  'unauthenticated': { type: 'unauthenticated', detail: 'Send the API key as "Authorization: Bearer <key>".' },
  'forbidden': { type: 'forbidden', detail: 'This needs the scope contacts:write.', required_scope: 'contacts:write' },
  'method-not-allowed': { type: 'method-not-allowed', detail: 'This path knows GET, HEAD and OPTIONS.', allow: ['GET', 'HEAD', 'OPTIONS'] },
  'not-acceptable': { type: 'not-acceptable', detail: 'This path answers in application/json.' },
  'request-timeout': { type: 'request-timeout', detail: 'The whole request did not arrive in time.' },
  'payload-too-large': { type: 'payload-too-large', detail: 'The body is larger than 262144 bytes.', limit_bytes: 262144 },
  'unsupported-media-type': { type: 'unsupported-media-type', detail: 'Send application/json.' },
  'header-fields-too-large': { type: 'header-fields-too-large', detail: 'Request line and header fields are too large.' },
  'internal-error': { type: 'internal-error', detail: 'Something went wrong that is not your doing.' },
  'unavailable': { type: 'unavailable', detail: 'The database is away.' }
}

const EXAMPLE_REQUEST_ID = '019354a8-6bff-7f10-a1b2-c3d4e5f60718'

function exampleFacts (type: ProblemType): ProblemFacts {
  return type in EDGE_EXAMPLES ? EDGE_EXAMPLES[type as keyof typeof EDGE_EXAMPLES] : problemOfRefusal(REFUSAL_EXAMPLES[type as RefusalType])
}

/** One example of each problem, made by the code that makes the real ones. */
export const problemExamples: Record<ProblemType, { summary: string, value: object }> = Object.fromEntries(
  [...Object.keys(REFUSAL_EXAMPLES), ...EDGE_PROBLEMS].map(type => {
    const document = problemDocument(exampleFacts(type as ProblemType), EXAMPLE_REQUEST_ID)
    return [type, { summary: document.title, value: document }]
  })
) as never
