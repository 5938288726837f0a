import { Type } from 'typebox'
import { NAME_CODES } from '#domain/names/name-verdict.ts'
import { CHANGE_REQUEST_STATES, CONFIRMATION_REASONS, CONTRACT_STATES } from '#domain/vocabulary.ts'
import { openList, ref } from '#http/openapi/component.ts'
import { NextCall } from '#http/schemas/next-calls.ts'
import { API_CLIENT_ID, CONTRACT_ID } from '#http/schemas/examples.ts'
import {
  AddressHolder,
  PossiblySamePerson,
  RequesterCandidate,
  SuggestedName,
  text,
  UnknownReference,
} from '#http/schemas/problem-parts.ts'

export const only = (types: string, description: string): string => `${description} Only with ${types}.`

// The facts that a caller needs to correct a problem, by its type.
export const facts = {
  contract_id: Type.Optional(text('The contract that the problem is about, where it is about one.')),
  contact_id: Type.Optional(text(only('`duplicate-contact`', 'The contact that is there already.'))),
  primary_contact_id: Type.Optional(
    text(
      only('`primary-exists`, `primary-required` and `confirmation-required`', 'The contact that is the primary now.'),
    ),
  ),
  account_id: Type.Optional(text(only('`account-closed`', 'The account that is closed.'))),
  change_request_id: Type.Optional(text(only('`confirmation-required` and `state-conflict`', 'The change request.'))),
  customer_id: Type.Optional(text(only('`state-conflict`', 'The customer that has contracts.'))),
  contract_ids: Type.Optional(
    Type.Array(text('One contract.', [CONTRACT_ID]), {
      description: only('`state-conflict`', 'The contracts that a customer has; of many, ten.'),
    }),
  ),
  client_id: Type.Optional(text(only('`state-conflict`', 'The API client that made other clients.'))),
  child_client_ids: Type.Optional(
    Type.Array(text('One API client.', [API_CLIENT_ID]), {
      description: only('`state-conflict`', 'The API clients that a client made; of many, ten.'),
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
      description: only('`state-conflict`', 'The day on which the request is to be applied, where it has one.'),
    }),
  ),
  removals: Type.Optional(
    Type.Integer({ description: only('`removals-unconfirmed`', 'How many contacts the list would remove.') }),
  ),
  given: Type.Optional(
    Type.Integer({ description: only('`form-limit-reached`', 'How many contacts the form names.') }),
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
    Type.Integer({ description: only('`seat-limit-reached`', 'By how many it exceeds its limit already.') }),
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
      description: only('`email-in-use`', 'Who of this customer has the address; of many, ten.'),
    }),
  ),
  possibly_same_person: Type.Optional(
    Type.Array(ref(PossiblySamePerson), {
      description: only(
        '`email-in-use`',
        'Contacts with this address that may be the same person. If one is, send the name as it is here. Ten at most.',
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
      description: only('`confirmation-required`', 'Why the primary has to confirm (R25).'),
    }),
  ),
  references: Type.Optional(
    Type.Array(ref(UnknownReference), {
      description: only('`unknown-reference`', 'Everything that the request names and the registry does not hold.'),
    }),
  ),
  code: Type.Optional(
    openList(NAME_CODES, { description: only('`name-not-personal`', "Why this is not one person's name.") }),
  ),
  pointer: Type.Optional(
    text(only('`name-not-personal`', 'Which part of the name, as a JSON Pointer in a URI fragment.')),
  ),
  matched: Type.Optional(text(only('`name-not-personal`', 'The part of the name that speaks against it.'))),
  suggestion: Type.Optional(ref(SuggestedName)),
  suggestions: Type.Optional(
    Type.Array(ref(SuggestedName), {
      description: only(
        '`name-not-personal`',
        'All people that the name may mean; the first is `suggestion`. Check them before you use one.',
      ),
    }),
  ),
  people: Type.Optional(
    Type.Array(text('One name.'), {
      description: only(
        '`name-not-personal` with the code `several-people`',
        'The people that the name seems to name, each as one text.',
      ),
    }),
  ),
  can_be_overridden: Type.Optional(
    Type.Boolean({
      description: only(
        '`name-not-personal`',
        "Whether an operator who knows that the name is a person's may repeat the request with `name_override`.",
      ),
      examples: [true],
    }),
  ),
  current_etag: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: only('`precondition-failed`', 'The entity tag of what is there now; null where nothing is.'),
    }),
  ),
  allow: Type.Optional(
    Type.Array(text('One method.'), { description: only('`method-not-allowed`', 'The methods that the path knows.') }),
  ),
  limit_bytes: Type.Optional(
    Type.Integer({
      description: only('`payload-too-large` and `uri-too-long`', 'The largest body or URL that is taken, in bytes.'),
    }),
  ),
  retry_after: Type.Optional(
    Type.Integer({
      description: only('`rate-limited`', 'After how many seconds to try again, as `Retry-After` says.'),
    }),
  ),
  'violated-policies': Type.Optional(
    Type.Array(text('One policy.'), {
      description: only(
        '`rate-limited`',
        'The policies that the request would have exceeded, as `RateLimit-Policy` names them.',
      ),
    }),
  ),
  next: Type.Optional(ref(NextCall)),
}

/** Said of an answer that lists the first of many mistakes. */
export const truncated = Type.Optional(
  Type.Boolean({
    description:
      'True where more is wrong than the lists of this answer show. They hold the first 50 entries at most, and ' +
      'fewer where entries are long.',
    examples: [true],
  }),
)
