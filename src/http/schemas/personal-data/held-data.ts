import { Type } from 'typebox'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { DATA_RELATIONS } from '#domain/personal-data/personal-data-report.ts'
import { CHANGE_REQUEST_STATES, CHANGE_SOURCES, DISCLOSURE_FORMATS, MAIL_STATES, PURPOSES } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { day, moment, ownId } from '#http/schemas/common.ts'
import { Confirmation } from '#http/schemas/change-requests/confirmations.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { ACCOUNT_ID, API_CLIENT_ID, CHANGE_REQUEST_ID } from '#http/schemas/examples.ts'
import { RequestedBy } from '#http/schemas/change-requests/requested-by.ts'
import { RequestedPersonChange } from '#http/schemas/change-requests/requested-person-changes.ts'
import { ChangeOperation } from '#http/schemas/change-requests/requested-operations.ts'
import { Snapshot, snapshot } from '#http/schemas/snapshot.ts'
import { externalId } from '#http/schemas/accounts/support-accounts.ts'

const ADDRESS = 'Yamada.Taro@aozora.example.co.jp'
const MOMENT = '2026-04-01T00:30:00.000Z'

const relations = Type.Array(
  openList(DATA_RELATIONS, {
    description: 'What the person is: the one `concerned`, the `requester`, or the `confirmer`.',
    examples: ['concerned'],
  }),
  { description: 'What the person is in this record.' },
)

const FormerAddress = component(
  'FormerAddress',
  Type.Object(
    {
      email: Type.String({ description: 'The address.', examples: [ADDRESS] }),
      held_from: moment('From when on the account had it.', MOMENT),
      left_at: moment('Until when.', MOMENT),
    },
    { description: 'An address that the account had before.' },
  ),
)

export const HeldAccount = component(
  'HeldAccount',
  Type.Object(
    {
      account_id: ownId('The account.', ACCOUNT_ID),
      customer_id: customerId,
      email: Type.String({ description: 'The address of the account.', examples: [ADDRESS] }),
      opened_at: moment('When its first contact was registered.', MOMENT),
      closed_at: nullable(moment('When it was closed; null while it is open.', MOMENT)),
      in_use_since: moment('Since when its present people have it (R21).', MOMENT),
      password_set_at: nullable(moment('When its password was set; null if it was not.', MOMENT)),
      mail_state: openList(MAIL_STATES, { description: 'Whether mail reaches it (R31).', examples: ['reachable'] }),
      external_id: nullable(externalId('The id of its user in the help desk; null if none was reported.')),
      former_addresses: Type.Array(ref(FormerAddress), { description: 'The addresses that the account had before.' }),
    },
    { description: 'What is held of a support account that the person has or had.' },
  ),
)

export const HeldRequest = component(
  'HeldRequest',
  Type.Object(
    {
      change_request_id: ownId('The change request.', CHANGE_REQUEST_ID),
      contract_id: nullable(contractId),
      customer_id: customerId,
      relations,
      state: openList(CHANGE_REQUEST_STATES, { description: 'The state of the request.', examples: ['applied'] }),
      received_at: moment('When it was recorded.', MOMENT),
      effective_on: nullable(day('The day of the change; null if it has none.', '2027-04-01')),
      closed_at: nullable(moment('When it reached its final state; null while it is open.', MOMENT)),
      requested_by: nullableRef(ref(RequestedBy), 'The requester, if it is the person; otherwise null.'),
      subject: nullable(Type.String({ description: 'The subject, if it is of or by the person.', examples: ['…'] })),
      reason: nullable(Type.String({ description: 'The reason, if it is of or by the person.', examples: ['…'] })),
      operations: Type.Array(ref(ChangeOperation), { description: 'The changes that concern the person.' }),
      person_change: nullableRef(
        ref(RequestedPersonChange),
        'The person change, if it is of the person; otherwise null.',
      ),
      confirmation: nullableRef(ref(Confirmation), 'The confirmation, if the person gave it; otherwise null.'),
    },
    { description: 'A change request that concerns the person.' },
  ),
)

export const HeldEntry = component(
  'HeldEntry',
  Type.Object(
    {
      history_id: Type.Integer({ format: 'int64', description: 'The number of the entry.', examples: [1024] }),
      event: Type.String({
        'x-extensible-enum': [...EVENT_TYPES],
        description: 'What happened; more may come.',
        examples: ['contact.registered'],
      }),
      occurred_at: moment('When it happened.', MOMENT),
      relations,
      client: Type.String({ description: 'The client that made the change.', examples: [API_CLIENT_ID] }),
      source: openList(CHANGE_SOURCES, { description: 'What caused the change.', examples: ['direct'] }),
      contract_id: nullable(contractId),
      contact_id: nullable(contactId),
      requested_by: nullableRef(ref(RequestedBy), 'The requester, if it is the person; otherwise null.'),
      before: snapshot('The person before the change; null if there was none, or if it was a change of others.'),
      after: snapshot('The person after the change; null if it was a change of others.'),
    },
    { description: 'An entry of history about the person, or about a change that the person requested.' },
  ),
)

export const PossibleDisclosure = component(
  'PossibleDisclosure',
  Type.Object(
    {
      client: Type.String({ description: 'The client that took the lists.', examples: [API_CLIENT_ID] }),
      operation: Type.String({ description: 'The `operationId` of the lists.', examples: ['listContacts'] }),
      format: openList(DISCLOSURE_FORMATS, { description: 'The form of the lists.', examples: ['json'] }),
      purpose: nullable(openList(PURPOSES, { description: 'The purpose (R32).', examples: ['inquiries'] })),
      times: Type.Integer({ description: 'How many lists.', examples: [12] }),
      first_taken_at: moment('When the first was taken.', MOMENT),
      last_taken_at: moment('When the last was taken.', MOMENT),
    },
    {
      description:
        'Lists that a client took while the person was registered, and that may have contained the person: the ' +
        'registry records which list was taken, not who was on it (R31).',
    },
  ),
)

export const PossibleDelivery = component(
  'PossibleDelivery',
  Type.Object(
    {
      endpoint_id: ownId('The webhook endpoint.', API_CLIENT_ID),
      client: Type.String({ description: 'The client of the endpoint.', examples: [API_CLIENT_ID] }),
      url: Type.String({ description: 'Where it sends to.', examples: ['https://hooks.example.com/madoguchi'] }),
      include_data: Type.Boolean({
        description: 'Whether the deliveries said what was changed; otherwise they held ids alone.',
        examples: [false],
      }),
      times: Type.Integer({ description: 'How many deliveries.', examples: [3] }),
      first_made_at: moment('When the first was made.', MOMENT),
      last_made_at: moment('When the last was made.', MOMENT),
    },
    { description: 'Webhooks that said that something happened to the person; they are kept for 30 days.' },
  ),
)

export const HeldImportRow = component(
  'HeldImportRow',
  Type.Object(
    {
      import_id: ownId('The import.', CHANGE_REQUEST_ID),
      line: Type.Integer({ description: 'The line of the received file.', examples: [2] }),
      is_waiting: Type.Boolean({ description: 'Whether the row waits for its turn.', examples: [false] }),
      data: Type.Array(ref(Snapshot), { description: 'What the row says of the person.' }),
    },
    { description: 'A row of a received file that names the person.' },
  ),
)

/** The named schemas of this file. */
export const heldDataComponents: readonly NamedSchema[] = [
  FormerAddress,
  HeldAccount,
  HeldRequest,
  HeldEntry,
  PossibleDisclosure,
  PossibleDelivery,
  HeldImportRow,
]
