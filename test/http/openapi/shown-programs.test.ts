import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { fillContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'
import { deliverDue, distribute } from '../../helpers/webhooks.ts'

// The programs of the page of conventions are run as they are shown there.

/** Runs a program of the page, and answers what it has said so far. */
function run(t: Test, file: string, env: Record<string, string>): () => string {
  const path = fileURLToPath(new URL(`../../../src/http/openapi/${file}`, import.meta.url))
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill())
  let said = ''
  child.stdout.setEncoding('utf8').on('data', text => (said += text))
  return () => said
}

t.test('R37: the receiver of webhooks takes what is genuine and recent, once', async t => {
  const service = await testService(t)
  const { call, clock } = service
  clock.set(new Date().toISOString())
  const terms = { url: 'http://127.0.0.1:1/', types: ['contact.registered'] }
  const made = (await call('POST', '/v1/webhook-endpoints', terms)).body
  const path = `/v1/webhook-endpoints/${made.endpoint_id}`
  const rotated = (await call('POST', `${path}/secrets`, { overlap_seconds: 60 })).body
  const said = run(t, 'webhook-receiver.mjs', {
    SECRETS: `${made.secret} ${rotated.secret}`,
    HOST: '127.0.0.1',
    PORT: '0',
  })
  await until(() => said().includes('\n'))
  const beginning = said()
  const url = `http://127.0.0.1:${/\d+/.exec(beginning)?.[0]}/`
  t.match(await call('PATCH', path, { url }), { status: 200 })
  const [contact] = await fillContract(call, 'shown', 0)
  await deliverDue(service)
  const [delivery] = (await call('GET', `${path}/deliveries`)).body.items
  t.match(delivery, { state: 'delivered', status: 204 })
  await call('POST', `${path}/deliveries/${delivery.delivery_id}/redeliver`)
  await call('POST', `${path}/test`)
  await deliverDue(service)
  const expected = `${beginning}contact.registered ${contact.contact_id}\nwebhook.test a test\n`
  await until(() => said().length >= expected.length)
  t.equal(said(), expected, 'a repeat is known')
  const forged = { 'webhook-id': 'x', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) }
  for (const signature of ['v1,AAAA', '', `v1,${'A'.repeat(43)}=`, `v1,${'é'.repeat(44)}`])
    t.equal((await fetch(url, { method: 'POST', headers: { ...forged, 'webhook-signature': signature } })).status, 401)
  clock.set(new Date(Date.now() - 600_000).toISOString())
  await call('POST', `${path}/test`)
  await deliverDue(service)
  const states = (await call('GET', `${path}/deliveries`)).body.items.map(({ status }: any) => status)
  t.same(states.toSorted(), [204, 204, 401], 'an old one is refused')
})

t.test('R37: the copy of all contacts follows the list and its changes', async t => {
  const service = await testService(t)
  const { call, app } = service
  await fillContract(call, 'followed', 1)
  await distribute(service)
  const said = run(t, 'follow-contacts.mjs', {
    API: await app.listen({ host: '127.0.0.1', port: 0 }),
    KEY: 'test-key',
  })
  await until(() => said() === '2 contacts\n')
  const { contact_id } = await register(call, 'followed', { family_name: '追加', email: 'more@followed.example.jp' })
  await distribute(service)
  await until(() => said() === '2 contacts\n3 contacts\n')
  await call('DELETE', `/v1/contacts/${contact_id}`)
  await distribute(service)
  await until(() => said() === '2 contacts\n3 contacts\n2 contacts\n')
})

t.test('the page shows them', async t => {
  const { app } = await testService(t)
  const page = (await app.inject('/conventions')).body
  for (const part of ['timingSafeEqual', 'Events-Cursor', 'support_account.access_left', 'language-js'])
    t.ok(page.includes(part), part)
  t.notMatch(page, /\{\{/)
})
