import t from 'tap'
import { ask, newcomer, step } from '../../helpers/change-requests.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'
import { distribute } from '../../helpers/webhooks.ts'

const service = await testService(t)
const { call, callWith, clock } = service
const report = async (body: object, headers: Record<string, string> = {}) =>
  await call('POST', '/v1/personal-data-reports', body, headers)

clock.set('2026-04-01T00:00:00.000Z')
await putContract(call, 'P-1', { customer_id: 'one' })
await putContract(call, 'P-2', { customer_id: 'one', product_id: 'data_link', connections: 20 })
await putContract(call, 'Q-1', { customer_id: 'two' })
const DESK = 'desk@one.example.jp'
const first = await register(call, 'P-1', { role: 'primary', family_name: '服部', given_name: '一郎', email: DESK })
await register(call, 'P-2', { role: 'primary', family_name: '服部', given_name: '一郎', email: DESK })
await register(call, 'P-1', { family_name: '度会', given_name: '花', email: 'watarai@one.example.jp' })
await register(call, 'Q-1', { role: 'primary', family_name: '別', email: 'other@two.example.jp' })
await call('PATCH', `/v1/contacts/${first.contact_id}`, { duties: ['system'] }, { 'idempotency-key': 'k' })
await call('GET', '/v1/contracts/P-1/contacts')
await call('GET', '/v1/contracts/Q-1/contacts')

t.test('R33: a report holds every contract of a person, and nothing of others', async t => {
  const { status, body, text, headers } = await report({ email: ' DESK@one.example.jp' })
  t.equal(status, 200)
  t.match(headers['cache-control'], /no-store/)
  t.same(
    body.contacts.map(({ contract_id }: any) => contract_id),
    ['P-1', 'P-2'],
  )
  t.match(body.accounts, [{ email: DESK, former_addresses: [] }])
  t.same(
    body.history.map(({ event, relations }: any) => [event, relations]),
    [
      ['contact.registered', ['concerned']],
      ['contact.registered', ['concerned']],
      ['contact.changed', ['concerned']],
    ],
  )
  t.notMatch(text, /度会|別|other@/)
  const byId = await report({ contact_id: first.contact_id })
  t.same({ ...byId.body, disclosures: null }, { ...body, disclosures: null })
})

t.test('R33: the lists that may have held the person are named, and not those of others', async t => {
  const { body } = await report({ email: DESK })
  const taken = body.disclosures.map(({ operation, times }: any) => [operation, times])
  t.match(taken, [['listContractContacts', 1]], 'that of the other customer is not counted')
})

t.test('R33: a report says in which requests a person has a part, and shows that part', async t => {
  const { body: request } = await ask(call, 'P-1', [newcomer('P-1'), { op: 'remove', contact_id: first.contact_id }], {
    requested_by: { name: '氷室 健', email: 'himuro@elsewhere.example.jp', channel: 'mail' },
  })
  const { body } = await report({ email: DESK })
  t.match(body.change_requests, [
    {
      change_request_id: request.change_request_id,
      relations: ['concerned'],
      requested_by: null,
      operations: [{ op: 'remove', contact_id: first.contact_id }],
    },
  ])
  t.equal(body.change_requests[0].operations.length, 1)
  const asked = await report({ email: 'Himuro@ELSEWHERE.example.jp' })
  t.match(asked.body, {
    contacts: [],
    change_requests: [{ relations: ['requester'], requested_by: { name: '氷室 健' }, operations: [] }],
  })
})

t.test('R33: the person who confirmed sees the confirmation, and what was written of them', async t => {
  const { body: request } = await ask(call, 'P-1', [], {
    requested_by: { name: '氷室 健', email: 'himuro@elsewhere.example.jp', channel: 'mail' },
    subject: '服部様の件',
    concerns_contract: true,
  })
  const given = { confirmed_by: { contact_id: first.contact_id }, channel: 'phone' }
  t.equal((await step(call, request.change_request_id, 'confirm', given)).status, 200)
  const { body } = await report({ email: DESK })
  t.match(body.change_requests.at(-1), {
    relations: ['concerned', 'confirmer'],
    subject: '服部様の件',
    confirmation: { confirmed_by: { name: '服部 一郎' } },
  })
  await call('PATCH', `/v1/contacts/${body.contacts[1].contact_id}`, {
    duties: ['contract'],
    requested_by: { contact_id: body.contacts[1].contact_id, channel: 'phone' },
  })
  const { history } = (await report({ email: DESK })).body
  t.match(history.at(-1), { relations: ['concerned', 'requester'], requested_by: { channel: 'phone' } })
})

t.test('R33: the confirmation that another person gave is not shown to a person whom its note names', async t => {
  const { contact_id } = await register(call, 'P-2', { family_name: '氏原', email: 'ujihara@one.example.jp' })
  const { body: request } = await ask(call, 'P-2', [], {
    requested_by: { name: '氷室 健', email: 'himuro@elsewhere.example.jp', channel: 'mail' },
    subject: '内線の件',
    concerns_contract: true,
  })
  const [primary] = (await call('GET', '/v1/contracts/P-2/contacts?role=primary')).body.items
  const given = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone', note: '氏原様に伝えます' }
  t.equal((await step(call, request.change_request_id, 'confirm', given)).status, 200)
  const { body, text } = await report({ contact_id })
  t.match(body.change_requests, [{ relations: ['concerned'], confirmation: null }])
  t.notMatch(text, /服部|氷室/)
})

t.test('R33: an answer that is kept for repeats is counted', async t => {
  await call('POST', '/v1/contracts/P-2/contacts', person({ family_name: '渡部', email: 'watabe@one.example.jp' }), {
    'idempotency-key': 'kept',
  })
  const { body } = await report({ email: 'watabe@one.example.jp' })
  t.match(body.kept_answers, [{ client: /^test/ }])
  t.equal(body.kept_answers.length, 1)
})

t.test('R33: the address of several people is refused, and each of them can be reported', async t => {
  const second = await register(call, 'P-2', { family_name: '田所', email: DESK, shared_mailbox: true })
  t.match(await report({ email: DESK }), {
    status: 422,
    body: { type: '/problems/invalid-value', errors: [{ pointer: '#/contact_id', code: 'required' }] },
  })
  const { body, text } = await report({ contact_id: second.contact_id })
  t.match(body.contacts, [{ family_name: '田所' }])
  t.notMatch(text, /服部/)
})

t.test('R33: a removed contact is reported', async t => {
  const { contact_id } = await register(call, 'P-1', { family_name: '一氏', email: 'hitouji@one.example.jp' })
  await call('DELETE', `/v1/contacts/${contact_id}`)
  t.match((await report({ email: 'hitouji@one.example.jp' })).body.contacts, [{ contact_id, removed_at: /./ }])
})

t.test('R33: an unknown person is 404, and the answer says no more', async t => {
  const unknown = { status: 404, body: { type: '/problems/not-found', detail: 'Nothing is held of this person.' } }
  t.match(await report({ email: 'nobody@one.example.jp' }), unknown)
  t.match(await report({ email: 'other@two.example.jp', customer_id: 'one' }), unknown)
  t.match(await report({ contact_id: '019d4672-7740-7c41-9d2e-000000000000' }), unknown)
  t.match(await report({ email: 'no address' }), { status: 400 })
  t.match(await report({}), { status: 400 })
  t.match(await report({ email: DESK, contact_id: first.contact_id }), { status: 400 })
})

t.test('R33: the page to print is in the language of the reader, and runs nothing', async t => {
  const asked = { contact_id: first.contact_id }
  const page = await report(asked, { accept: 'text/html', 'accept-language': 'ja' })
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.match(page.headers['content-security-policy'], /default-src 'none'/)
  t.match(page.text, /<html lang="ja">[^]*保有個人データのご報告[^]*服部 一郎/)
  t.match((await report(asked, { accept: 'text/html' })).text, /<html lang="en">[^]*Personal data that we hold/)
})

t.test('R31: a report is a disclosure with the ids of the contacts; it needs its scope', async t => {
  await report({ contact_id: first.contact_id })
  const [taken] = (await call('GET', '/v1/disclosures?operation=reportPersonalData')).body.items
  t.match(taken, { format: 'json', rows: 2, filter: { contact_ids: [first.contact_id, /./] } })
  const refused = await callWith('contacts:read')('POST', '/v1/personal-data-reports', { email: DESK })
  t.match(refused, { status: 403, body: { required_scope: 'personal_data:manage' } })
})

t.test('R33: rows of received files and webhooks about the person are reported, without others', async t => {
  const contacts = ['久保 kubo@one.example.jp', '度会 watarai@one.example.jp'].map(text => {
    const [family_name = '', email = ''] = text.split(' ')
    return { ...person({ family_name, email }), role: 'secondary' }
  })
  const lines = [
    { type: 'roster', contract_id: 'P-2', contacts },
    { type: 'contact', contract_id: 'P-2', ...person({ family_name: '久保', email: 'kubo@one.example.jp' }) },
    { type: 'contact', contract_id: 'P-2', ...person({ family_name: '別', email: 'else@one.example.jp' }) },
  ]
  const file = lines.map(line => JSON.stringify(line)).join('\n')
  const sent = await call('POST', '/v1/imports', `${file}\n`, { 'content-type': 'application/x-ndjson' })
  t.equal(sent.status, 202, sent.text)
  const waiting = await report({ email: 'kubo@one.example.jp' })
  t.match(waiting.body.imports, [
    { line: 1, is_waiting: true, data: [{ family_name: '久保' }] },
    { line: 2, data: [{ family_name: '久保', email: 'kubo@one.example.jp' }] },
  ])
  t.notMatch(waiting.text, /度会|別/)
  await call('POST', '/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook', include_data: true })
  const { contact_id } = await register(call, 'P-2', { family_name: '氏家', email: 'ujiie@one.example.jp' })
  await distribute(service)
  const page = await report({ contact_id }, { accept: 'text/html', 'accept-language': 'ja' })
  t.match(page.text, /変更を他のシステムに通知した記録[^]*127\.0\.0\.1:9[^]*受け取ったファイルの行/)
  t.match((await report({ contact_id })).body.deliveries, [{ client: 'test', include_data: true, times: 2 }])
})
