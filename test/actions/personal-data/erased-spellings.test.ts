import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { ask, newcomer } from '../../helpers/change-requests.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'
import { lineWith, wholeDatabase } from '../../helpers/whole-database.ts'

const { call, context, owner_url } = await testService(t)
const LINES = { 'content-type': 'application/x-ndjson' }
const NAME = { family_name: 'ガンドウ', given_name: '美鈴' }
const LETTERS = 'gando@例え.jp'
const ENCODED = 'gando@xn--r8jz45g.jp'
const STRANGER = 'nazo@例え.jp'

for (const customer_id of ['one', 'two']) {
  await putContract(call, customer_id, { customer_id })
  await register(call, customer_id, { role: 'primary', email: `primary@${customer_id}.example.jp` })
}
const erase = async (who: object) => await call('POST', '/v1/personal-data-erasures', { ...who, reason: 'requested' })
const report = async (email: string) => await call('POST', '/v1/personal-data-reports', { email })
const asked = async (contract_id: string, fields: object) => {
  const answer = await ask(call, contract_id, [newcomer(contract_id)], { concerns_contract: true, ...fields })
  if (answer.status >= 300) throw new Error(answer.text)
  return answer.body.change_request_id as string
}
const sent = async (line: object): Promise<void> => {
  const { body, text } = await call('POST', '/v1/imports', `${JSON.stringify(line)}\n`, LINES)
  if (body.import_id === undefined) throw new Error(text)
  await runImport(context, body.import_id, new AbortController().signal)
}
const contact = { type: 'contact', contract_id: 'one', privacy_notice_version: '1' }

const registered = (
  await call('POST', '/v1/contracts/one/contacts', person({ ...NAME, email: LETTERS }), { 'idempotency-key': 'k-1' })
).body
const from = (email: string, name: string) => ({ requested_by: { name, email, channel: 'mail' } })
await asked('one', { subject: 'gando%40xn--r8jz45g.jp より' })
await asked('one', { subject: `mailto:${LETTERS.toUpperCase()} の件` })
await asked('one', { subject: 'カ\u3099ント\u3099ウ　美鈴 様' })
await asked('one', { subject: 'ｶﾞﾝﾄﾞｳ美鈴さんの後任' })
await asked('one', { subject: '美鈴 ガンドウ' })
await asked('two', from('Gando@例え.JP', 'ガンドウ'))
await asked('two', from('gando@XN--R8JZ45G.jp', 'ガンドウ 美鈴'))
await asked('two', from('ｇａｎｄｏ@例え。jp', 'ガンドウ'))
const direct = { ...person({ family_name: '別所', email: 'b@two.example.jp' }), ...from(LETTERS, 'ガンドウ') }
await call('POST', '/v1/contracts/two/contacts', direct)
await sent({ ...contact, contract_id: 'none', name: 'ガンドウ 美鈴', email: LETTERS })
await sent({ ...contact, name: '新田', email: 'n@one.example.jp', 'ガンドウ 美鈴': LETTERS })
await asked('two', from(STRANGER, '謎野 次郎'))
await sent({ ...contact, contract_id: 'none', name: '謎野 次郎', email: STRANGER })

t.test(
  'R33: a person is erased in every spelling of name and address, also in that of an international domain',
  async t => {
    t.equal((await call('DELETE', `/v1/contacts/${registered.contact_id}`)).status, 204)
    const held = (await report(ENCODED)).body
    t.equal(held.change_requests.length, 8, 'all requests are in the report')
    t.equal(held.imports.length, 2)
    const { status, text } = await erase({ contact_ids: [registered.contact_id] })
    t.equal(status, 200, text)
    const dump = (await wholeDatabase(owner_url)).normalize('NFKC').toLowerCase()
    for (const spelling of ['gando', 'ガンドウ', '美鈴'])
      t.notOk(dump.includes(spelling), `${spelling}: ${lineWith(dump, spelling)}`)
    t.match(dump, /nazo@例え.jp/, 'others at the domain stay')
  },
)

t.test(
  'R33: a person who never was a contact is found and erased by an address of an international domain',
  async t => {
    t.equal((await report('NAZO@xn--r8jz45g.jp')).body.change_requests?.length, 1)
    const { status, text } = await erase({ email: STRANGER })
    t.equal(status, 200, text)
    const dump = (await wholeDatabase(owner_url)).normalize('NFKC').toLowerCase()
    for (const spelling of ['nazo', '謎野', '例え', 'xn--r8jz45g'])
      t.notOk(dump.includes(spelling), `${spelling}: ${lineWith(dump, spelling)}`)
  },
)
