import { Type } from 'typebox'
import {
  closedObject,
  comparedWithPath,
  component,
  nullable,
  nullableRef,
  openList,
  passedOver,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { productId } from '#http/schemas/contracts/catalogue.ts'
import { day, LATER_FIELDS, masterId, moment, pageSchema } from '#http/schemas/common.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'
import { appIds, connections, Seats } from '#http/schemas/contracts/seats.ts'
import { CONTRACT_STATES, OVER_LIMIT_REMEDIES, REGISTRATIONS } from '#domain/vocabulary.ts'

export const contractId = masterId("The contract's id in billing.", CONTRACT_ID)

const starts_on = day('The first day of the contract.', '2024-04-01')
const ends_on = nullable(day('The last day of the contract; null if it has no end date.', '2027-03-31'))

const OverLimitRemedy = component(
  'OverLimitRemedy',
  Type.Object(
    {
      action: openList(OVER_LIMIT_REMEDIES, {
        description: 'What to do: remove contacts, or let billing add apps or connections if the product counts them.',
        examples: ['remove_contacts'],
      }),
      count: Type.Integer({ description: 'How many are enough.', examples: [2] }),
    },
    { description: 'A way to bring the contract within its limit.' },
  ),
)

const OverLimit = component(
  'OverLimit',
  Type.Object(
    {
      by: Type.Integer({ description: 'By how many contacts it exceeds its limit.', examples: [2] }),
      since: moment('Since when.', '2026-11-01T00:05:00.000Z'),
      remedies: Type.Array(ref(OverLimitRemedy), {
        description: 'The ways to bring it within its limit; each is enough.',
      }),
    },
    {
      description:
        'A contract over its limit keeps its contacts, but no new contact can be registered (R27). A contact can ' +
        'still be replaced.',
    },
  ),
)

export const Contract = component(
  'Contract',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      product_id: productId,
      app_ids: appIds({}),
      connections,
      starts_on,
      ends_on,
      state: openList(CONTRACT_STATES, {
        description: 'The state of the contract today. It is in force on its first and its last day too.',
        examples: ['in_force'],
      }),
      registration: openList(REGISTRATIONS, {
        description: 'Whether a contact was ever registered on it.',
        examples: ['registered'],
      }),
      updated_at: moment(
        'When billing last changed it. Changes of its contacts do not count.',
        '2026-04-01T00:00:00.000Z',
      ),
      seats: ref(Seats),
      over_limit: nullableRef(
        ref(OverLimit),
        'By how much it exceeds its limit, since when, and how to bring it within the limit (R27); null if it is ' +
          'within its limit.',
      ),
    },
    { description: 'A contract (契約): one purchase of one product by one customer, with its seats.' },
  ),
)

export const ContractInput = component(
  'ContractInput',
  closedObject(
    {
      customer_id: customerId,
      product_id: productId,
      app_ids: appIds({ maxItems: 200 }),
      connections,
      starts_on,
      ends_on,
      contract_id: comparedWithPath(contractId),
    },
    {
      description:
        'A contract (契約) from billing. Every field is required, so that an omitted field never removes anything: ' +
        `send \`[]\` for no apps, 0 for no connections, and null for no end date. ${LATER_FIELDS}`,
    },
    passedOver(Contract, 'state', 'registration', 'updated_at', 'seats', 'over_limit'),
  ),
)

export const ContractPage = pageSchema('ContractPage', Contract, 'A page of contracts.')

const input = {
  customer_id: CUSTOMER_ID,
  product_id: 'manage_ac',
  app_ids: ['attendance', 'attendance_gap_option', 'expenses'],
  connections: 0,
  starts_on: '2024-04-01',
  ends_on: null,
}
const bundled = [
  'expenses',
  'receivables_payables',
  'journal_entry',
  'cash_book',
  'fixed_assets',
  'groupware',
  'workflow',
]
const contract = {
  contract_id: CONTRACT_ID,
  ...input,
  state: 'in_force',
  registration: 'registered',
  updated_at: '2026-04-01T00:00:00.000Z',
  seats: {
    limit: 12,
    used: 5,
    available: 7,
    over: 0,
    lines: [
      { reason: 'base', seats: 4 },
      ...bundled.map(app_id => ({ reason: 'bundled_app', app_id, seats: 1 })),
      { reason: 'app', app_id: 'attendance', seats: 1 },
      { reason: 'option', app_id: 'attendance_gap_option', seats: 0 },
      { reason: 'already_bundled', app_id: 'expenses', seats: 0 },
    ],
  },
  over_limit: null,
}
export const contractExamples = {
  input: {
    manage_ac: { summary: 'ManageAC with 勤怠, 入退差異オプション and 経費', value: input },
    data_link: {
      summary: 'データ連携 for manage with two connections',
      value: {
        customer_id: CUSTOMER_ID,
        product_id: 'data_link',
        app_ids: [],
        connections: 2,
        starts_on: '2024-04-01',
        ends_on: null,
      },
    },
  },
  created: {
    manage_ac: {
      summary: 'ManageAC: 12 seats, all of them free',
      value: { ...contract, registration: 'unregistered', seats: { ...contract.seats, used: 0, available: 12 } },
    },
  },
  answer: { manage_ac: { summary: 'ManageAC: 12 seats, 5 of them taken', value: contract } },
  page: { all: { summary: 'The only page', value: { items: [contract], next_cursor: null } } },
}

/** The named schemas of this file. */
export const contractsComponents: readonly NamedSchema[] = [
  OverLimitRemedy,
  OverLimit,
  Contract,
  ContractInput,
  ContractPage,
]
