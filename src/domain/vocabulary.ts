// The closed vocabularies of the field. Column checks, request schemas and types all read these lists.

/** R10, R12: one primary coordinates a contract, every other contact is a secondary. */
export const ROLES = ['primary', 'secondary'] as const
export type Role = (typeof ROLES)[number]

/** R12: what a contact does at the customer. Duties describe, and limit nothing. */
export const DUTIES = ['system', 'operations', 'contract'] as const
export type Duty = (typeof DUTIES)[number]

/** R1: an option never adds a seat. */
export const APP_KINDS = ['app', 'option'] as const
export type AppKind = (typeof APP_KINDS)[number]

export const CONTRACT_STATES = ['not_yet_in_force', 'in_force', 'ended'] as const
export type ContractState = (typeof CONTRACT_STATES)[number]

export const REGISTRATIONS = ['unregistered', 'registered'] as const
export type Registration = (typeof REGISTRATIONS)[number]

export const ACCOUNT_STATES = ['open', 'closed'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

/** R22: what a support account may do. */
export const CAPABILITIES = ['email_inquiry', 'notices', 'web_inquiry', 'chat_inquiry', 'my_activity', 'follow'] as const
export type Capability = (typeof CAPABILITIES)[number]

/** R7: why a line of a seat calculation adds seats, or adds none. */
export const SEAT_LINE_REASONS = [
  'base', 'bundled_app', 'app', 'option', 'already_bundled', 'app_not_counted', 'connections', 'connections_not_counted'
] as const
export type SeatLineReason = (typeof SEAT_LINE_REASONS)[number]

/** What becomes of the primary whose role another contact takes (R11). */
export const FORMER_PRIMARY_OUTCOMES = ['secondary', 'removed'] as const
export type FormerPrimaryOutcome = (typeof FORMER_PRIMARY_OUTCOMES)[number]
