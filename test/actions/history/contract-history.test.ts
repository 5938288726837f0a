import t from 'tap'
import { fillContract } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service

const START = Date.parse('2026-04-01T00:30:00.000Z')
const moment = (milliseconds: number): string => new Date(START + milliseconds).toISOString()
const goTo = (milliseconds: number): void => clock.set(moment(milliseconds), clock.dayOf(moment(milliseconds)))
t.beforeEach(() => goTo(0))

t.test('R26: history says what changed, when, by which client, under which request, the newest first', async t => {
  const [contact] = await fillContract(call, 'recorded', 0)
  goTo(1000)
  await call(
    'PATCH',
    `/v1/contacts/${contact.contact_id}`,
    { duties: ['system'], email: 'New@recorded.example.jp' },
    { 'request-id': 'the-change' },
  )
  const { items } = (await call('GET', `/v1/contacts/${contact.contact_id}/history`)).body
  t.match(items, [
    {
      event: 'contact.changed',
      occurred_at: moment(1000),
      client: 'test',
      request_id: 'the-change',
      change_request_id: null,
      requested_by: null,
      contract_id: 'recorded',
      contact_id: contact.contact_id,
      changed: ['duties', 'email'],
      before: { duties: [], email: 'primary@recorded.example.jp' },
      after: { duties: ['system'], email: 'New@recorded.example.jp' },
    },
    { event: 'contact.registered', occurred_at: moment(0), before: null, changed: [], after: { name: '山田 太郎' } },
  ])
  const contract = (await call('GET', '/v1/contracts/recorded/history?limit=2')).body
  t.equal(contract.items.length, 2)
  const all: string[] = []
  for (let url: string | undefined = '/v1/contracts/recorded/history?limit=1'; url !== undefined;) {
    const { body, headers } = await call('GET', url)
    all.push(...body.items.map(({ event }: any) => event))
    url = /<(.*)>/.exec(headers['link'] ?? '')?.[1]
  }
  t.strictSame(all.toSorted(), [
    'contact.changed',
    'contact.registered',
    'contract.created',
    'support_account.opened',
    'support_account.rekeyed',
  ])
  await call('DELETE', `/v1/contacts/${contact.contact_id}`)
  t.match((await call('GET', `/v1/contacts/${contact.contact_id}/history`)).body.items[0], {
    event: 'contact.removed',
    after: { removed_at: moment(1000) },
  })
  t.equal((await call('GET', '/v1/contracts/nothing/history')).status, 404)
  t.equal((await call('GET', '/v1/contacts/019d4672-7740-7c41-9d2e-3f5b8a1c7e90/history')).status, 404)
  t.equal((await call('GET', '/v1/contracts/recorded/history?cursor=AAAA')).status, 400)
})
