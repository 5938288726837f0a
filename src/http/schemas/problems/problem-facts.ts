import { Type } from 'typebox'
import { NAME_CODES } from '#domain/names/name-verdict.ts'
import { CHANGE_REQUEST_STATES, CONFIRMATION_REASONS, CONTRACT_STATES } from '#domain/vocabulary.ts'
import { openList, ref } from '#http/schemas/named-schema.ts'
import { lifecycleFacts } from '#http/schemas/contracts/lifecycle-facts.ts'
import { NextCall } from '#http/schemas/problems/next-calls.ts'
import { API_CLIENT_ID, CONTRACT_ID } from '#http/schemas/examples.ts'
import {
  AddressHolder,
  PossiblySamePerson,
  RequesterCandidate,
  SuggestedName,
  text,
  UnknownReference,
} from '#http/schemas/problems/problem-parts.ts'

export const only = (types: string, description: string): string => `${description} Only with ${types}.`

// The facts that a caller needs to correct a problem, by its type.
export const facts = {
  contract_id: Type.Optional(text('The contract that the problem concerns, if any.')),
  contact_id: Type.Optional(text(only('`duplicate-contact`', 'The contact that is already registered.'))),
  primary_contact_id: Type.Optional(
    text(only('`primary-exists`, `primary-required` and `confirmation-required`', 'The present primary.')),
  ),
  account_id: Type.Optional(
    text(only('`account-closed` and `state-conflict`', 'The account that is closed, or has the id.')),
  ),
  endpoint_id: Type.Optional(text(only('`state-conflict`', 'The webhook endpoint that is disabled.'))),
  external_id: Type.Optional(text(only('`state-conflict`', "The help desk's id that the account has."))),
  change_request_id: Type.Optional(text(only('`confirmation-required` and `state-conflict`', 'The change request.'))),
  customer_id: Type.Optional(text(only('`state-conflict`', 'The customer that has contracts.'))),
  contract_ids: Type.Optional(
    Type.Array(text('One contract.', [CONTRACT_ID]), {
      description: only('`state-conflict`', 'The contracts of the customer, at most ten.'),
    }),
  ),
  ...lifecycleFacts,
  client_id: Type.Optional(text(only('`state-conflict`', 'The API client that has created other clients.'))),
  child_client_ids: Type.Optional(
    Type.Array(text('One API client.', [API_CLIENT_ID]), {
      description: only('`state-conflict`', 'The API clients that this client has created, at most ten.'),
    }),
  ),
  registered_at: Type.Optional(
    Type.String({
      format: 'date-time',
      description: only('`already-registered` and `state-conflict`', 'When the contract had its first contacts.'),
    }),
  ),
  effective_on: Type.Optional(
    Type.String({
      format: 'date',
      description: only('`state-conflict`', 'The day on which the request is scheduled, if it has one.'),
    }),
  ),
  removals: Type.Optional(
    Type.Integer({ description: only('`removals-unconfirmed`', 'How many contacts the request would remove.') }),
  ),
  given: Type.Optional(
    Type.Integer({ description: only('`form-limit-reached`', 'How many contacts the form lists.') }),
  ),
  limit: Type.Optional(
    Type.Integer({
      description: only('`seat-limit-reached` and `form-limit-reached`', 'How many contacts may be registered.'),
    }),
  ),
  used: Type.Optional(
    Type.Integer({ description: only('`seat-limit-reached`', 'How many contacts the contract has.') }),
  ),
  over: Type.Optional(
    Type.Integer({ description: only('`seat-limit-reached`', 'By how many contacts it already exceeds its limit.') }),
  ),
  state: Type.Optional(
    openList([...CONTRACT_STATES, ...CHANGE_REQUEST_STATES], {
      description: only(
        '`contract-not-in-force` and `state-conflict`',
        'The state of the contract or of the change request.',
      ),
    }),
  ),
  ends_on: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      format: 'date',
      description: only('`contract-not-in-force`', 'The last day of the contract.'),
    }),
  ),
  contacts: Type.Optional(
    Type.Array(ref(AddressHolder), {
      description: only(
        '`email-in-use`, `person-elsewhere` and `address-stays-behind`',
        'The contacts of this customer that have the email address, or those of the person, at most ten; those ' +
          'that keep contracts from a transfer, at most 200.',
      ),
    }),
  ),
  possibly_same_person: Type.Optional(
    Type.Array(ref(PossiblySamePerson), {
      description: only(
        '`email-in-use`',
        'Contacts with this email address that may be the same person, at most ten. If it is the same person, ' +
          'send the name as it is here.',
      ),
    }),
  ),
  candidates: Type.Optional(
    Type.Array(ref(RequesterCandidate), {
      description: only('`requester-ambiguous`', 'The contacts that the requester may be, for who may read contacts.'),
    }),
  ),
  needs_confirmation: Type.Optional(
    Type.Array(openList(CONFIRMATION_REASONS, { description: 'One reason.', examples: ['concerns_primary'] }), {
      description: only('`confirmation-required`', 'Why the primary must confirm (R25).'),
    }),
  ),
  references: Type.Optional(
    Type.Array(ref(UnknownReference), {
      description: only('`unknown-reference`', 'All ids in the request that are not registered.'),
    }),
  ),
  code: Type.Optional(
    openList(NAME_CODES, { description: only('`name-not-personal`', "Why this is not one person's name.") }),
  ),
  pointer: Type.Optional(
    text(only('`name-not-personal`', 'Which part of the name, as a JSON Pointer in a URI fragment.')),
  ),
  matched: Type.Optional(text(only('`name-not-personal`', 'The part of the name that is the reason.'))),
  suggestion: Type.Optional(ref(SuggestedName)),
  suggestions: Type.Optional(
    Type.Array(ref(SuggestedName), {
      description: only(
        '`name-not-personal`',
        'All candidates for the name; the first is `suggestion`. Check a candidate before you use it.',
      ),
    }),
  ),
  people: Type.Optional(
    Type.Array(text('One name.'), {
      description: only(
        '`name-not-personal` with the code `several-people`',
        'The people that the name seems to contain, each as one text.',
      ),
    }),
  ),
  can_be_overridden: Type.Optional(
    Type.Boolean({
      description: only(
        '`name-not-personal`',
        "Whether an operator who knows that this is a person's name can repeat the request with `name_override`.",
      ),
      examples: [true],
    }),
  ),
  current_etag: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: only('`precondition-failed`', 'The present entity tag; null if the resource does not exist.'),
    }),
  ),
  allow: Type.Optional(
    Type.Array(text('One method.'), {
      description: only('`method-not-allowed`', 'The methods that the path supports.'),
    }),
  ),
  limit_bytes: Type.Optional(
    Type.Integer({
      description: only(
        '`payload-too-large` and `uri-too-long`',
        'The largest body or URL that the service accepts, in bytes.',
      ),
    }),
  ),
  retry_after: Type.Optional(
    Type.Integer({
      description: only('`rate-limited`', 'After how many seconds to try again, as in `Retry-After`.'),
    }),
  ),
  'violated-policies': Type.Optional(
    Type.Array(text('One policy.'), {
      description: only(
        '`rate-limited`',
        'The policies that the request exceeds, by their names in `RateLimit-Policy`.',
      ),
    }),
  ),
  next: Type.Optional(ref(NextCall)),
}

/** Said of an answer that lists the first of many mistakes. */
export const truncated = Type.Optional(
  Type.Boolean({
    description:
      'True if the lists in this answer are not complete. They have at most 50 entries, and fewer if the ' +
      'entries are long.',
    examples: [true],
  }),
)
