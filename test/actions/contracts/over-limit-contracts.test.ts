import t from 'tap'
import { fillContract, person, putContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service

const START = Date.parse('2026-04-01T00:30:00.000Z')
const moment = (milliseconds: number): string => new Date(START + milliseconds).toISOString()
const goTo = (milliseconds: number): void => clock.set(moment(milliseconds), clock.dayOf(moment(milliseconds)))
t.beforeEach(() => goTo(0))

const then = async (url: string, as_of: string) =>
  await call('GET', `${url}${url.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(as_of)}`)

t.test('R27: a contract over its limit says since when and what would bring it back, then and now', async t => {
  await fillContract(call, 'over', 4, { app_ids: ['man_hours'] })
  goTo(1000)
  await putContract(call, 'over')
  const over_limit = {
    by: 1,
    since: moment(1000),
    remedies: [
      { action: 'remove_contacts', count: 1 },
      { action: 'add_apps', count: 1 },
    ],
  }
  t.strictSame((await call('GET', '/v1/contracts/over')).body.over_limit, over_limit)
  t.strictSame(
    (await call('GET', '/v1/contracts?over_limit=true')).body.items.map((item: any) => [
      item.contract_id,
      item.over_limit,
    ]),
    [['over', over_limit]],
  )
  goTo(2000)
  await putContract(call, 'over', { product_id: 'erp_hosting' })
  t.strictSame(
    (await call('GET', '/v1/contracts/over')).body.over_limit,
    { by: 3, since: moment(1000), remedies: [{ action: 'remove_contacts', count: 3 }] },
    'since it was over at all',
  )
  goTo(3000)
  await putContract(call, 'over', { app_ids: ['man_hours'] })
  t.equal((await call('GET', '/v1/contracts/over')).body.over_limit, null)
  t.strictSame((await then('/v1/contracts/over', moment(1500))).body.over_limit, over_limit)
  t.equal((await then('/v1/contracts/over', moment(999))).body.over_limit, null)
  const events = (await call('GET', '/v1/contracts/over/history?limit=200')).body.items
    .map(({ event }: any) => event)
    .filter((event: string) => /limit/.test(event))
  t.strictSame(events, ['contract.came_within_limit', 'contract.went_over_limit'])
})

t.test('R27: replacements that do not raise the overage work, and the contract comes back by removals', async t => {
  const contacts = await fillContract(call, 'shrinking', 4, { app_ids: ['man_hours'] })
  await putContract(call, 'shrinking')
  t.equal(
    (
      await call('PUT', '/v1/contracts/shrinking/primary', {
        new_contact: person({ family_name: '後藤', email: 'next@shrinking.example.jp' }),
        former_primary: 'removed',
      })
    ).status,
    200,
  )
  t.match((await call('GET', '/v1/contracts/shrinking')).body.over_limit, {
    by: 1,
    remedies: [
      { action: 'remove_contacts', count: 1 },
      { action: 'add_apps', count: 1 },
    ],
  })
  t.equal((await call('DELETE', `/v1/contacts/${contacts[1].contact_id}`)).status, 204)
  t.equal((await call('GET', '/v1/contracts/shrinking')).body.over_limit, null)
})
