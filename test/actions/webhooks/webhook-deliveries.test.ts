import t from 'tap'
import { Webhook } from 'standardwebhooks'
import { createClient } from '../../helpers/api-clients.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'
import { webhookReceiver, type Received } from '../../helpers/webhook-receiver.ts'
import { deliverDue, distribute, JOB } from '../../helpers/webhooks.ts'
import { endWebhooksOfClients } from '#actions/webhooks/end-webhooks-of-clients.ts'

const service = await testService(t)
const { call, callByClient, clock, database, context } = service
const now = () => new Date().toISOString()
t.beforeEach(() => clock.set(now()))
t.afterEach(async () => {
  for (const { endpoint_id } of (await call('GET', '/v1/webhook-endpoints')).body.items)
    await call('DELETE', `/v1/webhook-endpoints/${endpoint_id}`)
})
const create = async (url: string, fields: object = {}): Promise<Answer['body']> =>
  (await call('POST', '/v1/webhook-endpoints', { url, ...fields })).body
const REGISTRATIONS = { types: ['contact.registered'] }
const QUIET = { types: ['product.created'] }
const endpoint = async ({ endpoint_id }: any) => (await call('GET', `/v1/webhook-endpoints/${endpoint_id}`)).body
const deliveries = async ({ endpoint_id }: any) =>
  (await call('GET', `/v1/webhook-endpoints/${endpoint_id}/deliveries`)).body.items
const later = (milliseconds: number) => clock.set(new Date(Date.parse(clock.now()) + milliseconds).toISOString())
const verified = (secret: string, { headers, body }: Received): any => new Webhook(secret).verify(body, headers)

t.test('R37: an event arrives signed, with ids and type alone, and of the wanted types', async t => {
  const { url, received } = await webhookReceiver(t)
  const made = await create(url, { types: ['contact.registered'] })
  t.match(made.secret, /^whsec_/)
  const [contact] = await fillContract(call, 'signed', 0)
  t.equal(await deliverDue(service), 1)
  const message = verified(made.secret, received[0]!)
  t.match(message, { type: 'contact.registered', data: { contact_id: contact.contact_id, contract_id: 'signed' } })
  t.notMatch(received[0]!.body, /山田|@/)
  t.throws(() => verified(made.secret, { ...received[0]!, body: `${received[0]!.body} ` }))
  const [delivery] = await deliveries(made)
  t.match(delivery, { state: 'delivered', status: 204, attempts: 1, type: 'contact.registered', next_attempt_at: null })
  t.equal(received[0]!.headers['webhook-id'], delivery.delivery_id)
  t.equal(await deliverDue(service), 0, 'once')
  const url2 = `/v1/webhook-endpoints/${made.endpoint_id}`
  t.match(await call('POST', `${url2}/deliveries/${delivery.delivery_id}/redeliver`), { status: 202 })
  t.match(await call('POST', `${url2}/test`), { status: 202, body: { type: 'webhook.test', event_id: null } })
  t.equal(await deliverDue(service), 2)
  t.same(
    received
      .map(({ headers }) => headers['webhook-id'])
      .slice(1, 3)
      .includes(delivery.delivery_id),
    true,
  )
  t.ok(received.some(one => verified(made.secret, one).type === 'webhook.test'))
})

t.test('R31, R37: data goes along only where it is wanted and may be read, and that is recorded', async t => {
  const { url, received } = await webhookReceiver(t)
  const types = ['contact.registered']
  const made = await create(url, { types, include_data: true })
  const { client_id } = await createClient(call, ['webhooks:manage', 'events:read'])
  const narrow = callByClient(client_id, 'webhooks:manage', 'events:read')
  const { body } = await narrow('POST', '/v1/webhook-endpoints', { url: `${url}?narrow`, types, include_data: true })
  await fillContract(call, 'delivered', 0)
  await deliverDue(service)
  const of = (path: RegExp) => received.find(one => path.test(one.path))!
  t.match(verified(made.secret, of(/hook$/)).data, { after: { family_name: '山田' } })
  t.notMatch(of(/narrow/).body, /山田|@/)
  t.ok(verified(body.secret, of(/narrow/)))
  const { items } = (await call('GET', '/v1/disclosures?operation=webhookEvent')).body
  t.match(items, [{ rows: 1, filter: { endpoint_id: made.endpoint_id } }])
})

t.test('R37: while a secret is rotated, deliveries have a signature of each', async t => {
  const { url, received } = await webhookReceiver(t)
  const made = await create(url, QUIET)
  const path = `/v1/webhook-endpoints/${made.endpoint_id}`
  const rotated = (await call('POST', `${path}/secrets`, { overlap_seconds: 60 })).body
  t.equal(rotated.secrets.length, 2)
  await call('POST', `${path}/test`)
  await deliverDue(service)
  t.ok(verified(made.secret, received[0]!))
  t.ok(verified(rotated.secret, received[0]!))
  later(61_000)
  await call('POST', `${path}/test`)
  await deliverDue(service)
  t.ok(verified(rotated.secret, received[1]!))
  t.throws(() => verified(made.secret, received[1]!))
  t.equal((await endpoint(made)).secrets.length, 1)
})

t.test('R37: what does not arrive is sent again later, under the same id', async t => {
  const { url, received } = await webhookReceiver(t, (_, response) => {
    response.writeHead(received.length < 3 ? 500 : 200).end()
  })
  const made = await create(url, QUIET)
  await call('POST', `/v1/webhook-endpoints/${made.endpoint_id}/test`)
  for (const pause of [1_000, 5_000, 30_000]) {
    await deliverDue(service)
    const [{ next_attempt_at }] = await deliveries(made)
    if (next_attempt_at === null) break
    const wait = Date.parse(next_attempt_at) - Date.parse(clock.now())
    t.ok(wait >= pause && wait <= pause * 1.2, `${wait} ms`)
    t.equal(await deliverDue(service), 0, 'not before')
    t.type((await endpoint(made)).failing_since, 'string')
    later(wait)
  }
  t.match(await deliveries(made), [{ state: 'delivered', attempts: 3, status: 200 }])
  t.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1)
  t.equal((await endpoint(made)).failing_since, null)
})

t.test('R37: an endpoint that is gone, or fails for five days, is disabled and says so', async t => {
  const { url } = await webhookReceiver(t, ({ path }, response) => {
    response.writeHead(path.includes('gone') ? 410 : 503).end()
  })
  const [gone, failing] = [await create(`${url}?gone`, REGISTRATIONS), await create(`${url}?failing`, REGISTRATIONS)]
  await fillContract(call, 'lost', 0)
  const path = `/v1/webhook-endpoints/${failing.endpoint_id}`
  await deliverDue(service)
  t.match(await endpoint(gone), { state: 'disabled', disabled_reason: 'gone' })
  const states = (await deliveries(gone)).map(({ state }: any) => state)
  t.ok(
    states.every((state: string) => ['failed', 'cancelled'].includes(state)),
    states,
  )
  for (let day = 0; day < 6; day++) {
    later(24 * 60 * 60 * 1000)
    await call('POST', `${path}/test`)
    await deliverDue(service)
  }
  t.match(await endpoint(failing), { state: 'disabled', disabled_reason: 'failing' })
  t.match((await historyOf(database, 'job')).at(-1), {
    event: 'webhook_endpoint.disabled',
    after: { disabled_reason: 'failing' },
  })
  t.match(await call('POST', `${path}/test`), {
    status: 409,
    body: { type: '/problems/state-conflict', endpoint_id: failing.endpoint_id, next: { method: 'PATCH' } },
  })
  await fillContract(call, 'missed', 0)
  await distribute(service)
  t.match(await call('PATCH', path, { state: 'enabled' }), {
    body: { state: 'enabled', disabled_reason: null, failing_since: null },
  })
  await distribute(service)
  t.notOk(
    (await deliveries(failing)).some(({ state }: any) => state === 'pending'),
    'what was missed is in the feed',
  )
})

t.test('R37: an endpoint ends with its client', async t => {
  const { url, received } = await webhookReceiver(t)
  const { client_id } = await createClient(call, ['webhooks:manage'])
  const made = (await callByClient(client_id, 'webhooks:manage')('POST', '/v1/webhook-endpoints', { url })).body
  await fillContract(call, 'unsent', 0)
  await call('DELETE', `/v1/api-clients/${client_id}`)
  t.equal(await deliverDue(service), 0, 'also before its endpoints are disabled')
  await endWebhooksOfClients(context, JOB)
  t.match(await endpoint(made), { state: 'disabled', disabled_reason: 'client_ended' })
  await deliverDue(service)
  t.same(received, [])
})
