import fc from 'fast-check'
import t from 'tap'
import { calculateSeats, seatsOf, type SeatProduct } from '#domain/contracts/seat-limit.ts'
import { APP_KINDS, SEAT_LINE_REASONS, type AppKind } from '#domain/vocabulary.ts'
import { KINDS, PRODUCTS } from './catalogue-facts.ts'
import { SEED } from '../seed.ts'

const limitOf = (product: SeatProduct, app_ids: string[] = [], connections = 0) =>
  calculateSeats(product, { app_ids, connections }, KINDS).limit
const dataLinkLines = (connections: number) =>
  calculateSeats(PRODUCTS.data_link, { app_ids: ['attendance'], connections }, KINDS).lines.slice(1)

t.test('R1: 勤怠 + 入退差異オプション + 工数 give 2 extra seats, 6 in all', async t => {
  t.equal(limitOf(PRODUCTS.manage), 4)
  t.equal(limitOf(PRODUCTS.manage, ['attendance', 'attendance_gap_option', 'man_hours']), 6)
})

t.test('R1: options alone add no seat', async t => {
  t.equal(limitOf(PRODUCTS.manage, ['attendance_gap_option']), 4)
})

t.test('R2: ManageAC has 4 + 7 seats and one more for each further app', async t => {
  t.equal(limitOf(PRODUCTS.manage_ac), 11)
  t.equal(limitOf(PRODUCTS.manage_ac, ['attendance', 'attendance_gap_option', 'man_hours']), 13)
})

t.test('R2: a bundled app that billing also lists counts once', async t => {
  t.equal(limitOf(PRODUCTS.manage_ac, ['expenses']), 11)
  t.equal(limitOf(PRODUCTS.manage_ac, ['attendance', 'attendance_gap_option', 'expenses']), 12)
})

t.test('R3: ManageACスマート has 4 + 3 seats; an app bundled only in ManageAC is a further one here', async t => {
  t.equal(limitOf(PRODUCTS.manage_ac_smart), 7)
  t.equal(limitOf(PRODUCTS.manage_ac_smart, ['expenses', 'journal_entry']), 7)
  t.equal(limitOf(PRODUCTS.manage_ac_smart, ['workflow', 'attendance']), 9)
})

t.test('R4: データ連携 has 2 seats and one for each connection; 2 connections give 4 in all', async t => {
  t.equal(limitOf(PRODUCTS.data_link), 2)
  t.equal(limitOf(PRODUCTS.data_link, [], 2), 4)
  t.equal(limitOf(PRODUCTS.data_link, ['attendance'], 2), 4, 'apps add nothing where the product does not count them')
})

t.test('R5: ERPホスティング has 2 seats, whatever billing lists', async t => {
  t.equal(limitOf(PRODUCTS.erp_hosting), 2)
  t.equal(limitOf(PRODUCTS.erp_hosting, ['attendance', 'attendance_gap_option'], 9), 2)
})

t.test('R6: what is bundled counts also where the product does not count further apps', async t => {
  t.equal(
    limitOf({ ...PRODUCTS.erp_hosting, bundled_app_ids: ['workflow', 'attendance_gap_option'] }, ['attendance']),
    3,
  )
})

t.test('R7: the lines say what adds a seat, what adds none and why, in a fixed order', async t => {
  const { limit, lines } = calculateSeats(
    PRODUCTS.manage_ac_smart,
    { app_ids: ['expenses', 'attendance_gap_option', 'attendance'], connections: 2 },
    KINDS,
  )
  t.equal(limit, 8)
  t.strictSame(lines, [
    { reason: 'base', seats: 4 },
    { reason: 'bundled_app', app_id: 'expenses', seats: 1 },
    { reason: 'bundled_app', app_id: 'receivables_payables', seats: 1 },
    { reason: 'bundled_app', app_id: 'journal_entry', seats: 1 },
    { reason: 'already_bundled', app_id: 'expenses', seats: 0 },
    { reason: 'option', app_id: 'attendance_gap_option', seats: 0 },
    { reason: 'app', app_id: 'attendance', seats: 1 },
    { reason: 'connections_not_counted', connections: 2, seats: 0 },
  ])
})

t.test('R7: an option that is bundled is explained as well', async t => {
  const { lines } = calculateSeats(
    { ...PRODUCTS.erp_hosting, bundled_app_ids: ['attendance_gap_option'] },
    { app_ids: ['attendance_gap_option'], connections: 0 },
    KINDS,
  )
  t.strictSame(lines.slice(1), [
    { reason: 'option', app_id: 'attendance_gap_option', seats: 0 },
    { reason: 'already_bundled', app_id: 'attendance_gap_option', seats: 0 },
  ])
})

t.test('R7: connections that count are one line, and none at all is no line', async t => {
  t.strictSame(dataLinkLines(3), [
    { reason: 'app_not_counted', app_id: 'attendance', seats: 0 },
    { reason: 'connections', connections: 3, seats: 3 },
  ])
  t.strictSame(dataLinkLines(0), [{ reason: 'app_not_counted', app_id: 'attendance', seats: 0 }])
})

t.test('R7, R27: what is used leaves seats free or exceeds the limit, never both', async t => {
  const calculation = calculateSeats(PRODUCTS.manage, { app_ids: [], connections: 0 }, KINDS)
  t.match(seatsOf(calculation, 0), { limit: 4, used: 0, available: 4, over: 0 })
  t.match(seatsOf(calculation, 4), { limit: 4, used: 4, available: 0, over: 0 })
  t.match(seatsOf(calculation, 6), { limit: 4, used: 6, available: 0, over: 2 })
  t.equal(seatsOf(calculation, 6).lines, calculation.lines)
})

t.test('R9: an app that the catalogue does not know is never guessed, in use or bundled', async t => {
  t.throws(() => limitOf(PRODUCTS.manage, ['attendance', 'payroll']), /payroll/)
  t.throws(() => limitOf({ ...PRODUCTS.manage, bundled_app_ids: ['payroll'] }), /payroll/)
})

t.test('R9: the same app twice counts once and has one line', async t => {
  const { limit, lines } = calculateSeats(
    PRODUCTS.manage,
    { app_ids: ['attendance', 'attendance'], connections: 0 },
    KINDS,
  )
  t.equal(limit, 5)
  t.equal(lines.length, 2)
})

t.test(
  'R6: the limit is base + |bundled ∪ apps in use, options left out| + connections, for every product',
  async t => {
    t.comment(`seed ${SEED}`)
    const appId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const facts = fc.record({
      base_seats: fc.nat(50),
      bundled_app_ids: fc.array(appId),
      counts_apps: fc.boolean(),
      counts_connections: fc.boolean(),
      app_ids: fc.array(appId),
      connections: fc.nat(100),
      kinds: fc.tuple(
        ...'abcdef'.split('').map(app_id => fc.tuple(fc.constant(app_id), fc.constantFrom<AppKind>(...APP_KINDS))),
      ),
    })
    fc.assert(
      fc.property(facts, ({ app_ids, connections, kinds, ...product }) => {
        const kindOf = new Map(kinds)
        const counted = new Set(
          [...product.bundled_app_ids, ...(product.counts_apps ? app_ids : [])].filter(
            app_id => kindOf.get(app_id) === 'app',
          ),
        )
        const { limit, lines } = calculateSeats(product, { app_ids, connections }, kindOf)
        return (
          limit === product.base_seats + counted.size + (product.counts_connections ? connections : 0) &&
          limit === lines.reduce((sum, { seats }) => sum + seats, 0) &&
          lines.every(({ reason }) => SEAT_LINE_REASONS.includes(reason)) &&
          new Set(app_ids).isSubsetOf(new Set(lines.map(({ app_id = '' }) => app_id)))
        )
      }),
      { seed: SEED, numRuns: 1000 },
    )
  },
)
