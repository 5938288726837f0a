import t from 'tap'
import { startContract } from '#actions/contracts/start-contract.ts'
import { listStartsToRecord } from '#db/contracts/contracts.ts'
import { BEFORE_ALL } from '#db/due.ts'
import { putContract } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { jobsOf } from '../../helpers/job-worker.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, context, database } = await testService(t)
const start = async (contract_id: string, request_id: string): Promise<any[]> => {
  await startContract(context, contract_id, { actor: 'madoguchi', request_id, source: 'job' })
  return await historyOf(database, request_id)
}
const due = async () =>
  (await listStartsToRecord(database, clock.today(), { after: BEFORE_ALL, limit: 10 })).map(({ id }) => id)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R37: the first day of a contract is recorded once, also if no client calls', async t => {
  await putContract(call, 'begins', { starts_on: '2026-04-02' })
  t.equal((await jobsOf(database, 'start-contract', 'begins')).length, 1)
  t.same(await start('begins', 'early'), [], 'not before its day')
  t.same(await due(), [])
  clock.set('2026-04-02T00:30:00.000Z')
  t.same(await due(), ['begins'])
  t.match(await start('begins', 'in time'), [
    {
      event: 'contract.started',
      contract_id: 'begins',
      customer_id: 'customer-1',
      after: { starts_on: '2026-04-02', state: 'in_force' },
    },
  ])
  t.same(await start('begins', 'again'), [])
  t.same(await due(), [])
  t.same(await start('unknown', 'of none'), [])
})

t.test('R37: a contract that billing starts earlier, or that has started, waits for no day', async t => {
  await putContract(call, 'now', { starts_on: '2026-04-01' })
  await putContract(call, 'sooner', { starts_on: '2026-05-01' })
  await putContract(call, 'sooner', { starts_on: '2026-03-01' })
  clock.set('2026-05-02T00:30:00.000Z')
  t.same(await due(), [])
  t.same(await start('sooner', 'sooner'), [])
  t.equal((await jobsOf(database, 'start-contract', 'now')).length, 0)
})

t.test('R37: a start that comes to be recorded after the end says that the contract has ended', async t => {
  await putContract(call, 'short', { starts_on: '2026-04-02', ends_on: '2026-04-02' })
  clock.set('2026-04-03T00:30:00.000Z')
  t.match(await start('short', 'late'), [{ event: 'contract.started', after: { state: 'ended' } }])
})
