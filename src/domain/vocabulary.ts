// The closed vocabularies of the field. Request schemas and types read these lists; a test compares them with the
// checks of the database's columns.

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

/** R31: whether mail reaches the address of an account, as far as it was reported. */
export const MAIL_STATES = ['unknown', 'reachable', 'bounced'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** R22: what a support account may do. */
export const CAPABILITIES = [
  'email_inquiry',
  'notices',
  'web_inquiry',
  'chat_inquiry',
  'my_activity',
  'follow',
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** R7: why a line of a seat calculation adds seats, or adds none. */
export const SEAT_LINE_REASONS = [
  'base',
  'bundled_app',
  'app',
  'option',
  'already_bundled',
  'app_not_counted',
  'connections',
  'connections_not_counted',
] as const
export type SeatLineReason = (typeof SEAT_LINE_REASONS)[number]

/** R26: why nothing is known of a moment. */
export const UNKNOWN_MOMENTS = ['in_the_future', 'before_contract'] as const
export type Unknown = (typeof UNKNOWN_MOMENTS)[number]

/** R27: what brings a contract back within its limit. */
export const OVER_LIMIT_REMEDIES = ['remove_contacts', 'add_apps', 'add_connections'] as const
export type OverLimitRemedyAction = (typeof OVER_LIMIT_REMEDIES)[number]

/** R25: the channel by which a person who asks for a change, or confirms one, reached support. */
export const CHANNELS = ['mail', 'web', 'chat', 'phone', 'form'] as const
export type Channel = (typeof CHANNELS)[number]

/** R25: how a change came to the registry. */
export const CHANGE_SOURCES = [
  'direct',
  'change_request',
  'application_form',
  'import',
  'person_change',
  'succession',
  'transfer',
  'catalogue',
  'job',
] as const
export type ChangeSource = (typeof CHANGE_SOURCES)[number]

/** R24: what a change request may ask for. */
export const CHANGE_OPERATIONS = ['add', 'update', 'remove', 'restore', 'make_primary'] as const

/** R24, R25: the state of a change request. The first four are open, the others final. */
export const CHANGE_REQUEST_STATES = [
  'needs_primary_confirmation',
  'needs_approval',
  'ready',
  'scheduled',
  'applied',
  'rejected',
  'withdrawn',
  'failed',
] as const
export type ChangeRequestState = (typeof CHANGE_REQUEST_STATES)[number]

/** The kinds of credentials by which a caller is known. Only what an API client may do can be looked up later. */
export const CREDENTIALS = ['api_client', 'access_token', 'root'] as const
export type CredentialKind = (typeof CREDENTIALS)[number]

/** R35, R36: why a contract cannot be succeeded, cannot be the successor, or cannot go to a customer. */
export const LIFECYCLE_CONFLICTS = ['has_contacts', 'has_no_contacts', 'other_customer', 'same_customer'] as const
export type LifecycleConflict = (typeof LIFECYCLE_CONFLICTS)[number]

/** R25: why the primary has to confirm a matter. */
export const CONFIRMATION_REASONS = ['requester_not_registered', 'concerns_contract', 'concerns_primary'] as const
export type ConfirmationReason = (typeof CONFIRMATION_REASONS)[number]

/** The outcomes for a primary whose role another contact takes (R11). */
export const FORMER_PRIMARY_OUTCOMES = ['secondary', 'removed'] as const
export type FormerPrimaryOutcome = (typeof FORMER_PRIMARY_OUTCOMES)[number]

/** R29: why a sender is authorised, or is not. */
export const SENDER_REASONS = [
  'registered',
  'never_registered',
  'removed',
  'contract_ended',
  'not_yet_in_force',
  'invalid_address',
] as const
export type SenderReason = (typeof SENDER_REASONS)[number]

/** Hints for staff at a contact whom a refused sender may be. */
export const SENDER_HINTS = ['similar_address', 'removed_recently', 'address_in_header'] as const
export type SenderHintKind = (typeof SENDER_HINTS)[number]

/** R32: what contact data is used for: providing information and goods, answering inquiries, surveys. */
export const PURPOSES = ['product_information', 'inquiries', 'surveys'] as const
export type Purpose = (typeof PURPOSES)[number]

/** R31: the form in which a list of people leaves the registry. */
export const DISCLOSURE_FORMATS = ['json', 'ndjson', 'csv', 'html'] as const
export type DisclosureFormat = (typeof DISCLOSURE_FORMATS)[number]

/**
 * R31: whether all of a list left. Of a file that is being read, or whose process died, only the beginning is known.
 */
export const DISCLOSURE_STATES = ['complete', 'broken_off', 'begun'] as const
export type DisclosureState = (typeof DISCLOSURE_STATES)[number]

/** R39: the state of an import. The first two are open, the others final. */
export const IMPORT_STATES = ['received', 'running', 'finished', 'failed', 'cancelled'] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** R39: what becomes of a row of an import. Every row has one outcome in the end. */
export const IMPORT_OUTCOMES = ['created', 'changed', 'unchanged', 'refused', 'skipped'] as const
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number]

/** R39: what a row that breaks a rule keeps out: itself, or all rows of its contract. */
export const ON_PROBLEM = ['skip_row', 'skip_contract'] as const
export type OnProblem = (typeof ON_PROBLEM)[number]

/** Why a person is erased (R33): the person asked for it, or the data is not needed any more. */
export const ERASURE_REASONS = ['requested', 'no_longer_needed'] as const
export type ErasureReason = (typeof ERASURE_REASONS)[number]
