import { Type } from 'typebox'
import {
  closedObject,
  component,
  nullable,
  nullableRef,
  oneOfList,
  openList,
  ref,
  tag,
  taggedUnion,
} from '#http/openapi/component.ts'
import { day, moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { contactId, ContactInput, ContactPatch, NewPrimary } from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { customerId } from '#http/schemas/customers.ts'
import {
  API_CLIENT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SUCCESSOR_ID,
} from '#http/schemas/examples.ts'
import { ListedProblem } from '#http/schemas/problem.ts'
import { planExample, RosterPlan } from '#http/schemas/rosters.ts'
import {
  CHANGE_OPERATIONS,
  CHANGE_REQUEST_STATES,
  CHANNELS,
  CONFIRMATION_REASONS,
  CREDENTIALS,
  DUTIES,
  FORMER_PRIMARY_OUTCOMES,
  ROLES,
} from '#domain/vocabulary.ts'

export const changeRequestId = ownId("The change request's id.", CHANGE_REQUEST_ID)

const op = <const Op extends string>(value: Op) => tag(value, `What the step does: \`${value}\`.`)

const AddOperation = component(
  'AddOperation',
  closedObject({ op: op('add'), contact: ref(ContactInput) }, { description: 'Registers somebody.' }),
)
const UpdateOperation = component(
  'UpdateOperation',
  closedObject(
    { op: op('update'), contact_id: contactId, changes: ref(ContactPatch) },
    { description: 'Changes a contact of the contract: what is absent stays, null removes.' },
  ),
)
const RemoveOperation = component(
  'RemoveOperation',
  closedObject({ op: op('remove'), contact_id: contactId }, { description: 'Removes a contact of the contract.' }),
)
const MakePrimaryOperation = component(
  'MakePrimaryOperation',
  Type.Object(
    {
      op: op('make_primary'),
      contact_id: Type.Optional(ownId('The contact of the contract who becomes the primary.', CONTACT_ID)),
      new_contact: Type.Optional(ref(NewPrimary)),
      former_primary: Type.Optional(
        oneOfList(FORMER_PRIMARY_OUTCOMES, {
          description: 'What becomes of the primary of then: `secondary` (the default) or `removed`.',
          examples: ['removed'],
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: ['contact_id', 'new_contact'].map(name => ({
        required: [name],
        properties: { [name]: { description: 'Who becomes the primary.' } },
      })),
      description: 'Hands the primary role over (R11), to exactly one of `contact_id` and `new_contact`.',
    },
  ),
)

export const ChangeOperationInput = component(
  'ChangeOperationInput',
  taggedUnion('op', [AddOperation, UpdateOperation, RemoveOperation, MakePrimaryOperation], {
    description:
      'One step of what a customer asks for; `op` says which. The steps are taken one after the other and planned together: the rules hold for what they lead to.',
  }),
)

const channel = (description: string) => oneOfList(CHANNELS, { description, examples: ['mail'] })
const openChannel = (description: string) => openList(CHANNELS, { description, examples: ['mail'] })
const ticket_number = nullable(
  Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: '^[\\x21-\\x7e]+$',
    description: "The help desk's number of the inquiry, where there is one.",
    examples: ['T-20260325-018'],
  }),
)
const asker = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Who asked, as they gave their name.',
  examples: ['高橋 恵'],
})
const askerAddress = (options: object) =>
  Type.String({
    description: 'The address that they asked from. A contact of the contract is known by it (R25).',
    examples: ['takahashi.megumi@aozora.example.co.jp'],
    ...options,
  })
const concerns_contract = Type.Boolean({
  description:
    'Whether the matter touches the contract itself (ご契約内容に関わる事): then the primary (主担当) has to confirm it, whoever asks (R25).',
  examples: [false],
})
const reason = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: 'Why.',
  examples: ['The customer asked again with other names.'],
})

const RequestedByInput = component(
  'RequestedByInput',
  closedObject(
    {
      name: asker,
      email: Type.Optional(nullable(askerAddress({ minLength: 3, maxLength: 320 }))),
      channel: channel('How they asked.'),
      ticket_number: Type.Optional(ticket_number),
    },
    { description: 'Who asked, and how (R25).' },
  ),
)

/** What a step says of a person, in answers: all of it for somebody new, what changes for a contact. */
const RequestedContact = component(
  'RequestedContact',
  Type.Object(
    {
      role: Type.Optional(openList(ROLES, { description: 'The role asked for.', examples: ['secondary'] })),
      duties: Type.Optional(
        Type.Array(openList(DUTIES, { description: 'One duty.' }), {
          description: 'The duties asked for (R12).',
          examples: [['system']],
        }),
      ),
      family_name: Type.Optional(
        Type.String({ description: 'The family name, as it was asked for.', examples: ['鈴木'] }),
      ),
      given_name: Type.Optional(
        nullable(Type.String({ description: 'The given name, as it was asked for.', examples: ['三郎'] })),
      ),
      email: Type.Optional(
        Type.String({
          description: 'The address, as it was asked for.',
          examples: ['suzuki.saburo@aozora.example.co.jp'],
        }),
      ),
      shared_mailbox: Type.Optional(
        Type.Boolean({ description: 'Whether the mailbox is stated to be shared.', examples: [false] }),
      ),
      privacy_notice_version: Type.Optional(
        Type.String({ description: 'Which privacy notice the person was shown (R32).', examples: ['2025-10'] }),
      ),
      name_override: Type.Optional(
        Type.Unsafe<{ reason: string } | null>({
          type: ['object', 'null'],
          properties: { reason: { type: 'string', description: 'How it is known.' } },
          description: "An operator's word that the name is a person's (R13).",
        }),
      ),
    },
    {
      description:
        'What a step of a change request says of a person: everything of somebody new, what changes of a contact.',
    },
  ),
)

const ChangeOperation = component(
  'ChangeOperation',
  Type.Object(
    {
      op: openList(CHANGE_OPERATIONS, { description: 'What the step does.', examples: ['add'] }),
      contact_id: Type.Optional(ownId('The contact that is changed, removed or made primary.', CONTACT_ID)),
      contact: Type.Optional(ref(RequestedContact)),
      changes: Type.Optional(ref(RequestedContact)),
      new_contact: Type.Optional(ref(RequestedContact)),
      former_primary: Type.Optional(
        openList(FORMER_PRIMARY_OUTCOMES, {
          description: 'What becomes of the primary of then, with `make_primary`.',
          examples: ['removed'],
        }),
      ),
    },
    { description: 'One step of a change request, with the defaults filled in. Which fields it has depends on `op`.' },
  ),
)

export const ChangeRequestInput = component(
  'ChangeRequestInput',
  closedObject(
    {
      contract_id: contractId,
      operations: Type.Array(ref(ChangeOperationInput), {
        minItems: 1,
        maxItems: 200,
        description: 'What is asked for, step by step.',
      }),
      requested_by: ref(RequestedByInput),
      concerns_contract: Type.Optional(concerns_contract),
      effective_on: Type.Optional(
        nullable(
          day(
            'The day from whose start it shall hold, not before today; without one it is applied when a client applies it.',
            '2027-04-01',
          ),
        ),
      ),
    },
    {
      description: "What a customer asks support to change of a contract's contacts (ご担当者様の登録内容の変更, R24).",
    },
  ),
)

export const ConfirmationInput = component(
  'ConfirmationInput',
  closedObject(
    {
      contact_id: ownId("Who confirmed: the contract's primary.", CONTACT_ID),
      channel: channel('How they confirmed.'),
      ticket_number: Type.Optional(ticket_number),
    },
    { description: "The primary's confirmation (R25)." },
  ),
)

export const RejectionInput = component(
  'RejectionInput',
  closedObject({ reason }, { description: 'Why the request is rejected.' }),
)
export const WithdrawalInput = component(
  'WithdrawalInput',
  closedObject(
    { reason: Type.Optional(nullable(reason)) },
    { description: 'Why the request is withdrawn, where that was said.' },
  ),
)

const Confirmation = component(
  'Confirmation',
  Type.Object(
    {
      contact_id: contactId,
      name: Type.String({ description: 'The name of whoever confirmed, as it was then.', examples: ['山田 太郎'] }),
      channel: openChannel('How they confirmed.'),
      ticket_number,
      confirmed_at: moment('When it was recorded.', '2026-11-25T01:15:00.000Z'),
      client: Type.String({ description: 'Which client recorded it.', examples: ['help-desk'] }),
    },
    { description: "The primary's confirmation, as it was recorded (R25)." },
  ),
)

const Approver = component(
  'Approver',
  Type.Object(
    {
      client: Type.String({
        description: 'The client that approved it, as history names it.',
        examples: [API_CLIENT_ID],
      }),
      credential: openList(CREDENTIALS, {
        description:
          'How the client was known. The rights of an `api_client` are looked up again when the request is to be applied; what was approved by `access_token` or `root` stands.',
        examples: ['api_client'],
      }),
      on_behalf_of: nullable(
        Type.String({
          description:
            'The person who used the client, by the opaque id that the identity provider gives; null where a program calls for itself.',
          examples: ['00u1a2b3c4d5e6f7g8h9'],
        }),
      ),
    },
    { description: 'The client with whose rights a change request is applied on its day.' },
  ),
)

export const RequestedBy = component(
  'RequestedBy',
  Type.Object(
    {
      name: asker,
      email: nullable(askerAddress({})),
      channel: openChannel('How they asked.'),
      ticket_number,
      contact_id: nullable(
        ownId('The contact of the contract who is registered with the address; null where nobody is.', SUCCESSOR_ID),
      ),
    },
    { description: 'Who asked, and how (R25).' },
  ),
)

export const ChangeRequest = component(
  'ChangeRequest',
  Type.Object(
    {
      change_request_id: changeRequestId,
      contract_id: contractId,
      customer_id: customerId,
      state: openList(CHANGE_REQUEST_STATES, {
        description:
          'The state of the request. `needs_primary_confirmation`: nothing is applied until the primary has confirmed; `needs_approval`: nothing is applied until a client with the scope `contacts:write` has approved; `ready`: a client has to apply it; `scheduled`: it is applied at the start of `effective_on`; the others are final.',
        examples: ['scheduled'],
      }),
      operations: Type.Array(ref(ChangeOperation), { description: 'What is asked for, step by step.' }),
      concerns_contract,
      requested_by: ref(RequestedBy),
      effective_on: nullable(day('The day from whose start it shall hold; null for at once.', '2027-04-01')),
      needs_confirmation: Type.Array(
        openList(CONFIRMATION_REASONS, { description: 'One reason.', examples: ['concerns_contract'] }),
        { description: 'Why the primary has, or had, to confirm (R25); empty where that is not needed.' },
      ),
      confirmation: nullableRef(ref(Confirmation), 'The confirmation; null while there is none.'),
      approved_by: nullableRef(
        ref(Approver),
        'The client that approved that the request is applied on its day; null while there is none, and where the request has no day.',
      ),
      approved_at: nullable(moment('When it was approved; null while it is not.', '2026-11-25T01:20:00.000Z')),
      received_at: moment('When the request was recorded.', '2026-11-24T06:40:00.000Z'),
      closed_at: nullable(
        moment('When it came to its final state; null while it is open.', '2026-11-25T02:00:00.000Z'),
      ),
      reason: nullable(
        Type.String({
          description: 'Why it was rejected or withdrawn, where that was said.',
          examples: ['The customer asked again with other names.'],
        }),
      ),
      problems: Type.Array(ref(ListedProblem), {
        description: 'What stood in the way when it failed; empty unless it did.',
      }),
      plan: Type.Optional(
        nullableRef(
          ref(RosterPlan),
          'What applying it would do at this moment, and what stands in the way; null once the request has come to its end. Lists leave it out.',
        ),
      ),
    },
    {
      description:
        'What a customer asked support to change (ご担当者様の登録内容の変更), who asked, who confirmed, and what became of it (R24, R25).',
    },
  ),
)

export const ChangeRequestPage = pageSchema(
  'ChangeRequestPage',
  ChangeRequest,
  'A page of change requests, in the order in which they came in.',
)

const add = {
  op: 'add',
  contact: {
    family_name: '鈴木',
    given_name: '三郎',
    email: 'suzuki.saburo@aozora.example.co.jp',
    privacy_notice_version: '2025-10',
  },
}
const asking = { name: '高橋 恵', email: 'takahashi.megumi@aozora.example.co.jp', channel: 'mail' }
const stored = {
  role: 'secondary',
  given_name: '三郎',
  family_name: '鈴木',
  email: 'suzuki.saburo@aozora.example.co.jp',
  shared_mailbox: false,
  duties: [],
  privacy_notice_version: '2025-10',
}
const request = {
  change_request_id: CHANGE_REQUEST_ID,
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  state: 'needs_primary_confirmation',
  operations: [{ op: 'add', contact: stored }],
  concerns_contract: false,
  requested_by: { ...asking, ticket_number: null, contact_id: null },
  effective_on: null,
  needs_confirmation: ['requester_not_registered'],
  confirmation: null,
  approved_by: null,
  approved_at: null,
  received_at: '2026-11-24T06:40:00.000Z',
  closed_at: null,
  reason: null,
  problems: [],
  plan: planExample,
}
const confirmation = {
  contact_id: CONTACT_ID,
  name: '山田 太郎',
  channel: 'phone',
  ticket_number: null,
  confirmed_at: '2026-11-25T01:15:00.000Z',
  client: 'help-desk',
}
const confirmed = { ...request, state: 'ready', confirmation }
const closed = (state: string, fields: object = {}) => ({
  ...confirmed,
  state,
  closed_at: '2026-11-25T02:00:00.000Z',
  plan: null,
  ...fields,
})
const awaiting = { ...confirmed, state: 'needs_approval', effective_on: '2027-04-01' }
const approved = {
  ...awaiting,
  state: 'scheduled',
  approved_by: { client: API_CLIENT_ID, credential: 'api_client', on_behalf_of: null },
  approved_at: '2026-11-25T01:20:00.000Z',
}
const { plan: _plan, ...listed } = request
export const changeRequestExamples = {
  input: {
    add: {
      summary: 'Somebody new, asked for by mail',
      value: { contract_id: CONTRACT_ID, operations: [add], requested_by: asking },
    },
    reshuffle: {
      summary: 'The April reshuffle: the primary is replaced on 1 April',
      value: {
        contract_id: CONTRACT_ID,
        effective_on: '2027-04-01',
        requested_by: { ...asking, channel: 'phone', ticket_number: 'T-20270310-007' },
        operations: [{ op: 'make_primary', new_contact: add.contact, former_primary: 'removed' }],
      },
    },
  },
  confirm: { phone: { summary: 'Confirmed by telephone', value: { contact_id: CONTACT_ID, channel: 'phone' } } },
  reject: {
    names: { summary: 'The names were not final', value: { reason: 'The customer asked again with other names.' } },
  },
  withdraw: { silent: { summary: 'Without a reason', value: {} } },
  answer: { waiting: { summary: 'Waits for the primary', value: request } },
  confirmed: {
    ready: { summary: 'Confirmed, and ready', value: confirmed },
    awaiting: { summary: 'Confirmed, with a day, by a client that may not approve it', value: awaiting },
  },
  approved: { scheduled: { summary: 'Approved for its day', value: approved } },
  applied: { applied: { summary: 'Applied', value: closed('applied') } },
  rejected: {
    rejected: {
      summary: 'Rejected',
      value: closed('rejected', { reason: 'The customer asked again with other names.' }),
    },
  },
  withdrawn: { withdrawn: { summary: 'Withdrawn', value: closed('withdrawn') } },
  page: { all: { summary: 'The only page', value: { items: [listed], next_cursor: null } } },
}
