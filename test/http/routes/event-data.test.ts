import t from 'tap'
import { recordExpiries } from '#actions/record-expiries.ts'
import { endContract } from '#actions/contracts/end-contract.ts'
import { endWebhooksOfClients } from '#actions/webhooks/end-webhooks-of-clients.ts'
import { endImport } from '#actions/support/imports/end-import.ts'
import { runImportBatch } from '#actions/support/imports/import-batch.ts'
import { startContract } from '#actions/contracts/start-contract.ts'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { createClient, rotate } from '../../helpers/api-clients.ts'
import { ask, job, newcomer, stranger } from '../../helpers/change-requests.ts'
import { NOTICE, person, putContract, register } from '../../helpers/fixtures.ts'
import { followedAnswers } from '../../helpers/followed-answers.ts'
import { contact, importer } from '../../helpers/imports.ts'
import { testService } from '../../helpers/test-service.ts'
import { catchUp } from '#jobs/catch-up.ts'

const service = await testService(t)
const { call, callByClient, clock, context } = service
const { seen, follow, made, later, put, post, patch, remove } = followedAnswers(t, service)
const { send } = importer(t, service)

t.test('R37: the catalogue, customers and contracts', async () => {
  const product = { name: '試験', base_seats: 2, bundled_app_ids: [], counts_apps: true, counts_connections: false }
  await put('/v1/apps/survey', { name: '調査', kind: 'app' })
  await put('/v1/apps/survey', { name: '調査', kind: 'option' })
  await put('/v1/products/trial', product)
  await put('/v1/customers/gone', { name: '株式会社さようなら' })
  await put('/v1/customers/gone', { name: '株式会社またね' })
  await remove('/v1/customers/gone')
  await made(async () => await putContract(call, 'C-1', { product_id: 'trial', app_ids: ['survey'] }))
  const shared = { email: 'primary@c-1.example.jp', shared_mailbox: true }
  await made(async () => await register(call, 'C-1', { ...shared, role: 'primary' }))
  await made(async () => await register(call, 'C-1', { family_name: '副', email: 'second@c-1.example.jp' }))
  await put('/v1/products/trial', { ...product, base_seats: 1 })
  await put('/v1/products/trial', { ...product, base_seats: 3 })
  await made(async () => await putContract(call, 'C-9'))
  await made(async () => await ask(call, 'C-9', [newcomer('C-9', { role: 'primary' })], stranger))
  await remove('/v1/contracts/C-9')
  await made(async () => await putContract(call, 'C-2', { starts_on: '2026-04-05', ends_on: '2026-04-08' }))
  await made(async () => await register(call, 'C-2', { ...shared, role: 'primary' }))
  await made(async () => await register(call, 'C-2', { family_name: '終', email: 'end@c-2.example.jp' }))
  later(24 * 4)
  await made(async () => await startContract(context, 'C-2', job()))
  later(24 * 4)
  await made(async () => await endContract(context, 'C-2', job()))
  await made(async () => await putContract(call, 'C-2', { starts_on: '2026-04-05' }))
  await made(async () => await putContract(call, 'C-2', { starts_on: '2026-04-05', ends_on: '2026-04-06' }))
})

t.test('R37: contacts, and the accounts behind them', async () => {
  await made(async () => await putContract(call, 'R-1', { customer_id: 'r' }))
  await made(async () => await putContract(call, 'R-2', { customer_id: 'r' }))
  const contacts = [person({ role: 'primary', email: 'yamada@r.example.jp' })]
  const form = { form_version: '2022-10', channel: 'form', privacy_notice_version: NOTICE, contacts }
  await post('/v1/contracts/R-1/application-form', form)
  const [yamada] = (await call('GET', '/v1/contracts/R-1/contacts')).body.items
  const shared = { email: 'desk@r.example.jp', shared_mailbox: true }
  const ito = await made(async () => await register(call, 'R-1', { ...shared, family_name: '伊藤' }))
  await made(async () => await register(call, 'R-1', { ...shared, family_name: '佐藤' }))
  await made(async () => await register(call, 'R-2', { ...shared, family_name: '伊藤', role: 'primary' }))
  await patch(`/v1/contacts/${ito.contact_id}`, { duties: ['system'] })
  await patch(`/v1/support-accounts/${ito.account_id}`, { external_id: 'user|7', mail_state: 'reachable' })
  await put('/v1/contracts/R-1/primary', { contact_id: ito.contact_id, former_primary: 'secondary' })
  await patch(`/v1/contacts/${yamada.contact_id}`, { email: 'taro@r.example.jp' })
  const leaver = await made(async () => await register(call, 'R-2', { ...shared, family_name: '高橋' }))
  await remove(`/v1/contacts/${leaver.contact_id}`)
  await post(`/v1/contacts/${leaver.contact_id}/restore`, { shared_mailbox: true })
  const second = (await call('GET', '/v1/contracts/R-2/contacts')).body.items.at(-1)
  await remove(`/v1/contacts/${second.contact_id}`)
  await patch(`/v1/support-accounts/${ito.account_id}`, { password_set_at: clock.now() })
  await remove(`/v1/contacts/${yamada.contact_id}`)
  await post('/v1/personal-data-erasures', { contact_ids: [yamada.contact_id], reason: 'no_longer_needed' })
  await put('/v1/customers/other', { name: '株式会社別' })
  await ask(call, 'R-2', [newcomer('R-2')], stranger)
  await made(async () => await putContract(call, 'R-2', { customer_id: 'r' }))
  await post('/v1/transfers', { contract_ids: ['R-1', 'R-2'], to_customer_id: 'other' })
})

t.test('R37: change requests', async t => {
  await made(async () => await putContract(call, 'Q-1', { customer_id: 'q' }))
  await made(async () => await register(call, 'Q-1', { role: 'primary', email: 'primary@q-1.example.jp' }))
  await made(async () => await register(call, 'Q-1', { family_name: '副', email: 'second@q-1.example.jp' }))
  const asked = async (fields: object = {}, operations = [newcomer('Q-1')]): Promise<string> => {
    const { body, status, text } = await made(async () => await ask(call, 'Q-1', operations, fields))
    t.equal(status, 201, text)
    return body.change_request_id
  }
  const first = await asked(stranger)
  await patch(`/v1/change-requests/${first}`, { subject: '追加' })
  const contact_id = (await call('GET', '/v1/contracts/Q-1/contacts')).body.items[0].contact_id
  await post(`/v1/change-requests/${first}/confirm`, { confirmed_by: { contact_id }, channel: 'phone' })
  await post(`/v1/change-requests/${first}/apply`)
  await post(`/v1/change-requests/${await asked(stranger)}/reject`, { reason: '重複' })
  await post(`/v1/change-requests/${await asked()}/withdraw`, {})
  await lapses(new Date(Date.parse(clock.now()) + 2 * 86_400_000).toISOString().slice(0, 10))
})

/** Requests of a day: one whose client is revoked, one that fails, one whose confirmation no longer holds. */
async function lapses(effective_on: string): Promise<void> {
  const client = await made(async () => await createClient(call, ['contacts:write', 'requests:write', 'requests:read']))
  const by = callByClient(client.client_id, 'contacts:write', 'requests:write', 'requests:read')
  const [, second] = (await call('GET', '/v1/contracts/Q-1/contacts')).body.items
  const changes = [{ op: 'update', contact_id: second.contact_id, changes: { given_name: '花子' } }]
  const asked = async (as: typeof call, email: string, operations: object[] = [newcomer('Q-1', { email })]) =>
    (await made(async () => await ask(as, 'Q-1', operations, { effective_on }))).body.change_request_id
  await asked(by, 'lapsing@q.example.jp')
  await asked(call, 'new@q-1.example.jp')
  await asked(call, '', changes)
  const fourth = await asked(callByClient(client.client_id, 'requests:write'), 'fourth@q.example.jp')
  await post(`/v1/change-requests/${fourth}/approve`)
  await post(`/v1/change-requests/${fourth}/withdraw`, {})
  await remove(`/v1/api-clients/${client.client_id}`)
  await put('/v1/contracts/Q-1/primary', { contact_id: second.contact_id })
  await work(24 * 3)
  await work(24 * 400)
}

async function work(hours: number): Promise<void> {
  later(hours)
  const signal = new AbortController().signal
  await catchUp(context, { caller: job(), signal, onError: error => t.fail(error.message) })
  await follow()
}

t.test('R37: API clients, webhook endpoints and imports', async t => {
  const client = await made(async () => await createClient(call, ['webhooks:manage', 'clients:read']))
  const path = `/v1/api-clients/${client.client_id}`
  await patch(path, { name: '別の名前' })
  const rotated = await made(async () => await rotate(call, client.client_id, 86_400))
  await remove(`${path}/keys/${rotated.body.keys[0].key_id}`)
  const by = callByClient(client.client_id, 'webhooks:manage')
  const own = await made(async () => await by('POST', '/v1/webhook-endpoints', { url: 'http://127.0.0.1:1/hook' }))
  t.equal(own.status, 201, own.text)
  const endpoint = `/v1/webhook-endpoints/${own.body.endpoint_id}`
  await patch(endpoint, { description: '本番' })
  await post(`${endpoint}/secrets`, { overlap_seconds: 86_400 })
  await remove(path)
  await made(async () => await endWebhooksOfClients(context, job()))
  await remove(endpoint)
  const refused = Array.from({ length: 2100 }, (_, index) => contact(`none-${index}`, '山田 太郎', 'y@none.example.jp'))
  const sent = await made(async () => await send(refused))
  const { import_id } = sent.body
  for (const partition of [0, 1])
    for (let [after, is_counted] = ['more', false]; after === 'more'; is_counted = true) {
      after = await runImportBatch(context, { import_id, partition }, { is_counted })
      await follow()
    }
  await endImport(context, import_id)
  await follow()
  const cancelled = await made(async () => await send(refused))
  await post(`/v1/imports/${cancelled.body.import_id}/cancel`)
  await made(async () => await send([{ type: 'nothing' }]))
  await remove(`/v1/imports/${sent.body.import_id}`)
})

t.test('R37: what ends by itself', async t => {
  const ends_at = new Date(Date.parse(clock.now()) + 72 * 3_600_000).toISOString()
  const client = await made(async () => await createClient(call, ['webhooks:manage'], { expires_at: ends_at }))
  await made(async () => await rotate(call, client.client_id, 7200))
  const by = callByClient(client.client_id, 'webhooks:manage')
  const own = await made(async () => await by('POST', '/v1/webhook-endpoints', { url: 'http://127.0.0.1:1/ends' }))
  await post(`/v1/webhook-endpoints/${own.body.endpoint_id}/secrets`, { overlap_seconds: 7200 })
  later(24)
  await made(async () => await recordExpiries(context, job()))
  later(72)
  await made(async () => await recordExpiries(context, job()))
  t.match((await call('GET', `/v1/api-clients/${client.client_id}`)).body, { state: 'expired', keys: [] })
  t.equal(await made(async () => await recordExpiries(context, job())), undefined, 'once')
})

t.test('R37: every type of event was seen', async t => {
  t.same([...seen, 'history.redacted'].toSorted(), EVENT_TYPES.toSorted(), 'redacted history is no thing to read')
})
