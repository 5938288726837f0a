import t from 'tap'
import { endWebhooksOfClients } from '#actions/webhooks/end-webhooks-of-clients.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import { createClient } from '../../helpers/api-clients.ts'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService, type Call } from '../../helpers/test-service.ts'
import { webhookReceiver } from '../../helpers/webhook-receiver.ts'
import { deliverDue, JOB } from '../../helpers/webhooks.ts'

const service = await testService(t)
const { call, callByClient, callWith, clock, context } = service
const ENDPOINTS = '/v1/webhook-endpoints'
await putContract(call, 'W-1', { customer_id: 'w' })

/** Registers a person, and gives the data that the receiver of an endpoint got of it. */
async function dataGiven(received: any[]): Promise<unknown> {
  received.length = 0
  const email = `p${clock.now().replaceAll(/\D/g, '')}@w.example.jp`
  const known = (await call('GET', '/v1/contracts/W-1/contacts')).body.items
  const contact = await register(call, 'W-1', { role: known.length === 0 ? 'primary' : 'secondary', email })
  await deliverDue(service)
  await call('DELETE', `/v1/contacts/${contact.contact_id}`)
  const [{ body } = { body: '{}' }] = received
  return JSON.parse(body).data?.after?.email ?? null
}

const types = ['contact.registered']
const made = async (by: Call, url: string) => (await by('POST', ENDPOINTS, { url, types, include_data: true })).body
const stateOf = async ({ endpoint_id }: any) => (await call('GET', `${ENDPOINTS}/${endpoint_id}`)).body
const later = (days: number): void => clock.set(new Date(Date.parse(clock.now()) + days * 86_400_000).toISOString())

t.test('R37: an API client gets what it may read when the delivery is sent, and nothing once it has ended', async t => {
  const { url, received } = await webhookReceiver(t)
  const { client_id } = await createClient(call, ['webhooks:manage'])
  const endpoint = await made(callByClient(client_id, 'webhooks:manage'), url)
  t.equal(await dataGiven(received), null)
  const give = async (...scopes: Scope[]) => await call('PATCH', `/v1/api-clients/${client_id}`, { scopes })
  await give('webhooks:manage', 'contacts:read')
  later(1)
  t.match(await dataGiven(received), /@w\.example\.jp$/, 'a scope that it got later counts')
  await give('webhooks:manage')
  later(1)
  t.equal(await dataGiven(received), null, 'one that it lost does not')
  later(90)
  t.equal(await dataGiven(received), null)
  t.same(received, [], 'it has expired')
  await endWebhooksOfClients(context, JOB)
  t.match(await stateOf(endpoint), { state: 'disabled', disabled_reason: 'client_ended' })
})

t.test('R37: a client of the identity provider has what its last token had, for 90 days', async t => {
  const { url, received } = await webhookReceiver(t)
  const endpoint = await made(callWith('webhooks:manage', 'contacts:read'), url)
  const path = `${ENDPOINTS}/${endpoint.endpoint_id}`
  t.match(await dataGiven(received), /@w\.example\.jp$/)
  later(89)
  await endWebhooksOfClients(context, JOB)
  t.equal((await stateOf(endpoint)).state, 'enabled')
  t.equal((await callWith('webhooks:manage')('PATCH', path, { types })).status, 200, 'a change that changes nothing')
  later(1)
  t.equal(await dataGiven(received), null, 'its token may no longer read contacts')
  t.equal(received.length, 1)
  later(88)
  await call('PATCH', path, { description: 'by the root credential' })
  t.equal(await dataGiven(received), null)
  t.equal(received.length, 1, 'the last day')
  later(1)
  t.equal(await dataGiven(received), null)
  t.equal(received.length, 0, 'another client does not renew it')
  await endWebhooksOfClients(context, JOB)
  t.match(await stateOf(endpoint), { state: 'disabled', disabled_reason: 'client_ended' })
  const by = callWith('webhooks:manage', 'contacts:read')
  t.match(await by('PATCH', path, { state: 'enabled' }), { status: 200, body: { state: 'enabled' } })
  t.match(await dataGiven(received), /@w\.example\.jp$/, 'its own client renews it')
})

t.test('R37: an endpoint of the root credential has all scopes, and no end', async t => {
  const { url, received } = await webhookReceiver(t)
  const endpoint = await made(call, url)
  later(1000)
  await endWebhooksOfClients(context, JOB)
  t.match(await dataGiven(received), /@w\.example\.jp$/)
  t.equal((await stateOf(endpoint)).state, 'enabled')
})
