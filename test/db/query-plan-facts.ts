import { numberFrom } from '../helpers/seeded-random.ts'
import type { ContactFilter } from '#db/rosters/contact-pages.ts'
import { type ContractFilter, type ContractPosition } from '#db/contracts/contract-pages.ts'

// What a page reads must not depend on how full the registry is. CONTACTS=1000000 proves it at full size.
export const contacts = numberFrom('CONTACTS', 120_000)
const contracts = contacts / 4
export const TODAY = '2026-04-01'
export const LIMIT = 51

// a page of fifty, and the row that tells whether another follows

const contractId = (n: number) => `C${String(n).padStart(7, '0')}`
const customerId = (n: number) => `K${String(n).padStart(7, '0')}`
export const uuid = (n: number) =>
  n
    .toString(16)
    .padStart(32, '0')
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
export const middle = {
  contract: contractId(contracts * 0.6),
  customer: customerId(contracts * 0.3),
  contact: uuid(contacts * 0.6),
}

export const PRESENT_ADDRESS = `p${contacts * 0.6}@example.jp`
export const CLOSED_ADDRESS = `p${contacts * 0.2}@example.jp`

// Fixtures changed a minute after each other, in the order of their numbers.
export const SOME_CHANGE = '2024-04-08T00:00:00.000Z'
export const MIDDLE_CHANGE = '2024-04-12T00:00:00.000Z'

export const CONTRACT_LISTS: [ContractFilter, ...ContractPosition[]][] = [
  [{}, { contract_id: middle.contract }],
  [{ customer_id: [middle.customer] }, { contract_id: middle.contract }],
  [{ product_id: ['data_link'] }, { contract_id: middle.contract }],
  [{ state: ['in_force'] }, { contract_id: middle.contract, day: '2027-01-01' }, { contract_id: middle.contract }],
  [{ state: ['not_yet_in_force'] }, { contract_id: middle.contract, day: '2026-09-01' }],
  [{ state: ['ended'] }, { contract_id: middle.contract, day: '2026-01-01' }],
  [{ over_limit: true }, { contract_id: middle.contract }],
  [{ over_limit: false }, { contract_id: middle.contract }],
  [{ customer_id: [middle.customer], state: ['in_force'] }, { contract_id: middle.contract }],
  [
    { customer_id: [middle.customer], state: ['ended'] },
    { contract_id: middle.contract, day: '2026-01-01' },
  ],
  [{ customer_id: [middle.customer], over_limit: true }, { contract_id: middle.contract }],
  [{ product_id: ['data_link'], over_limit: true }, { contract_id: middle.contract }],
  [
    { product_id: ['data_link'], state: ['in_force'] },
    { contract_id: middle.contract, day: '2027-01-01' },
  ],
  [{ registration: ['registered'] }, { contract_id: middle.contract }],
  [{ registration: ['unregistered'] }, { contract_id: middle.contract }],
  [
    { state: ['in_force', 'not_yet_in_force'] },
    { contract_id: middle.contract, day: '2027-01-01' },
    { contract_id: middle.contract },
  ],
  [{ state: ['in_force', 'ended'] }, { contract_id: middle.contract, day: '2024-01-01' }],
  [{ customer_id: [middle.customer, customerId(1)] }, { contract_id: middle.contract }],
  [{ updated_since: SOME_CHANGE }, { contract_id: middle.contract, updated_at: MIDDLE_CHANGE }],
  [
    { updated_since: SOME_CHANGE, state: ['in_force'], product_id: ['data_link'] },
    { contract_id: middle.contract, updated_at: MIDDLE_CHANGE },
  ],
]

export const CONTACT_LISTS: ContactFilter[] = [
  {},
  { roles: ['primary'] },
  { roles: ['secondary'] },
  { roles: ['primary', 'secondary'] },
  { customer_ids: [middle.customer] },
  { contract_ids: [middle.contract] },
  { contract_ids: [middle.contract, 'nowhere'] },
  { customer_ids: [middle.customer], roles: ['primary'] },
  { contract_ids: [middle.contract], roles: ['primary'] },
  { customer_ids: [middle.customer], contract_ids: [middle.contract] },
  { name_doubtful: true },
  { name_doubtful: false },
  { customer_ids: [middle.customer], name_doubtful: true },
  { roles: ['primary'], name_doubtful: true },
  { without_notice: true },
]
