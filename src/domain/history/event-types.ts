import type { Scope } from '#domain/api-clients/scopes.ts'

/** What happens to each kind of thing, in the past tense; and the scope that reads such a thing (R37). */
const KINDS = {
  contract: [
    'contracts:read',
    [
      'created',
      'changed',
      'deleted',
      'seats_changed',
      'went_over_limit',
      'came_within_limit',
      'started',
      'ended',
      'reinstated',
    ],
  ],
  contact: ['contacts:read', ['registered', 'changed', 'removed', 'erased']],
  support_account: [
    'accounts:read',
    [
      'opened',
      'changed',
      'renamed',
      'rekeyed',
      'transferred',
      'closed',
      'access_left',
      'access_ended',
      'password_reported',
      'mail_state_reported',
      'linked',
    ],
  ],
  application_form: ['contacts:read', ['accepted']],
  change_request: [
    'requests:read',
    [
      'received',
      'changed',
      'confirmed',
      'confirmation_lapsed',
      'approved',
      'approval_lapsed',
      'applied',
      'rejected',
      'withdrawn',
      'failed',
      'erased',
      'deleted',
    ],
  ],
  customer: ['customers:read', ['created', 'changed', 'deleted']],
  product: ['catalogue:read', ['created', 'changed']],
  app: ['catalogue:read', ['created', 'changed']],
  import: ['imports:write', ['received', 'started', 'progressed', 'finished', 'failed', 'cancelled', 'deleted']],
  history: ['personal_data:manage', ['redacted']],
  webhook_endpoint: [
    'webhooks:manage',
    ['created', 'changed', 'deleted', 'secret_added', 'secret_expired', 'disabled'],
  ],
  api_client: ['clients:read', ['created', 'changed', 'key_added', 'key_expired', 'key_revoked', 'expired', 'revoked']],
} as const satisfies Record<string, readonly [Scope, readonly string[]]>

export type Kind = keyof typeof KINDS

/** A kind of event, such as `contact.registered`. */
export type EventType = { [K in Kind]: `${K}.${(typeof KINDS)[K][1][number]}` }[Kind]

/** Every kind of event that history records, as `thing.past_tense`. */
export const EVENT_TYPES: readonly string[] = Object.entries(KINDS).flatMap(([kind, [, steps]]) =>
  steps.map(step => `${kind}.${step}`),
)

/** Things whose data is about people: who takes it is recorded (R31). */
const OF_PEOPLE: ReadonlySet<string> = new Set<Kind>([
  'contact',
  'support_account',
  'application_form',
  'change_request',
])

/** The scope that shows what an event says of its thing. */
export function scopeOfEvent(type: string): Scope | undefined {
  const kind = kindOf(type)
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as Kind][0] : undefined
}

/** Whether events of a type carry names or addresses: then their readers are recorded (R31). */
export function isAboutPeople(type: string): boolean {
  return OF_PEOPLE.has(kindOf(type))
}

/** The kind of thing that an event is about. */
export function kindOf(type: string): string {
  return type.split('.', 1)[0] ?? ''
}
