import t from 'tap'
import { putContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const calculate = async (body: object) => await call('POST', '/v1/seat-calculations', body)
const limitOf = async (body: object) => (await calculate(body)).body.seats.limit

t.test("R1: manage has 4 seats and one for each app; the article's case has 6", async t => {
  const { status, body } = await calculate({
    product_id: 'manage',
    app_ids: ['attendance', 'attendance_gap_option', 'man_hours'],
  })
  t.equal(status, 200)
  t.same(body, {
    product_id: 'manage',
    app_ids: ['attendance', 'attendance_gap_option', 'man_hours'],
    connections: 0,
    seats: {
      limit: 6,
      used: 0,
      available: 6,
      over: 0,
      lines: [
        { reason: 'base', seats: 4 },
        { reason: 'app', app_id: 'attendance', seats: 1 },
        { reason: 'option', app_id: 'attendance_gap_option', seats: 0 },
        { reason: 'app', app_id: 'man_hours', seats: 1 },
      ],
    },
  })
  t.equal(await limitOf({ product_id: 'manage' }), 4)
})

t.test('R2, R3: bundled apps give their seats once, also where billing lists them as in use', async t => {
  t.equal(await limitOf({ product_id: 'manage_ac' }), 11)
  t.equal(await limitOf({ product_id: 'manage_ac', app_ids: ['expenses', 'workflow'] }), 11)
  t.equal(await limitOf({ product_id: 'manage_ac', app_ids: ['expenses', 'attendance', 'man_hours'] }), 13)
  t.equal(await limitOf({ product_id: 'manage_ac_smart' }), 7)
  t.equal(await limitOf({ product_id: 'manage_ac_smart', app_ids: ['workflow', 'expenses'] }), 8)
})

t.test('R4, R5: connections count for data_link, and nothing counts for erp_hosting', async t => {
  t.equal(await limitOf({ product_id: 'data_link', connections: 2 }), 4)
  t.equal(await limitOf({ product_id: 'data_link', connections: 10000 }), 10002)
  t.equal(await limitOf({ product_id: 'data_link', connections: 0, app_ids: ['attendance'] }), 2)
  t.equal(await limitOf({ product_id: 'erp_hosting', connections: 7, app_ids: ['attendance', 'expenses'] }), 2)
})

t.test('R7: a planned contract and a real one get the same lines', async t => {
  const use = { product_id: 'manage_ac', app_ids: ['attendance', 'attendance_gap_option', 'expenses'], connections: 3 }
  const { body } = await putContract(call, 'real', use)
  t.same((await calculate(use)).body.seats, body.seats)
})

t.test('R9: an app named twice counts once', async t => {
  const { body } = await calculate({ product_id: 'manage', app_ids: ['attendance', 'attendance'] })
  t.match(body, { app_ids: ['attendance'], seats: { limit: 5 } })
})

t.test('R9: what the catalogue does not know is refused by name, all at once, with its place', async t => {
  const refused = await calculate({
    product_id: 'managed',
    app_ids: ['attendance', 'payroll', 'expenses', 'Attendance'],
  })
  t.match(refused, {
    status: 422,
    body: { type: '/problems/unknown-reference', detail: /managed.*payroll.*Attendance/ },
  })
  t.same(refused.body.references, [
    { resource: 'product', id: 'managed', pointer: '#/product_id' },
    { resource: 'app', id: 'payroll', pointer: '#/app_ids/1' },
    { resource: 'app', id: 'Attendance', pointer: '#/app_ids/3' },
  ])
})

t.test('a calculation stores nothing', async t => {
  const before = await rowCounts(database)
  await calculate({ product_id: 'manage', app_ids: ['attendance'] })
  t.same(await rowCounts(database), before)
})
