import t from 'tap'
import { fillContract } from '../helpers/fixtures.ts'
import { testService, WEBHOOKS_OF_TESTS } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { webhookReceiver } from '../helpers/webhook-receiver.ts'
import { distribute } from '../helpers/webhooks.ts'
import { startWebhookSender } from '#jobs/webhook-sender.ts'
import { postWebhook } from '#webhooks/post-webhook.ts'

const service = await testService(t)
const { call, context } = service
const send = async (url: string, rules = WEBHOOKS_OF_TESTS) =>
  await postWebhook({ url, headers: {}, body: '{}' }, rules)

t.test('an endpoint that hangs holds up no other, also with many deliveries waiting', async t => {
  const hanging = await webhookReceiver(t, () => {})
  const { url, received } = await webhookReceiver(t)
  await call('POST', '/v1/webhook-endpoints', { url: hanging.url })
  await call('POST', '/v1/webhook-endpoints', { url, types: ['contact.registered'] })
  for (const name of ['a', 'b', 'c', 'd']) await fillContract(call, `hang-${name}`, 3)
  await distribute(service)
  const sender = startWebhookSender({
    context,
    send: async message => await postWebhook(message, WEBHOOKS_OF_TESTS),
    onError: () => {},
  })
  await until(() => received.length === 16)
  t.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 16, 'each once')
  t.ok(hanging.received.length <= 8, 'a hanging endpoint has eight of the process')
  await sender.stop()
})

t.test('redirects are not followed, and nothing but the status of an answer is read', async t => {
  const elsewhere = await webhookReceiver(t)
  const redirecting = await webhookReceiver(t, (_, response) => {
    response.writeHead(307, { location: elsewhere.url }).end()
  })
  t.match(await send(redirecting.url), { status: 307, error: null })
  t.same(elsewhere.received, [])
  let written = 0
  const flooding = await webhookReceiver(t, (_, response) => {
    response.writeHead(200)
    const flood = (): void => {
      if (response.destroyed) return
      written++
      response.write(Buffer.alloc(1024 * 1024), flood)
    }
    flood()
  })
  t.match(await send(flooding.url), { status: 200 })
  t.ok(written < 50)
})

t.test('an address is judged when it is called, whatever was true before', async t => {
  const { url, port, received } = await webhookReceiver(t)
  const named = url.replace('127.0.0.1', 'localhost')
  const none = { ...WEBHOOKS_OF_TESTS, allowed_ranges: [] }
  t.match(await send(url, none), { status: null, error: 'forbidden_address' })
  t.match(await send(named, none), { status: null, error: 'forbidden_address' })
  const production = { ...WEBHOOKS_OF_TESTS, is_production: true }
  t.match(await send(url, production), { error: 'forbidden_address' }, 'plain http')
  t.match(await send(`https://127.0.0.1:${port}/`, production), { error: 'forbidden_address' }, 'this machine')
  t.match(await send('http://169.254.169.254/', { ...none, allowed_ranges: ['169.254.0.0/16'] }), {
    error: 'forbidden_address',
  })
  t.match(await send('http://nowhere.invalid/'), { error: 'unresolved' })
  t.match(await send('http://127.0.0.1:1/'), { error: 'connection' })
  t.same(received, [])
  t.match(await send(url), { status: 204 })
})
