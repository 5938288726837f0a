import t from 'tap'
import { ask, newcomer } from '../../helpers/change-requests.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { lineWith, wholeDatabase } from '../../helpers/whole-database.ts'
import { runImport } from '#actions/imports/run-import.ts'

const { call, clock, context, owner_url, url } = await testService(t)
const erase = async (contact_ids: string[], fields = {}, headers: Record<string, string> = {}) =>
  await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested', ...fields }, headers)

const dump = async (): Promise<string> => await wholeDatabase(owner_url)

clock.set('2026-04-01T00:00:00.000Z')
await putContract(call, 'E-1', { customer_id: 'one' })
await putContract(call, 'E-2', { customer_id: 'one' })
const primary = await register(call, 'E-1', { role: 'primary', email: 'primary@E-1.example.jp' })
await register(call, 'E-2', { role: 'primary', email: 'primary@E-1.example.jp' })
const HATTORI = { family_name: '服部', given_name: '一郎', email: 'Hattori.Ichiro@one.example.jp' }
const OLD = { ...HATTORI, family_name: '度会', email: 'Watarai@one.example.jp' }
const kept = { 'idempotency-key': 'kept' }
const body = person(OLD)
const first = (await call('POST', '/v1/contracts/E-1/contacts', body, kept)).body
await register(call, 'E-2', OLD)
await call('POST', '/v1/person-changes', { contact_id: first.contact_id, changes: HATTORI })
const shared = { email: HATTORI.email, shared_mailbox: true }
const other = await register(call, 'E-1', { family_name: '田所', given_name: '花', ...shared })
const asked = await ask(call, 'E-1', [
  { op: 'update', contact_id: first.contact_id, changes: { given_name: '次郎丸' } },
])
await ask(call, 'E-1', [newcomer('E-1')], { subject: '服部様より電話', concerns_contract: true })
await ask(call, 'E-1', [newcomer('E-1')], {
  requested_by: { contact_id: first.contact_id, name: '服部', email: HATTORI.email, channel: 'mail' },
})

const line = {
  type: 'contact',
  contract_id: 'E-1',
  name: '服部 一郎',
  email: HATTORI.email,
  shared_mailbox: true,
  privacy_notice_version: '1',
}
const sent = await call('POST', '/v1/imports', `${JSON.stringify(line)}\n`, { 'content-type': 'application/x-ndjson' })
await runImport(context, sent.body.import_id, new AbortController().signal)

t.test('R33: a person who is still registered is not erased', async t => {
  t.match(await erase([first.contact_id]), {
    status: 409,
    body: { type: '/problems/still-registered', contact_id: first.contact_id, contract_id: 'E-1' },
  })
  t.match(await erase(['019d4672-7740-7c41-9d2e-000000000000']), { status: 404 })
})

t.test('R33: an erased person is in no row of the database, and ids and times stay', async t => {
  clock.set('2026-04-01T12:00:00.000Z')
  await call('DELETE', `/v1/contacts/${other.contact_id}`)
  for (const contract_id of ['E-1', 'E-2']) {
    const { body: list } = await call('GET', `/v1/contracts/${contract_id}/contacts`)
    const { contact_id } = list.items.find(({ family_name }: any) => family_name === '服部')
    t.equal((await call('DELETE', `/v1/contacts/${contact_id}`)).status, 204)
  }
  const before = await dump()
  t.match(before, /import_rows [^\n]*服部/)
  t.match(before, /服部/)
  t.match(before, /度会/)
  const { status, body: erased, text } = await erase([first.contact_id])
  t.equal(status, 200, text)
  t.equal(erased.erased.length, 2, 'the contact of the other contract too')
  const after = await dump()
  for (const spelling of ['服部', '度会', '一郎', '次郎丸', 'Watarai', 'watarai@'])
    t.notOk(after.includes(spelling), `${spelling}: ${lineWith(after, spelling)}`)
  t.match(after, /田所/, 'others stay')
  t.match(after.toLowerCase(), /hattori/, 'and so does the mailbox that another person has in the record')
  t.equal((await erase([other.contact_id])).status, 200)
  const last = (await dump()).toLowerCase()
  t.notOk(last.includes('hattori'), lineWith(last, 'hattori'))
  t.notOk(last.includes('田所'), lineWith(last, '田所'))
})

t.test('R33: an erased contact answers erased_at, and null for names and address', async t => {
  const { body: contact } = await call('GET', `/v1/contacts/${first.contact_id}`)
  t.match(contact, { contact_id: first.contact_id, erased_at: clock.now(), removed_at: /./ })
  t.match(contact, { family_name: null, given_name: null, name: null, email: null })
  const { body: account } = await call('GET', `/v1/support-accounts/${first.account_id}`)
  t.match(account, { account_id: first.account_id, email: null, erased_at: clock.now() })
  const { body: history, text } = await call('GET', `/v1/contacts/${first.contact_id}/history`)
  t.equal(history.items[0].event, 'contact.erased')
  t.match(history.items[0].after, { reason: 'requested', redacted_history_ids: [/\d/] })
  t.notMatch(text, /服部|度会|hattori/i)
  const then = await call('GET', '/v1/contracts/E-1/contacts?as_of=2026-04-01T00:00:00.000Z')
  t.equal(then.status, 200)
  const [stayed, erased] = then.body.items
  t.match(erased, { contact_id: first.contact_id, erased_at: clock.now(), family_name: null, name: null, email: null })
  t.match(stayed, { contact_id: primary.contact_id, family_name: '山田', erased_at: undefined })
  const roster = await call('GET', '/v1/contracts/E-1/roster?as_of=2026-04-01T00:00:00.000Z')
  t.match(roster.body.contacts[1], { contact_id: first.contact_id, erased_at: clock.now(), name: null })
  t.notMatch(then.text, /服部|度会|hattori/i)
})

t.test('R33: open requests about the person are withdrawn; notes lose the name', async t => {
  const { body: request } = await call('GET', `/v1/change-requests/${asked.body.change_request_id}`)
  t.match(request, { state: 'withdrawn' })
  const { body: list } = await call('GET', '/v1/change-requests?contract_id=E-1')
  t.same(list.items.map(({ subject }: any) => subject).filter(Boolean), ['[erased]'])
})

t.test('R33: a repeat of the registration gets the erased outcome, and registers no contact again', async t => {
  const repeat = await call('POST', '/v1/contracts/E-1/contacts', body, kept)
  t.match(repeat, { status: 201, body: { contact_id: first.contact_id, family_name: null, email: null } })
  t.equal((await call('GET', '/v1/contracts/E-1/roster')).body.contacts.length, 1)
})

t.test('R33: nothing of an erased person comes back', async t => {
  t.match(await call('POST', `/v1/contacts/${first.contact_id}/restore`, {}), {
    status: 404,
    body: { type: '/problems/not-found', detail: 'Nothing is held of this person.' },
  })
  t.equal((await call('GET', '/v1/contracts/E-1/roster')).body.contacts.length, 1)
})

t.test('R33: an erasure that is asked for twice answers the same', async t => {
  const once = await erase([first.contact_id])
  clock.set('2026-06-01T00:00:00.000Z')
  const twice = await erase([first.contact_id])
  t.strictSame(twice.body, once.body)
  t.equal(once.body.erased.length, 2)
  t.match(await call('POST', '/v1/personal-data-reports', { email: HATTORI.email }), { status: 404 })
  t.equal((await call('GET', `/v1/contacts/${primary.contact_id}`)).body.family_name, '山田')
})

t.test('R40: the role of the service may blank parts of an entry, and write nothing else into it', async t => {
  const entry = "select history_id, before, after, requested_by from history where event = 'contact.registered' limit 1"
  const redact = (after: string): string =>
    `select redact_history_entries(jsonb_build_array(to_jsonb(e) || jsonb_build_object('after', ${after})))
      from (${entry}) e`
  await t.rejects(query(url, redact(`e.after || '{"role": "secondary", "family_name": "別"}'`)), { code: '42501' })
  await t.rejects(query(url, redact("e.after - 'role'")), { code: '42501' })
  await t.rejects(query(url, redact('null')), { code: '42501' })
  await t.rejects(query(url, "update history set after = '{}'"), { code: '42501' })
  await query(url, redact(`e.after || '{"family_name": null, "name": "[erased]"}'`))
})
