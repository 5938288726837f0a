import t from 'tap'
import { givesSameSeats } from '#domain/contracts/catalogue.ts'
import { PRODUCTS } from './catalogue-facts.ts'

const { manage_ac } = PRODUCTS

t.test('R6: a product that changes in nothing that counts gives the same seats', async t => {
  t.ok(givesSameSeats(manage_ac, { ...manage_ac, bundled_app_ids: [...manage_ac.bundled_app_ids] }))
})

t.test('R6: the order in which a product bundles its apps gives no seat', async t => {
  t.ok(givesSameSeats(manage_ac, { ...manage_ac, bundled_app_ids: manage_ac.bundled_app_ids.toReversed() }))
})

t.test('R6: whatever counts makes a difference', async t => {
  t.notOk(givesSameSeats(manage_ac, { ...manage_ac, base_seats: 5 }))
  t.notOk(givesSameSeats(manage_ac, { ...manage_ac, counts_apps: false }))
  t.notOk(givesSameSeats(manage_ac, { ...manage_ac, counts_connections: true }))
  t.notOk(givesSameSeats(manage_ac, { ...manage_ac, bundled_app_ids: manage_ac.bundled_app_ids.slice(1) }))
  t.notOk(
    givesSameSeats(manage_ac, { ...manage_ac, bundled_app_ids: ['attendance', ...manage_ac.bundled_app_ids.slice(1)] }),
  )
})
