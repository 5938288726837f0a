import t from 'tap'
import { fillContract, person } from '../helpers/fixtures.ts'
import { jobsOf, jobWorker, makeJobsDue } from '../helpers/job-worker.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

const service = await testService(t)
const { call, clock, database } = service

t.test('R24: scheduled requests are applied when their day starts', async t => {
  const [primary] = await fillContract(call, 'april', 0)
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'april',
    effective_on: '2026-04-02',
    requested_by: { name: '山田', email: primary.email, channel: 'mail' },
    operations: [{ op: 'add', contact: person({ family_name: '新田', email: 'new@april.example.jp' }) }],
  })
  const { change_request_id } = asked.body
  t.equal(
    new Date((await jobsOf(database, 'apply-change-request', change_request_id))[0]!.start).toISOString(),
    '2026-04-01T15:00:00.000Z',
  )
  clock.set('2026-04-01T15:00:00.500Z', '2026-04-02')
  const worker = jobWorker(t, service)
  await until(async () => (await call('GET', `/v1/change-requests/${change_request_id}`)).body.state === 'applied')
  t.match((await call('GET', '/v1/contracts/april/history')).body.items[0], {
    client: 'madoguchi',
    change_request_id,
    requested_by: { name: '山田' },
  })
  await worker.stop()
})

t.test('R24: what the rules forbid on its day fails with its reasons, and is not tried again', async t => {
  clock.set('2026-04-01T00:30:00.000Z')
  const [primary] = await fillContract(call, 'over-by-then', 0, { ends_on: '2026-04-19' })
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'over-by-then',
    effective_on: '2026-04-20',
    requested_by: { name: '山田', email: primary.email, channel: 'mail' },
    operations: [{ op: 'add', contact: person({ email: 'new@over-by-then.example.jp' }) }],
  })
  clock.set('2026-04-19T15:00:00.000Z', '2026-04-20')
  await makeJobsDue(database)
  const worker = jobWorker(t, service)
  const request = async () => (await call('GET', `/v1/change-requests/${asked.body.change_request_id}`)).body
  await until(async () => (await request()).state !== 'scheduled')
  t.match(await request(), {
    state: 'failed',
    closed_at: '2026-04-19T15:00:00.000Z',
    problems: [{ type: '/problems/contract-not-in-force' }],
  })
  await until(
    async () =>
      (await jobsOf(database, 'apply-change-request', asked.body.change_request_id))[0]?.state === 'completed',
  )
  await worker.stop()
})
