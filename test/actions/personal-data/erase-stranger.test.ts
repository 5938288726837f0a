import t from 'tap'
import { ask, newcomer, step, stranger } from '../../helpers/change-requests.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { importer } from '../../helpers/imports.ts'
import { testService } from '../../helpers/test-service.ts'
import { lineWith, wholeDatabase } from '../../helpers/whole-database.ts'
import { eventNumbering } from '#actions/history/number-events.ts'
import { runImport } from '#actions/imports/run-import.ts'
import { verifyHistory } from '#actions/history/verify-history.ts'

const service = await testService(t)
const { call, clock, context, database, owner_url } = service
const { send } = importer(t, service)
const { requested_by } = stranger
const ADDRESS = requested_by.email
const erase = async (email: string) => await call('POST', '/v1/personal-data-erasures', { email, reason: 'requested' })
const report = async (email: string) => await call('POST', '/v1/personal-data-reports', { email })

clock.set('2026-04-01T00:00:00.000Z')
for (const contract_id of ['S-1', 'S-2']) {
  await putContract(call, contract_id, { customer_id: contract_id })
  await register(call, contract_id, { role: 'primary', email: `primary@${contract_id}.example.jp` })
}
const open = await ask(call, 'S-1', [newcomer('S-1')], { requested_by, subject: '謎様より電話' })
const about = await ask(call, 'S-2', [{ op: 'add', contact: person({ family_name: '謎', email: ADDRESS }) }])
const done = await ask(call, 'S-2', [newcomer('S-2')], { requested_by })
const [primary] = (await call('GET', '/v1/contracts/S-2/contacts')).body.items
const confirmed = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone', note: '謎様を承知' }
await step(call, done.body.change_request_id, 'confirm', confirmed)
await step(call, done.body.change_request_id, 'apply')
const namesake = await register(call, 'S-1', { family_name: '謎', given_name: '花', email: 'hana@S-1.example.jp' })
const refused = { type: 'contact', contract_id: 'none', name: '謎 次郎', email: ADDRESS, privacy_notice_version: '1' }
await runImport(context, (await send([refused])).body.import_id, new AbortController().signal)
const waiting = await send([{ ...refused, contract_id: 'S-1' }])

t.test('R33: a person who never was a contact is reported by the address, and erased by it', async t => {
  t.equal((await report(ADDRESS)).body.change_requests.length, 3)
  const number = eventNumbering(database)
  while ((await number()) > 0);
  const { status, body, text } = await erase(' Nazo@Example.JP')
  t.equal(status, 200, text)
  const ids = [open, about, done].map(({ body: request }) => request.change_request_id)
  t.strictSame(body, { erased: [], change_request_ids: ids.toSorted() })
  const dump = (await wholeDatabase(owner_url)).toLowerCase()
  for (const spelling of ['nazo', '次郎', '謎様']) t.notOk(dump.includes(spelling), lineWith(dump, spelling))
  t.match((await call('GET', `/v1/contacts/${namesake.contact_id}`)).body, { family_name: '謎' }, 'a namesake stays')
  t.match((await report('hana@S-1.example.jp')).body.history, [{ after: { family_name: '謎', given_name: '花' } }])
  while ((await number()) > 0);
  t.equal((await verifyHistory(database)).broken, null)
})

t.test('R33: requests about the person are withdrawn, and those that the person asked for stay open', async t => {
  const read = async (request: any) => (await call('GET', `/v1/change-requests/${request.body.change_request_id}`)).body
  t.match(await read(about), { state: 'withdrawn', operations: [{ contact: { family_name: '[erased]' } }] })
  t.match(await read(open), { state: 'needs_primary_confirmation', subject: '[erased]' })
  t.match(await read(done), { state: 'applied', requested_by: { name: '[erased]' } })
  const [entry] = (await call('GET', '/v1/history?event=history.redacted')).body.items
  t.match(entry, { subject_id: /^[0-9a-f]{40}@erased.invalid$/, after: { reason: 'requested' } })
})

t.test('R33: the erasure asked for again answers the same, and nothing held is 404', async t => {
  const once = await erase(ADDRESS)
  t.equal(once.status, 200)
  clock.set('2026-05-01T00:00:00.000Z')
  t.strictSame((await erase(ADDRESS)).body, once.body)
  const nobody = { status: 404, body: { detail: 'Nothing is held of this person.' } }
  t.match(await erase('nobody@example.jp'), nobody)
  t.match(await report(ADDRESS), nobody)
  const { body } = await call('GET', `/v1/imports/${waiting.body.import_id}/rows`)
  t.notMatch(JSON.stringify(body), /nazo/)
})

t.test('R33: the address of contacts is refused: they are erased by their ids', async t => {
  t.match(await erase('hana@S-1.example.jp'), { status: 409, body: { contact_id: namesake.contact_id } })
  await call('DELETE', `/v1/contacts/${namesake.contact_id}`)
  const named = { status: 422, body: { errors: [{ pointer: '#/contact_ids', code: 'required' }] } }
  t.match(await erase('hana@S-1.example.jp'), named)
  t.match(await call('POST', '/v1/personal-data-erasures', { reason: 'requested' }), { status: 400 })
  const both = { reason: 'requested', email: ADDRESS, contact_ids: [namesake.contact_id] }
  t.match(await call('POST', '/v1/personal-data-erasures', both), { status: 400 })
  t.match(await erase('no address'), { status: 400 })
})
