import t from 'tap'
import { recordExpiries } from '#actions/record-expiries.ts'
import { createClient, rotate } from '../helpers/api-clients.ts'
import { job } from '../helpers/change-requests.ts'
import { testService } from '../helpers/test-service.ts'

const { call, clock, context } = await testService(t)
const begin = Date.parse(clock.now())
const after = (hours: number): void => clock.set(new Date(begin + hours * 3_600_000).toISOString())
const recorded = async (): Promise<string[]> => {
  const { items } = (await call('GET', '/v1/history?limit=200')).body
  const ended = items.filter(({ event }: any) => event.endsWith('expired'))
  return ended.map(({ event, before }: any) => `${event} ${before.key_id ?? ''}`.trim())
}

t.test('R37: ends are recorded once, whichever process sees them', async t => {
  const client = await createClient(call, ['clients:read'], { expires_at: new Date(begin + 7_200_000).toISOString() })
  const [{ key_id }] = client.body.keys
  await rotate(call, client.client_id, 3600)
  await recordExpiries(context, job())
  t.same(await recorded(), [], 'nothing has ended')
  after(1.5)
  await Promise.all([recordExpiries(context, job()), recordExpiries(context, job())])
  t.same(await recorded(), [`api_client.key_expired ${key_id}`])
  after(3)
  await Promise.all([recordExpiries(context, job()), recordExpiries(context, job())])
  t.same((await recorded()).toSorted(), ['api_client.expired', `api_client.key_expired ${key_id}`])
})

t.test('R37: the end of a secret is recorded', async t => {
  const { body } = await call('POST', '/v1/webhook-endpoints', { url: 'http://127.0.0.1:1/ends' })
  const path = `/v1/webhook-endpoints/${body.endpoint_id}`
  t.equal((await call('POST', `${path}/secrets`, { overlap_seconds: 3600 })).status, 201)
  after(5)
  await recordExpiries(context, job())
  t.equal((await recorded()).filter(entry => entry === 'webhook_endpoint.secret_expired').length, 1)
  t.equal((await call('GET', path)).body.secrets.length, 1)
})
