import t from 'tap'
import { fillContract, person, putContract, register } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'

const { call } = await testService(t)

t.test('R10: the first contact registered has to be the primary', async t => {
  await putContract(call, 'first')
  const refused = await call('POST', '/v1/contracts/first/contacts', person())
  t.match(refused, { status: 409, body: { type: '/problems/primary-required', contract_id: 'first' } })
  t.match(await register(call, 'first', { role: 'primary' }), { role: 'primary', name: '山田 太郎', customer_id: 'customer-1' })
})

t.test('R1, R24: a contract registers up to its limit and then says what the limit is', async t => {
  await fillContract(call, 'full', 5, { app_ids: ['attendance', 'attendance_gap_option', 'man_hours'] })
  const refused = await call('POST', '/v1/contracts/full/contacts', person({ email: 'seventh@example.jp' }))
  t.match(refused, { status: 409, body: { type: '/problems/seat-limit-reached', limit: 6, used: 6, over: 0 } })
  t.match((await call('GET', '/v1/contracts/full')).body, { registration: 'registered', seats: { limit: 6, used: 6, available: 0 } })
})
