import type { Fault } from '#http/problems/field-errors.ts'
import type { ProblemFacts } from '#http/problems/facts-by-type.ts'
import { CHANGE_REQUEST_STATES } from '#domain/vocabulary.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'

// Every form of every code: one that is new does not compile without its own.
export const FAULTS: { [Code in Fault['code']]: Extract<Fault, { code: Code }>[] } = {
  'unknown-field': [{ code: 'unknown-field' }],
  required: [{ code: 'required' }],
  'one-of': [{ code: 'one-of', fields: ['contact_id', 'new_contact'] }],
  invalid: [{ code: 'invalid' }],
  'wrong-type': [{ code: 'wrong-type', types: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] }],
  'not-allowed': [
    { code: 'not-allowed', values: ['primary', 'secondary', null] },
    { code: 'not-allowed', tag: 'op' },
    { code: 'not-allowed', only_with: 'csv' },
    { code: 'not-allowed', only_with: 'pages' },
  ],
  'too-short': [{ code: 'too-short', limit: 17 }],
  'too-long': [{ code: 'too-long', limit: 17 }, { code: 'too-long' }, { code: 'too-long', limit: 17, unified: true }],
  'too-few': [{ code: 'too-few', limit: 17 }],
  'too-many': [{ code: 'too-many', limit: 17 }],
  'out-of-range': [
    { code: 'out-of-range', minimum: 17 },
    { code: 'out-of-range', maximum: 17 },
  ],
  'invalid-format': [
    ...Object.values(PATTERNS).map(pattern => ({ code: 'invalid-format' as const, pattern })),
    { code: 'invalid-format', format: 'date' },
    { code: 'invalid-format', format: 'date', open_ended: true },
    { code: 'invalid-format', format: 'date-time' },
    { code: 'invalid-format', format: 'uuid' },
    { code: 'invalid-format', format: 'another' },
    { code: 'invalid-format', entity_tags_of: 'If-Match' },
  ],
  'invalid-address': [
    ...(
      [
        'no-at',
        'two-addresses',
        'several-at',
        'not-bare',
        'white-space',
        'nothing-before-at',
        'nothing-after-at',
        'trailing-dot',
        'no-dot-in-domain',
        'number-for-domain',
        'malformed-domain',
        'too-long',
      ] as const
    ).map(fault => ({ code: 'invalid-address' as const, fault })),
    { code: 'invalid-address', fault: 'invisible-character', character: '\u200B' },
    { code: 'invalid-address', fault: 'character-before-at', character: '"' },
    { code: 'invalid-address', fault: 'character-in-domain', character: '\u00AD' },
  ],
  duplicate: [{ code: 'duplicate' }],
  'read-only': [{ code: 'read-only' }],
  'in-the-future': [{ code: 'in-the-future' }],
  'in-the-past': [{ code: 'in-the-past' }],
  'before-start': [{ code: 'before-start' }],
  'bad-cursor': [{ code: 'bad-cursor' }],
  'nothing-to-search-for': [{ code: 'nothing-to-search-for' }],
  'unexpected-body': [{ code: 'unexpected-body' }],
  'content-length': [{ code: 'content-length' }],
  'ambiguous-head': [{ code: 'ambiguous-head' }],
  'host-required': [{ code: 'host-required' }],
  malformed: [{ code: 'malformed' }],
  'malformed-http': [{ code: 'malformed-http' }],
  'malformed-url': [{ code: 'malformed-url' }],
  'malformed-json': [{ code: 'malformed-json' }],
  'duplicate-key': [{ code: 'duplicate-key' }],
  'invalid-utf-8': [{ code: 'invalid-utf-8' }],
  'lone-surrogate': [{ code: 'lone-surrogate' }],
  'control-character': [{ code: 'control-character' }],
  'too-deep': [{ code: 'too-deep', limit: 17 }],
  'too-many-fields': [{ code: 'too-many-fields', limit: 17 }],
  'combining-marks': [{ code: 'combining-marks' }],
  'expired-from-the-start': [{ code: 'expired-from-the-start' }],
  'beyond-lifetime': [{ code: 'beyond-lifetime' }],
  'own-request': [{ code: 'own-request' }],
  'invalid-ip-range': [{ code: 'invalid-ip-range' }],
}

// Forms of problems beside those that the document shows.
export const OTHER_FACTS: ProblemFacts[] = [
  {
    type: 'invalid-request',
    errors: [
      { pointer: '#/a', code: 'required' },
      { pointer: '#/b', code: 'required' },
    ],
  },
  { type: 'forbidden', required_scope: 'contacts:write', to_grant: true },
  ...(['own-terms', 'beyond-ranges', 'beyond-end'] as const).map(because => ({ type: 'forbidden' as const, because })),
  { type: 'state-conflict', client_id: 'x', child_client_ids: ['y', 'z'] },
  { type: 'unavailable', because: 'not-migrated' },
  { type: 'unavailable', because: 'token-keys-away' },
  { type: 'unavailable', because: 'overloaded' },
  { type: 'unavailable', because: 'large-bodies' },
  { type: 'header-fields-too-large', most_fields: 100 },
  { type: 'rate-limited', policy: 'anonymous', retry_after: 12 },
  { type: 'rate-limited', policy: 'failures', retry_after: 12 },
  { type: 'rate-limited', policy: 'confirmations', retry_after: 12 },
  { type: 'precondition-failed', current_etag: null },
  ...(
    [
      'api_client',
      'api_key',
      'app',
      'application_form',
      'change_request',
      'contact',
      'contract',
      'customer',
      'product',
      'support_account',
    ] as const
  ).flatMap(resource => [
    { type: 'not-found' as const, resource },
    { type: 'not-found' as const, resource, removed: true as const },
  ]),
  { type: 'not-found', resource: 'path' },
  { type: 'not-found', resource: 'problem' },
  {
    type: 'unknown-reference',
    references: (['app', 'contact', 'contract', 'customer', 'product'] as const).flatMap(resource => [
      { pointer: '#/x', resource },
      { pointer: '#/x', resource, id: 'naught' },
    ]),
  },
  ...CHANGE_REQUEST_STATES.map(state => ({
    type: 'state-conflict' as const,
    change_request_id: 'x',
    state,
    effective_on: state === 'scheduled' ? '2027-04-01' : null,
  })),
  { type: 'primary-required', contract_id: 'C-1' },
  { type: 'primary-exists' },
  { type: 'duplicate-contact' },
  { type: 'person-elsewhere', contacts: [], person_change: { contact_id: 'x', changes: { email: 'x' } } },
  { type: 'confirmation-required', contract_id: 'C-1', needs_confirmation: ['concerns_primary'] },
  { type: 'requester-ambiguous' },
]
