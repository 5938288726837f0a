import t from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
await fillContract(call, 'sent-back', 5, { app_ids: ['attendance', 'man_hours'] })
await putContract(call, 'sent-back', { app_ids: ['attendance'] })

const THINGS: Record<string, { id: string; change: object }> = {
  '/v1/contracts/sent-back': { id: 'contract_id', change: { connections: 3 } },
  '/v1/customers/customer-1': { id: 'customer_id', change: { name: '株式会社改名' } },
  '/v1/products/manage': { id: 'product_id', change: { base_seats: 5 } },
  '/v1/apps/attendance': { id: 'app_id', change: { name: '勤怠管理' } },
}

for (const [url, { id, change }] of Object.entries(THINGS)) {
  t.test(`R38: ${url} may be sent back whole, as it was read`, async t => {
    const read = await call('GET', url)
    const headers = { 'if-match': read.headers['etag']! }
    t.match(await call('PUT', url, read.body, headers), {
      status: 200,
      text: read.text,
      headers: { etag: headers['if-match'] },
    })
    t.match(await call('PUT', url, { ...read.body, [id]: 'other' }), {
      status: 400,
      body: { errors: [{ in: 'body', pointer: `#/${id}`, code: 'read-only' }] },
    })
    t.match(await call('PUT', url, { ...read.body, unknown: 1 }), {
      status: 400,
      body: { errors: [{ pointer: '#/unknown', code: 'unknown-field' }] },
    })
    t.match(await call('PUT', url, { ...read.body, ...change, updated_at: 'anything' }, headers), {
      status: 200,
      body: change,
    })
  })
}
