import t from 'tap'
import { contractView, type Contract } from '#domain/contracts/contract.ts'
import { REGISTRATIONS } from '#domain/vocabulary.ts'
import { KINDS, PRODUCTS } from './catalogue-facts.ts'

const contract: Contract = {
  contract_id: 'C-2024-0117',
  customer_id: '0012500000Xyz',
  product_id: 'manage_ac',
  app_ids: ['attendance', 'attendance_gap_option', 'expenses'],
  connections: 0,
  starts_on: '2024-04-01',
  ends_on: null,
  seats_used: 5,
  registered_at: '2024-03-20T01:00:00.000Z',
  updated_at: '2026-04-01T00:00:00.000Z',
  changed_at: '2024-03-20T01:00:00.000Z',
  over_since: null,
  end_recorded_at: null,
  awaits_start: false,
  product: PRODUCTS.manage_ac,
  app_kinds: Object.fromEntries(KINDS),
}

t.test('R7: a contract answers with its limit, what is used and free, and the lines', async t => {
  const { seats, ...rest } = contractView(contract, '2024-04-01')
  t.strictSame(rest, {
    contract_id: 'C-2024-0117',
    customer_id: '0012500000Xyz',
    product_id: 'manage_ac',
    app_ids: ['attendance', 'attendance_gap_option', 'expenses'],
    connections: 0,
    starts_on: '2024-04-01',
    ends_on: null,
    state: 'in_force',
    registration: 'registered',
    updated_at: '2026-04-01T00:00:00.000Z',
    over_limit: null,
  })
  t.match(seats, { limit: 12, used: 5, available: 7, over: 0 })
  t.strictSame(
    seats.lines.map(({ reason }) => reason),
    ['base', ...Array.from({ length: 7 }, () => 'bundled_app'), 'app', 'option', 'already_bundled'],
  )
})

t.test('R27: a contract over its limit says by how many', async t => {
  t.match(contractView({ ...contract, seats_used: 15 }, '2024-04-01').seats, {
    limit: 12,
    used: 15,
    available: 0,
    over: 3,
  })
})

t.test('R10: a contract is unregistered until its first contact', async t => {
  const registrations = [null, contract.registered_at].map(
    registered_at => contractView({ ...contract, seats_used: 0, registered_at }, '2024-04-01').registration,
  )
  t.strictSame(registrations, REGISTRATIONS)
})

t.test('R28: its state follows from its term and the day', async t => {
  t.equal(contractView({ ...contract, ends_on: '2025-03-31' }, '2025-04-01').state, 'ended')
})
